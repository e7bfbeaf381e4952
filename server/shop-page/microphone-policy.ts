/** What a shop's page says that decides whether the button works on it. Pure. */
import type { PageReport } from '../../shared/api/server.ts';
import type { Incoming } from '../net/guarded-client.ts';

/** A redirect is not followed: where it leads is told, so that the owner can look there. */
export function readShopPage({ status, headers, body }: Incoming): PageReport {
  const text = body.toString('utf8');
  return {
    status,
    movedTo: status >= 300 && status < 400 ? (headers.location?.slice(0, 500) ?? '') : null,
    microphone: microphonePolicy(headers['permissions-policy'], headers['feature-policy']),
    hasButton: /<talk-to-us[\s>]/i.test(text),
    hasScript: /\/talk-to-us\.js["'?]/i.test(text),
  };
}

/** Whether the page's own scripts may ask for the microphone. Without a word about it they may. */
export function microphonePolicy(
  permissions: string | string[] | undefined,
  feature?: string | string[],
): PageReport['microphone'] {
  // Permissions-Policy: microphone=(), microphone=(self "https://x"), microphone=*, microphone=self
  const all = [permissions].flat().filter(Boolean).join(', ');
  const directive = [...all.matchAll(/(?:^|,)\s*microphone\s*=\s*(\([^)]*\)|[^,\s]+)/gi)].at(-1)?.[1];
  if (directive !== undefined) return /\*|(^|[(\s])self($|[)\s])/.test(directive) ? 'allowed' : 'blocked';
  // The older header, which some browsers still read: microphone 'none'; camera 'self'
  const old = [feature].flat().filter(Boolean).join('; ');
  const value = /(?:^|;)\s*microphone\s+([^;]*)/i.exec(old)?.[1];
  if (value !== undefined) return /\*|'self'/.test(value) ? 'allowed' : 'blocked';
  return 'allowed';
}
