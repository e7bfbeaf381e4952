import { describe, expect, test } from 'vitest';
import { reachOf } from '../../../shared/addresses.ts';

describe('from where an address can be reached', () => {
  test.each([
    ['localhost', 'this-computer'],
    ['app.localhost', 'this-computer'],
    ['127.0.0.1', 'this-computer'],
    ['127.9.9.9', 'this-computer'],
    ['[::1]', 'this-computer'],
    ['[::ffff:127.0.0.1]', 'this-computer'],
    ['0.0.0.0', 'this-computer'],
    ['192.168.1.20', 'own-network'],
    ['10.0.0.5', 'own-network'],
    ['172.16.0.1', 'own-network'],
    ['172.31.255.1', 'own-network'],
    ['169.254.1.1', 'own-network'],
    ['100.64.0.1', 'own-network'],
    ['[fe80::1]', 'own-network'],
    ['[fd12::1]', 'own-network'],
    ['office-pc', 'own-network'],
    ['office-pc.local', 'own-network'],
    ['voice.home.arpa', 'own-network'],
    ['voice.shop.example', 'everywhere'],
    ['voice.shop.example.', 'everywhere'],
    ['203.0.113.7', 'everywhere'],
    ['172.32.0.1', 'everywhere'],
    ['[2001:db8::1]', 'everywhere'],
    ['localhost.shop.example', 'everywhere'],
  ] as const)('R110 %s is reached from: %s', (host, reach) => {
    expect(reachOf(host)).toBe(reach);
  });
});
