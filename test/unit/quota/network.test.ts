import { describe, expect, test } from 'vitest';
import { clientAddress, network, networkMark } from '../../../server/quota/network.ts';

describe('networks', () => {
  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:c000:201', '192.0.2.1'],
    ['0:0:0:0:0:ffff:192.0.2.1', '192.0.2.1'],
    ['64:ff9b::192.0.2.1', '192.0.2.1'],
    ['64:ff9b::c000:201', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:DB8:0001:2::9', '2001:db8:1:2::/64'],
    ['2001:db8::9', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['192.0.2.1:4711', '192.0.2.1'],
    ['[2001:db8:1:2::9]:4711', '2001:db8:1:2::/64'],
    ['[2001:db8:1:2::9]', '2001:db8:1:2::/64'],
    ['unknown', 'unknown'],
    ['', ''],
  ])('H86 address %s is counted as %s', (address, counted) => {
    expect(network(address)).toBe(counted);
  });

  test('H86 what is no address is cut short', () => {
    expect(network('x'.repeat(10_000)).length).toBeLessThan(100);
  });

  test('H86 the last entry that a trusted proxy wrote is the address, and without one the connection’s', () => {
    const request = (forwarded?: string) =>
      ({
        headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
        socket: { remoteAddress: '10.0.0.1' },
      }) as Parameters<typeof clientAddress>[0];
    expect(clientAddress(request('1.1.1.1, 2.2.2.2'), true)).toBe('2.2.2.2');
    expect(clientAddress(request('1.1.1.1, 2.2.2.2'), false)).toBe('10.0.0.1');
    expect(clientAddress(request(), true)).toBe('10.0.0.1');
    expect(clientAddress(request('1.1.1.1, '), true)).toBe('10.0.0.1');
  });

  test('S50 a network is kept as a mark that says nothing without the key, and is the same for the same network', () => {
    const key = new Uint8Array(32).fill(1);
    const mark = networkMark(key, '2001:db8:1:2::9');
    expect(mark).toMatch(/^[\w-]{22}$/);
    expect(networkMark(key, '2001:db8:1:2:ffff::1')).toBe(mark);
    expect(networkMark(key, '2001:db8:1:3::9')).not.toBe(mark);
    expect(networkMark(new Uint8Array(32).fill(2), '2001:db8:1:2::9')).not.toBe(mark);
  });
});
