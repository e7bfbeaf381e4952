/** An address that somebody else gave us, taken apart once. Whatever follows uses the parts and never the text again. */

export type RemoteUrl = {
  /** A name in lower case, without a dot at its end; for a trusted origin perhaps an IP address, without brackets. */
  host: string;
  port: number;
  /** With the query, from the first slash on. */
  path: string;
  origin: string;
};

/** Which servers may be asked: of the internet those with these names, and what the operator trusts by origin. */
export type Destinations = {
  /** Each a whole name, or with a dot before it all names below it; `any` for every name of the internet. */
  names: readonly string[] | 'any';
  /** The operator's own, wherever they are: an origin, with any port, and in a private network too. */
  trustedOrigins: readonly string[];
};

/** Letters, digits and hyphens, at least two labels, and the last is no number: what is left is no IP address in any notation. */
const hostName = /^(?=.{1,253}$)(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z](?:[a-z\d-]{0,61}[a-z\d])?$/;

/**
 * Null for what may not be asked. The text must be what the parser makes of it, character by character: so whatever
 * parsers differ about (backslashes, tabs, odd numbers, other scripts, a port that is the default) is refused unread.
 */
export function readRemoteUrl(text: string, { names, trustedOrigins }: Destinations): RemoteUrl | null {
  const url = URL.parse(text);
  if (url?.href !== text || url.protocol !== 'https:') return null;
  if (url.username !== '' || url.password !== '' || text.includes('#')) return null;
  const { hostname, port, origin } = url;
  const isTrusted = trustedOrigins.includes(origin);
  if (!isTrusted && (port !== '' || !hostName.test(hostname) || !isNamed(hostname, names))) return null;
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  return { host, port: Number(port || 443), path: url.pathname + url.search, origin };
}

const isNamed = (host: string, names: Destinations['names']) =>
  names === 'any' || names.some(name => (name.startsWith('.') ? host.endsWith(name) : host === name));
