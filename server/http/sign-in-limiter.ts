/** How often passwords and one-time links may be tried: counted in memory, forgotten after the window. */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { network } from '../quota/network.ts';
import { HttpError } from './errors.ts';
import { httpLimits } from './limits.ts';

export type SignInLimiter = {
  /** Count one try of a password before it is checked. Throws `HttpError` `too-many`. */
  trySignIn(address: string, email: string): Promise<void>;
  /** The password was right: the person's own mistakes are forgotten. */
  signedIn(address: string, email: string): Promise<void>;
  /** Count one look at a one-time link. Throws `HttpError` `too-many`. */
  tryLink(address: string): Promise<void>;
};

const limiter = (keyPrefix: string, points: number) =>
  new RateLimiterMemory({ keyPrefix, points, duration: httpLimits.signInWindowS });

/**
 * Three counters: one person from one address (guessing), one address (many persons), one person (many
 * addresses). The last is loose, or a stranger could lock a rep out by failing on purpose.
 */
export function createSignInLimiter(): SignInLimiter {
  const perPair = limiter('pair', httpLimits.signInsPerPersonAndAddress);
  const perPerson = limiter('person', httpLimits.signInsPerPerson);
  const perAddress = limiter('address', httpLimits.signInsPerAddress);
  const perLinkAddress = limiter('link', httpLimits.linkTriesPerAddress);
  const pair = (address: string, email: string) => `${network(address)} ${email}`;

  return {
    async trySignIn(address, email) {
      // The address first: it bounds how many other keys one stranger can make us remember.
      await count(perAddress, network(address));
      await count(perPair, pair(address, email));
      await count(perPerson, email);
    },
    async signedIn(address, email) {
      await perAddress.reward(network(address), 1);
      await perPair.delete(pair(address, email));
      await perPerson.reward(email, 1);
    },
    tryLink: address => count(perLinkAddress, network(address)),
  };
}

async function count(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (reason) {
    if (!(reason instanceof RateLimiterRes)) throw reason;
    throw new HttpError('too-many', undefined, { retryAfterS: Math.ceil(reason.msBeforeNext / 1000) });
  }
}
