/** Whom a cap or a rate counts as one: a network address, as it is reached from outside. */
import { createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isIP, isIPv4, isIPv6 } from 'node:net';

/** Longer than any address; what a proxy writes beyond it is no address. */
const longest = 64;

/**
 * The address of the client: the connection's, or what a trusted proxy wrote last into `X-Forwarded-For`. What comes
 * before that was written by the client and proves nothing.
 */
export function clientAddress(
  request: Pick<IncomingMessage, 'headers' | 'socket'>,
  trustProxy: boolean,
): string {
  const forwarded = trustProxy ? request.headers['x-forwarded-for'] : undefined;
  const last = [forwarded].flat().join(',').split(',').at(-1)?.trim();
  return last || (request.socket.remoteAddress ?? '');
}

/**
 * The network that an address belongs to. An IPv4 address is one, in whichever of its IPv6 forms it arrives. One
 * household or office has a whole /64 of IPv6 addresses, so those count as one.
 */
export function network(address: string): string {
  const bare = withoutPort(address.slice(0, longest)).split('%')[0] ?? '';
  if (!isIPv6(bare)) return bare;
  const groups = groupsOf(bare);
  const prefix = groups.slice(0, 6).join(':');
  // IPv4-mapped (::ffff:0:0/96), and clients of an IPv6-only server behind a translator (NAT64, 64:ff9b::/96).
  if (prefix === '0:0:0:0:0:ffff' || prefix === '64:ff9b:0:0:0:0') return ipv4In(groups);
  return `${groups.slice(0, 4).join(':')}::/64`;
}

/**
 * The network as it may stand in the database: equal for equal networks and of no use to whoever reads it without the
 * server's secret. A plain hash would not do, since all IPv4 addresses can be tried in minutes.
 */
export const networkMark = (key: Uint8Array, address: string): string =>
  createHmac('sha256', key).update(network(address)).digest('base64url').slice(0, 22);

/** Some proxies write `203.0.113.7:4711` or `[2001:db8::1]:4711`; a port must not make a network of its own. */
function withoutPort(address: string): string {
  if (isIP(address) !== 0) return address;
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(address)?.[1];
  if (bracketed !== undefined) return bracketed;
  const [host = '', port] = address.split(':');
  return port !== undefined && isIPv4(host) ? host : address;
}

/** The eight groups, in small letters and without leading zeros. */
function groupsOf(address: string): string[] {
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
  const plain = dotted
    ? `${dotted[1] + pair(dotted[2] ?? '', dotted[3] ?? '')}:${pair(dotted[4] ?? '', dotted[5] ?? '')}`
    : address;
  const [head = '', tail = ''] = plain.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === '' ? [] : tail.split(':');
  const gap = plain.includes('::') ? Math.max(0, 8 - left.length - right.length) : 0;
  return [...left, ...Array<string>(gap).fill('0'), ...right].map(group =>
    Number.parseInt(group, 16).toString(16),
  );
}

const pair = (high: string, low: string) => ((Number(high) << 8) | Number(low)).toString(16);

function ipv4In(groups: readonly string[]): string {
  const [high = 0, low = 0] = groups.slice(6).map(group => Number.parseInt(group, 16));
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
