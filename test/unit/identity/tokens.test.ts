import { createHmac, generateKeyPairSync, hkdfSync, randomBytes } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { describe, expect, test } from 'vitest';
import { createTokens, type TokenPurpose } from '../../../server/identity/tokens.ts';
import { figure } from '../../support/figures.ts';

const startedAt = Date.UTC(2026, 0, 1);
const secret = randomBytes(32);
const minute = 60_000;

function make() {
  const clock = { now: startedAt };
  const tokens = createTokens({ secret, now: () => clock.now, random: randomBytes });
  return { clock, tokens };
}

/** The key of a purpose, as the server derives it: so that a forgery differs in exactly one thing. */
const keyOf = (purpose: TokenPurpose) =>
  Buffer.from(hkdfSync('sha256', secret, '', `talk-to-us ${purpose}`, 32));

const seconds = Math.floor(startedAt / 1000);
const goodClaims = {
  iss: 'talk-to-us',
  aud: 'rep-session',
  sub: 'rep-1',
  jti: 'token-1',
  role: 'rep',
  iat: seconds,
  nbf: seconds,
  exp: seconds + 600,
};
const signed = (claims: object, key: Buffer = keyOf('rep-session'), algorithm: jwt.Algorithm = 'HS256') =>
  jwt.sign(claims, key, { algorithm });

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const unsigned = (alg: string) => `${part({ alg, typ: 'JWT' })}.${part(goodClaims)}.`;

/** The classic confusion: an HMAC whose key is the (public) RSA key that an RS256 token would be checked with. */
function confused(): string {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const body = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(goodClaims)}`;
  const pem = publicKey.export({ type: 'spki', format: 'pem' });
  return `${body}.${createHmac('sha256', pem).update(body).digest('base64url')}`;
}

const without = (claim: keyof typeof goodClaims) =>
  Object.fromEntries(Object.entries(goodClaims).filter(([name]) => name !== claim));

describe('tokens', () => {
  test('I10 a good token says whose it is, and for which site', () => {
    const { tokens } = make();
    const token = tokens.issue('shopper-token', 'shopper-1', minute, 'site-1');
    expect(tokens.read('shopper-token', token)).toMatchObject({ subject: 'shopper-1', site: 'site-1' });
    expect(tokens.read('rep-session', signed(goodClaims))).toMatchObject({ subject: 'rep-1', site: null });
  });

  const forgeries: [string, () => string][] = [
    ['algorithm none', () => unsigned('none')],
    ['algorithm None in another case', () => unsigned('nOnE')],
    ['HS256 without a signature', () => unsigned('HS256')],
    [
      'RS256 by a stranger’s key',
      () => {
        const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
        return jwt.sign(goodClaims, privateKey, { algorithm: 'RS256' });
      },
    ],
    ['RS and HS confused', confused],
    ['HS512 by our own key', () => signed(goodClaims, keyOf('rep-session'), 'HS512')],
    ['another key', () => signed(goodClaims, randomBytes(32))],
    ['the master secret as the key', () => signed(goodClaims, secret)],
    ['the key of another purpose', () => signed(goodClaims, keyOf('shopper-token'))],
    ['a wrong audience', () => signed({ ...goodClaims, aud: 'socket-ticket' })],
    ['no audience', () => signed(without('aud'))],
    ['a wrong issuer', () => signed({ ...goodClaims, iss: 'somebody-else' })],
    ['no issuer', () => signed(without('iss'))],
    ['a wrong role', () => signed({ ...goodClaims, role: 'shopper' })],
    ['an unknown role', () => signed({ ...goodClaims, role: 'admin' })],
    ['no role', () => signed(without('role'))],
    ['no subject', () => signed(without('sub'))],
    ['no id', () => signed(without('jti'))],
    ['no end', () => signed(without('exp'))],
    ['an end long ago', () => signed({ ...goodClaims, exp: seconds - 60 })],
    ['a beginning in the future', () => signed({ ...goodClaims, nbf: seconds + 60 })],
    ['an oversized token', () => signed({ ...goodClaims, filler: 'x'.repeat(2_000) })],
    [
      'a changed payload',
      () => {
        const [head, , signature] = signed(goodClaims).split('.');
        return `${head}.${part({ ...goodClaims, sub: 'rep-2' })}.${signature}`;
      },
    ],
    ['a cut token', () => signed(goodClaims).slice(0, -3)],
    ['a string payload', () => jwt.sign('rep-1', keyOf('rep-session'))],
    ['nothing', () => ''],
    ['noise', () => '...'],
  ];
  test.each(forgeries)('I11 %s is refused', (_what, forge) => {
    expect(make().tokens.read('rep-session', forge())).toBeNull();
    figure('14-tokens', `each of ${forgeries.length} kinds`);
  });

  test('I12 a token of one purpose works for no other', () => {
    const { tokens } = make();
    const purposes: TokenPurpose[] = ['rep-session', 'socket-ticket', 'shopper-token', 'known-browser'];
    for (const made of purposes) {
      const token = tokens.issue(made, 'somebody', minute, 'site-1');
      for (const read of purposes) expect(tokens.read(read, token) !== null).toBe(read === made);
    }
  });

  test('I13 a token ends when its life does, with five seconds for clocks that differ', () => {
    const { clock, tokens } = make();
    const token = tokens.issue('socket-ticket', 'rep-1', 30_000);
    clock.now += 34_000;
    expect(tokens.read('socket-ticket', token)).not.toBeNull();
    clock.now += 1_000;
    expect(tokens.read('socket-ticket', token)).toBeNull();
  });

  test('I14 a token works on a server whose clock is a little behind, and not long before its time', () => {
    const { clock, tokens } = make();
    const token = tokens.issue('rep-session', 'rep-1', minute);
    clock.now -= 5_000;
    expect(tokens.read('rep-session', token)).not.toBeNull();
    clock.now -= 1_000;
    expect(tokens.read('rep-session', token)).toBeNull();
  });
});
