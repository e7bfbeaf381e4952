/** JSON Web Tokens: one algorithm, one issuer, and a key of its own for each purpose. */
import { hkdfSync } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { z } from 'zod';
import type { Clock, Random } from './clock-and-random.ts';

/** What a token is for. A token of one purpose is refused for every other, by key, audience and role. */
const purposes = {
  /** The cookie of a signed-in rep. */
  'rep-session': 'rep',
  /** Lets a rep's socket in, once. */
  'socket-ticket': 'rep',
  /** A browser in which that rep signed in before. */
  'known-browser': 'rep',
  /** A browser that was sent to the sign-in provider. */
  'provider-sign-in': 'rep',
  /** An anonymous shopper of one site, in one tab. */
  'shopper-token': 'shopper',
} as const;
export type TokenPurpose = keyof typeof purposes;

const issuer = 'talk-to-us';
const algorithm = 'HS256';
/** Longer strings are refused before any parsing or hashing. */
const maxTokenLength = 2_000;
/** How far the clocks of two servers may be apart, in seconds. */
const clockToleranceS = 5;

const claims = z.object({
  sub: z.string().min(1).max(64),
  jti: z.string().min(1).max(64),
  exp: z.number(),
  role: z.enum(['rep', 'shopper']),
  site: z.string().min(1).max(64).optional(),
});

/** What a good token says. `usableUntil` (milliseconds UTC): after it nobody accepts the token any more. */
export type TokenClaims = { subject: string; tokenId: string; site: string | null; usableUntil: number };

export type Tokens = {
  /** A signed token for `subject` that lives `lifeMs` milliseconds. */
  issue(purpose: TokenPurpose, subject: string, lifeMs: number, site?: string): string;
  /** What the token says, or `null` for anything but a good token of exactly this purpose. Never throws. */
  read(purpose: TokenPurpose, token: string): TokenClaims | null;
};

/** `secret`: at least 32 bytes. */
export function createTokens(options: { secret: Uint8Array; now: Clock; random: Random }): Tokens {
  const { secret, now, random } = options;
  const keys = new Map<TokenPurpose, Buffer>();
  const keyOf = (purpose: TokenPurpose) => {
    const known = keys.get(purpose);
    if (known) return known;
    const key = Buffer.from(hkdfSync('sha256', secret, '', `${issuer} ${purpose}`, 32));
    keys.set(purpose, key);
    return key;
  };

  return {
    issue(purpose, subject, lifeMs, site) {
      const seconds = Math.floor(now() / 1000);
      const payload = {
        iss: issuer,
        aud: purpose,
        sub: subject,
        jti: random(16).toString('base64url'),
        role: purposes[purpose],
        iat: seconds,
        nbf: seconds,
        exp: Math.ceil((now() + lifeMs) / 1000),
        ...(site === undefined ? {} : { site }),
      };
      return jwt.sign(payload, keyOf(purpose), { algorithm });
    },

    read(purpose, token) {
      if (token.length > maxTokenLength) return null;
      try {
        const payload = jwt.verify(token, keyOf(purpose), {
          algorithms: [algorithm],
          issuer,
          audience: purpose,
          clockTimestamp: Math.floor(now() / 1000),
          clockTolerance: clockToleranceS,
        });
        const parsed = claims.safeParse(payload);
        if (!parsed.success || parsed.data.role !== purposes[purpose]) return null;
        const { sub, jti, site, exp } = parsed.data;
        const usableUntil = (exp + clockToleranceS) * 1000;
        return { subject: sub, tokenId: jti, site: site ?? null, usableUntil };
      } catch {
        // Whatever is wrong with it, the asker learns only that it does not work.
        return null;
      }
    },
  };
}
