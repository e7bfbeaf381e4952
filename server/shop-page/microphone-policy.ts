/** Whether a page's own scripts may ask for the microphone. Pure. */
import type { IncomingHttpHeaders } from 'node:http';

/** Without a word about it they may. */
export function microphonePolicy({
  'permissions-policy': permissions,
  'feature-policy': feature,
}: IncomingHttpHeaders): 'allowed' | 'blocked' {
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
