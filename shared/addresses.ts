/** From where the host of an address can be reached, as far as its text tells. */
export type Reach = 'this-computer' | 'own-network' | 'everywhere';

const own: [start: string, bits: number][] = [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
];

/** @param host as in `location.hostname`: in lower case, an IPv6 address in brackets or not */
export function reachOf(host: string): Reach {
  const name = host.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
  if (name.includes(':')) {
    const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(name)?.[1];
    if (mapped) return reachOf(mapped);
    if (name === '::1' || name === '::') return 'this-computer';
    return /^(fe[89ab]|f[cd])/.test(name) ? 'own-network' : 'everywhere';
  }
  const address = asNumber(name);
  if (address !== null) {
    if (address >>> 24 === 127 || address === 0) return 'this-computer';
    const isOwn = own.some(
      ([start, bits]) => address >>> (32 - bits) === (asNumber(start) ?? 0) >>> (32 - bits),
    );
    return isOwn ? 'own-network' : 'everywhere';
  }
  if (name === 'localhost' || name.endsWith('.localhost')) return 'this-computer';
  // A name without a dot, or one of those that stand for a home or office network, is known only there.
  return !name.includes('.') || /\.(local|lan|home|internal|intranet|home\.arpa)$/.test(name)
    ? 'own-network'
    : 'everywhere';
}

/** 32 bits of a dotted IPv4 address; null for any other text. */
function asNumber(text: string): number | null {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number);
  if (!parts || parts.some(part => part > 255)) return null;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}

/** As it stands in a URL: an IPv6 address in brackets. */
export const inUrl = (host: string): string => (host.includes(':') ? `[${host}]` : host);
