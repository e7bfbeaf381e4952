/** Whether a page's Content Security Policy lets the button in (CSP Level 3, section 6.7). Pure. */
import parseContentSecurityPolicy from 'content-security-policy-parser';

type Policy = ReadonlyMap<string, readonly string[]>;

/**
 * All policies of a page; each of them has to allow what is done.
 * @param header as it came: several are joined by commas
 */
export const readPolicies = (header: string | string[] | undefined, metas: readonly string[]): Policy[] =>
  [...[header ?? []].flat().flatMap(value => value.split(',')), ...metas]
    .map(text => parseContentSecurityPolicy(text))
    .filter(policy => policy.size > 0);

/** What a directive allows; null where it allows everything. */
const sources = (policy: Policy, ...directives: string[]): readonly string[] | null => {
  const found = directives.find(directive => policy.has(directive));
  return found === undefined ? null : (policy.get(found) ?? []);
};

const scriptSources = (policy: Policy) => sources(policy, 'script-src-elem', 'script-src', 'default-src');

/** A script tag in the page's HTML. */
export const allowsScript = (
  policies: readonly Policy[],
  { src, nonce }: { src: URL; nonce: string },
  page: URL,
): boolean =>
  policies.every(policy => {
    const list = scriptSources(policy);
    if (list === null || hasNonce(list, nonce)) return true;
    return !has(list, "'strict-dynamic'") && list.some(source => matches(source, src, page));
  });

/** A script in the page that adds the button's script. Whether a hash allows it is left to the browser. */
export const allowsLoader = (
  policies: readonly Policy[],
  { src, nonce }: { src: URL; nonce: string },
  page: URL,
): boolean =>
  policies.every(policy => {
    const list = scriptSources(policy);
    if (list === null) return true;
    const hashed = list.some(source => /^'sha(?:256|384|512)-/i.test(source));
    const strict = hashed || list.some(source => /^'nonce-/i.test(source));
    if (!hashed && !hasNonce(list, nonce) && (strict || !has(list, "'unsafe-inline'"))) return false;
    return has(list, "'strict-dynamic'") || list.some(source => matches(source, src, page));
  });

/** A request or a socket of a script. */
export const allowsConnection = (policies: readonly Policy[], to: URL, page: URL): boolean =>
  policies.every(policy => {
    const list = sources(policy, 'connect-src', 'default-src');
    return list === null || list.some(source => matches(source, to, page));
  });

const has = (list: readonly string[], keyword: string) =>
  list.some(source => source.toLowerCase() === keyword);
const hasNonce = (list: readonly string[], nonce: string) =>
  nonce !== '' && list.some(source => /^'nonce-/i.test(source) && source.slice(7, -1) === nonce);

const socketOf: Record<string, string> = { 'https:': 'wss:', 'http:': 'ws:' };
/** What a scheme that is written down covers beside itself. */
const upgrades: Record<string, string> = { 'http:': 'https:', 'ws:': 'wss:' };
/** As Chromium has it, which is stricter than the standard: `https:` or no scheme at all covers no socket, and `wss:` only sockets. */
const covers = (written: string, scheme: string) => written === scheme || upgrades[written] === scheme;

const portOf = ({ port, protocol }: URL) =>
  port || (protocol === 'https:' || protocol === 'wss:' ? '443' : '80');
const hostSource = /^(?:([a-z][a-z\d+.-]*:)\/\/)?(\*|(?:\*\.)?[^:/*]+)(?::(\d+|\*))?(\/.*)?$/i;

function matches(source: string, url: URL, page: URL): boolean {
  const text = source.toLowerCase();
  if (text === '*') return ['http:', 'https:', 'ws:', 'wss:'].includes(url.protocol);
  if (text === "'self'")
    return (
      url.host === page.host &&
      [page.protocol, socketOf[page.protocol] ?? ''].some(own => covers(own, url.protocol))
    );
  if (/^[a-z][a-z\d+.-]*:$/.test(text)) return covers(text, url.protocol);
  if (text.startsWith("'")) return false;
  const [, scheme, host = '', port, path] = hostSource.exec(source) ?? [];
  if (host === '') return false;
  if (!covers(scheme?.toLowerCase() ?? page.protocol, url.protocol)) return false;
  return hostMatches(host.toLowerCase(), url) && portMatches(port, url) && pathMatches(path, url);
}

const hostMatches = (host: string, { hostname }: URL) =>
  host === '*' || (host.startsWith('*.') ? hostname.endsWith(host.slice(1)) : hostname === host);
const portMatches = (port: string | undefined, url: URL) =>
  port === '*' || (port ?? (['https:', 'wss:'].includes(url.protocol) ? '443' : '80')) === portOf(url);
const pathMatches = (path: string | undefined, { pathname }: URL) =>
  path === undefined || path === '/' || (path.endsWith('/') ? pathname.startsWith(path) : path === pathname);
