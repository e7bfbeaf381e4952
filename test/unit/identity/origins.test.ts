import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalOrigin, originAllowed } from '../../../server/identity/origins.ts';
import { ownHosts, ownOrigins, trackOwnOrigins } from '../../../server/identity/own-origins.ts';

const site = { allowed_origins: JSON.stringify(['https://shop.example', 'http://stage.shop.example:3000']) };
const own: ReadonlySet<string> = new Set(['http://localhost:8080', 'https://talk.example']);

describe('origins', () => {
  test.each<[string, string | undefined, boolean]>([
    ['a listed origin', 'https://shop.example', true],
    ['a listed origin with a port', 'http://stage.shop.example:3000', true],
    ['our own origin', 'http://localhost:8080', true],
    ['our own public origin', 'https://talk.example', true],
    ['no header', undefined, false],
    ['an empty header', '', false],
    ['null', 'null', false],
    ['another site', 'https://evil.example', false],
    ['a suffix trick', 'https://shop.example.evil.example', false],
    ['a prefix trick', 'https://evilshop.example', false],
    ['a user name trick', 'https://shop.example@evil.example', false],
    ['a subdomain', 'https://www.shop.example', false],
    ['the parent domain', 'https://example', false],
    ['another scheme', 'http://shop.example', false],
    ['upper case in the host', 'https://SHOP.example', false],
    ['upper case in the scheme', 'HTTPS://shop.example', false],
    ['the default port spelled out', 'https://shop.example:443', false],
    ['another port', 'https://shop.example:8443', false],
    ['a listed host without its port', 'http://stage.shop.example', false],
    ['our own host on another port', 'http://localhost:8081', false],
    ['a trailing slash', 'https://shop.example/', false],
    ['a path', 'https://shop.example/page', false],
    ['a trailing dot', 'https://shop.example.', false],
    ['white space', ' https://shop.example', false],
    ['two origins', 'https://shop.example, https://evil.example', false],
    ['a wildcard', '*', false],
    ['a file', 'file://', false],
    ['an extension', 'chrome-extension://abcdef', false],
    ['a lookalike letter', 'https://shоp.example', false],
  ])('I1 %s (%s) is allowed: %s', (_what, origin, allowed) => {
    expect(originAllowed(origin, site, own)).toBe(allowed);
  });

  test('I2 null and spellings that no browser sends are refused even when they are listed', () => {
    for (const origin of [
      'null',
      '*',
      'https://Shop.example',
      'https://shop.example/',
      'https://shop.example:443',
    ]) {
      const careless = { allowed_origins: JSON.stringify([origin]) };
      expect(originAllowed(origin, careless, new Set([origin].filter(text => text === 'null')))).toBe(false);
    }
  });

  test('I3 whatever the header holds, only the listed strings themselves are allowed', () => {
    const allowed = new Set<string>([...own, ...(JSON.parse(site.allowed_origins) as string[])]);
    const near = fc.oneof(
      fc.string(),
      fc.webUrl(),
      fc.tuple(fc.constantFrom(...allowed), fc.string()).map(([origin, rest]) => origin + rest),
    );
    fc.assert(
      fc.property(near, origin => originAllowed(origin, site, own) === allowed.has(origin)),
      {
        numRuns: 2_000,
      },
    );
  });

  test('I4 an origin is stored in the spelling that browsers send, and anything else is refused', () => {
    expect(canonicalOrigin('HTTPS://Shop.Example:443/')).toBe('https://shop.example');
    expect(canonicalOrigin('http://[::1]:3000')).toBe('http://[::1]:3000');
    for (const bad of ['shop.example', 'https://shop.example/page', 'ftp://shop.example', 'null', '', '*']) {
      expect(canonicalOrigin(bad)).toBeNull();
    }
  });

  test('I5 our own origins are every usual name of this machine, on both ports, without default ports', () => {
    const hosts = ownHosts({
      announced: ['203.0.113.7'],
      publicUrl: 'https://talk.example',
      addresses: ['192.168.1.5', '2001:db8::5'],
      machine: 'Shopbox',
    });
    const origins = ownOrigins(hosts, { http: 8080, https: 443 }, 'https://talk.example');
    for (const origin of [
      'http://localhost:8080',
      'https://localhost',
      'http://127.0.0.1:8080',
      'http://[::1]:8080',
      'http://192.168.1.5:8080',
      'https://[2001:db8::5]',
      'http://shopbox:8080',
      'https://shopbox.local',
      'https://203.0.113.7',
      'https://talk.example',
    ]) {
      expect(origins).toContain(origin);
    }
    expect(origins).not.toContain('http://localhost');
    expect(origins).not.toContain('https://localhost:8080');
  });

  test('I6 our own origins follow the ports once they are known', () => {
    const ports = { http: 0, https: 0 };
    const origins = trackOwnOrigins({
      ports: () => ({ ...ports }),
      announced: [],
      publicUrl: null,
      now: () => 0,
    });
    expect(origins()).not.toContain('http://localhost:5555');
    ports.http = 5555;
    expect(origins()).toContain('http://localhost:5555');
  });
});
