/** Which IP addresses the internet reaches and nobody's own network does (IANA special-purpose registries, RFC 6890). */
import { BlockList, isIP } from 'node:net';

const notPublic = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  // Looks public, but is the agent that each machine of one large cloud talks to about itself.
  ['168.63.129.16', 32],
] as const)
  notPublic.addSubnet(network, bits, 'ipv4');

/** Of IPv6 only this is handed out at all; loopback, local, multicast, IPv4-mapped and translated ones lie outside. */
const handedOut = new BlockList();
handedOut.addSubnet('2000::', 3, 'ipv6');
for (const [network, bits] of [
  // Protocol assignments: Teredo, ORCHID, benchmarking.
  ['2001::', 23],
  ['2001:db8::', 32],
  // 6to4: holds an IPv4 address, and no service lives there.
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  notPublic.addSubnet(network, bits, 'ipv6');

/** The well-known prefix of NAT64 (RFC 6052): how IPv6-only networks reach IPv4, the last 32 bits being the address. */
const translated = new BlockList();
translated.addSubnet('64:ff9b::', 96, 'ipv6');

/** @param address as a resolver gives it; anything else, zone ids included, is not public */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !notPublic.check(address, 'ipv4');
    case 6:
      if (address.includes('%')) return false;
      if (translated.check(address, 'ipv6')) return isPublicAddress(lastFourBytes(address));
      return handedOut.check(address, 'ipv6') && !notPublic.check(address, 'ipv6');
    default:
      return false;
  }
}

/** Of an IPv6 address, as IPv4. The URL parser writes all forms of an address as one, in groups of hexadecimal digits. */
function lastFourBytes(address: string): string {
  const groups = new URL(`http://[${address}]`).hostname
    .slice(1, -1)
    .split('::')
    .at(-1)!
    .split(':')
    .slice(-2);
  const [high = 0, low = 0] = [0, 0, ...groups.map(group => Number.parseInt(group || '0', 16))].slice(-2);
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
