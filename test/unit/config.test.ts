import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigError, options, readConfig } from '../../server/config.ts';

function problemsOf(environment: Record<string, string>): string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(problem => problem.message);
  }
}

describe('configuration', () => {
  test('H110 nothing has to be set', () => {
    expect(readConfig({})).toMatchObject({
      port: 8080,
      httpsPort: 8443,
      host: '0.0.0.0',
      dataDir: path.resolve('data'),
      certsDir: path.resolve('certs'),
      rtcPort: 44400,
      announcedAddresses: [],
      publicUrl: null,
      iceServers: [],
      metricsToken: null,
    });
    expect(readConfig({}).workers).toBeGreaterThanOrEqual(1);
  });

  test('H111 an empty value counts as not set', () => {
    const empty = Object.fromEntries(Object.keys(options).map(name => [name, ' ']));
    expect(readConfig(empty)).toEqual(readConfig({}));
  });

  test('H112 values are read into what they mean', () => {
    expect(
      readConfig({
        PORT: '0',
        HTTPS_PORT: '0',
        WORKERS: '3',
        ANNOUNCED_ADDRESS: '203.0.113.7, talk.shop.example,2001:db8::1',
        PUBLIC_URL: 'https://Talk.Shop.Example:443/',
        TRUST_PROXY: 'on',
        ICE_SERVERS:
          '[{"urls":"stun:stun.shop.example"},{"urls":["turn:t.example"],"username":"u","credential":"c"}]',
      }),
    ).toMatchObject({
      port: 0,
      httpsPort: 0,
      workers: 3,
      announcedAddresses: ['203.0.113.7', 'talk.shop.example', '2001:db8::1'],
      publicUrl: 'https://talk.shop.example',
      trustProxy: true,
      iceServers: [
        { urls: ['stun:stun.shop.example'] },
        { urls: ['turn:t.example'], username: 'u', credential: 'c' },
      ],
    });
  });

  test.each([
    ['PORT', 'abc'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['HTTPS_PORT', '1e3'],
    ['RTC_PORT', '0'],
    ['HOST', 'not a host'],
    ['HOST', '1.2.3.999'],
    ['ACME_DOMAIN', 'localhost'],
    ['ACME_DOMAIN', '203.0.113.7'],
    ['ACME_DOMAIN', '*.shop.example'],
    ['ACME_DOMAIN', 'https://voice.shop.example'],
    ['ACME_DOMAIN', 'voice.shop.example:443'],
    ['ACME_EMAIL', 'nobody'],
    ['ACME_EMAIL', 'a@b.example,c@d.example'],
    ['ACME_DIRECTORY', 'http://ca.example/directory'],
    ['ACME_DIRECTORY', 'staging'],
    ['WORKERS', '0'],
    ['WORKERS', 'many'],
    ['RTC_LISTEN_ADDRESS', 'eth0'],
    ['ANNOUNCED_ADDRESS', '203.0.113'],
    ['ANNOUNCED_ADDRESS', 'http://203.0.113.7'],
    ['PUBLIC_URL', 'talk.shop.example'],
    ['PUBLIC_URL', 'https://shop.example/talk'],
    ['PUBLIC_URL', 'ftp://shop.example'],
    ['TRUST_PROXY', 'yes'],
    ['ICE_SERVERS', '{'],
    ['ICE_SERVERS', '[{"urls":"http://stun.example"}]'],
    ['METRICS_TOKEN', 'short'],
    ['LOG_LEVEL', 'loud'],
    ['LOG_PRETTY', 'true'],
  ])('H113 %s=%s is refused by name, with what to write instead', (name, value) => {
    const problems = problemsOf({ [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name} (is "|cannot be used).*: write .+\\.$`));
  });

  test('H272 with a domain and nothing else set it listens on 80 and 443 and is opened at the first name', () => {
    const config = readConfig({ ACME_DOMAIN: 'Voice.Shop.Example, www.shop.example, bücher.example' });
    expect(config).toMatchObject({
      port: 80,
      httpsPort: 443,
      publicUrl: 'https://voice.shop.example',
      acmeDomains: ['voice.shop.example', 'www.shop.example', 'xn--bcher-kva.example'],
      acmeEmail: null,
    });
    const set = { PORT: '8080', HTTPS_PORT: '8443', PUBLIC_URL: 'https://talk.example:8443' };
    expect(readConfig({ ACME_DOMAIN: 'talk.example', ...set })).toMatchObject({
      port: 8080,
      httpsPort: 8443,
      publicUrl: 'https://talk.example:8443',
    });
  });

  test('H114 all problems are told at once, and secrets are not repeated', () => {
    const problems = problemsOf({
      PORT: 'x',
      WORKERS: 'y',
      METRICS_TOKEN: 'hunter2',
      ICE_SERVERS: 'hunter2',
    });
    expect(problems).toHaveLength(4);
    expect(problems.join()).not.toContain('hunter2');
  });

  test('H115 values that cannot be together are told as such', () => {
    expect(problemsOf({ PORT: '9000', HTTPS_PORT: '9000' })[0]).toMatch(/both 9000/);
    expect(problemsOf({ RTC_PORT: '65535', WORKERS: '2' })[0]).toMatch(/write 65534 or less/);
    expect(problemsOf({ RTC_PORT: '8079', WORKERS: '2' })[0]).toMatch(
      /^PORT is 8080, but media uses 8079 to 8080/,
    );
    expect(problemsOf({ PORT: '0', HTTPS_PORT: '0' })).toEqual([]);
  });

  test('I65 a sign-in provider needs all of its options, and TLS unless it is near', () => {
    const all = {
      ...{ OIDC_ISSUER: 'https://id.shop.example', OIDC_CLIENT_ID: 'us' },
      ...{ OIDC_CLIENT_SECRET: 'hunter2', OIDC_NAME: 'Shop ID' },
    };
    expect(readConfig(all).oidc).toEqual({
      ...{ issuer: 'https://id.shop.example', clientId: 'us', clientSecret: 'hunter2', name: 'Shop ID' },
    });
    expect(readConfig({}).oidc).toBeNull();
    expect(problemsOf({ ...all, OIDC_CLIENT_SECRET: '' })[0]).toMatch(/^OIDC_CLIENT_SECRET is not set: /);
    expect(problemsOf({ OIDC_NAME: 'x' })[0]).toMatch(/^OIDC_ISSUER and OIDC_CLIENT_ID and .* are not set: /);
    const issuers = {
      good: [
        'http://localhost:9000/realms/shop',
        'http://keycloak:8080',
        'http://10.0.0.7',
        'http://[::1]:1',
      ],
      bad: [
        'http://id.shop.example',
        'http://8.8.8.8',
        'id.shop.example',
        'https://a.example/?x=1',
        'ftp://x',
      ],
    };
    for (const OIDC_ISSUER of issuers.good) expect(problemsOf({ ...all, OIDC_ISSUER })).toEqual([]);
    for (const OIDC_ISSUER of issuers.bad) expect(problemsOf({ ...all, OIDC_ISSUER })).toHaveLength(1);
  });

  test('H116 every option says what it is, in which unit, and its default is a good value', () => {
    for (const [name, { value, unit, description, schema }] of Object.entries(options)) {
      expect(name).toMatch(/^[A-Z_]+$/);
      expect(unit).not.toBe('');
      expect(description.length).toBeGreaterThan(20);
      expect(schema.safeParse(value).success).toBe(true);
    }
  });
});
