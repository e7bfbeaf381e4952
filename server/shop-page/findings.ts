/** From what a page is to what its owner should know. Pure. */
import type { IncomingHttpHeaders } from 'node:http';
import type { PageFinding } from '../../shared/api/shop-page.ts';
import type { SiteId } from '../../shared/ids.ts';
import { allowsConnection, allowsLoader, allowsScript, readPolicies } from './content-policy.ts';
import { microphonePolicy } from './microphone-policy.ts';
import { type PageParts, readParts, scriptPath } from './page-parts.ts';

export type Shop = {
  id: SiteId;
  name: string;
  key: string;
  /** Pages there may use it. */
  allows: (origin: string) => boolean;
};

/** What the page is compared with. */
export type Expected = {
  /** Under which this server can be reached; the first is the one that is given out. */
  servers: readonly string[];
  /** Of whoever asks. */
  shops: readonly Shop[];
  /** The one that is meant; null where any will do. */
  meant: Shop | null;
};

type Page = { url: URL; headers: IncomingHttpHeaders; text: string };

/** All that keeps the button from working there, and whose it is as far as its key tells. Empty is good. */
export function judgePage(
  { url, headers, text }: Page,
  expected: Expected,
): { findings: PageFinding[]; shop: Shop | null } {
  const parts = readParts(text, url);
  const findings: PageFinding[] = [];
  const script = scriptOf(parts, expected);
  if (script.is === 'none') findings.push({ is: 'no-script', tag: parts.tags.length > 0 });
  if (script.is === 'elsewhere') findings.push({ is: 'other-server', server: script.server });

  const { shop, finding } = shopOf(parts, script, expected);
  if (finding && (finding.is !== 'no-tag' || script.is !== 'none')) findings.push(finding);

  if (script.is === 'ours') findings.push(...policyFindings(script, parts, headers, url));
  if (microphonePolicy(headers) === 'blocked') findings.push({ is: 'microphone-blocked' });
  const listed = shop ?? expected.meant ?? (expected.shops.length === 1 ? expected.shops[0]! : null);
  if (listed && !listed.allows(url.origin)) findings.push({ is: 'not-listed', origin: url.origin });
  return { findings, shop: listed };
}

type Script =
  | { is: 'none' }
  | { is: 'elsewhere'; server: string }
  /** `loader`: the text of the script that adds it; null for a tag. */
  | { is: 'ours'; src: URL; nonce: string; loader: string | null };

function scriptOf({ scripts, loaders }: PageParts, { servers }: Expected): Script {
  const own = scripts.find(({ src }) => servers.includes(src.origin));
  if (own) return { is: 'ours', ...own, loader: null };
  for (const { text, nonce } of loaders) {
    const server = servers.find(one => text.includes(`${one}${scriptPath}`));
    if (server) return { is: 'ours', src: new URL(scriptPath, server), nonce, loader: text };
  }
  const [other] = scripts;
  if (other) return { is: 'elsewhere', server: other.src.origin };
  const [loader] = loaders;
  return loader ? { is: 'elsewhere', server: '' } : { is: 'none' };
}

/** By the keys on the page: whose button it is, or what is wrong with it. */
function shopOf(
  { tags }: PageParts,
  script: Script,
  { shops, meant }: Expected,
): { shop: Shop | null; finding: PageFinding | null } {
  const loader = script.is === 'ours' ? script.loader : null;
  const byScript =
    loader === null ? [] : shops.filter(({ key }) => quoted(loader, key)).map(({ key }) => key);
  // A script of the page adds the tag, and says its key in some way that is not ours.
  if (tags.length === 0 && byScript.length === 0)
    return { shop: null, finding: loader?.includes('talk-to-us') ? null : { is: 'no-tag' } };
  const keys = [...tags, ...byScript].filter(key => key !== null);
  if (keys.length === 0) return { shop: null, finding: { is: 'no-key' } };
  const found = shops.filter(({ key }) => keys.includes(key));
  const right = found.find(shop => meant === null || shop.id === meant.id);
  if (right) return { shop: right, finding: null };
  const [other] = found;
  return {
    shop: null,
    finding: other ? { is: 'other-site', name: other.name } : { is: 'unknown-key', key: keys[0]! },
  };
}

const quoted = (text: string, key: string) => [`"${key}"`, `'${key}'`].some(one => text.includes(one));

function policyFindings(
  script: Script & { is: 'ours' },
  { policies: metas }: PageParts,
  headers: IncomingHttpHeaders,
  page: URL,
): PageFinding[] {
  const policies = readPolicies(headers['content-security-policy'], metas);
  const allowed = script.loader === null ? allowsScript : allowsLoader;
  const { origin } = script.src;
  const socket = origin.replace(/^http/, 'ws');
  const findings: PageFinding[] = [];
  if (!allowed(policies, script, page))
    findings.push({ is: 'script-forbidden', add: `script-src ${origin}` });
  if (![origin, socket].every(to => allowsConnection(policies, new URL(`${to}/`), page)))
    findings.push({ is: 'connection-forbidden', add: `connect-src ${origin} ${socket}` });
  return findings;
}
