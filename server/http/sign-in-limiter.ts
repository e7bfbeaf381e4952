/**
 * How passwords and one-time links may be tried. Wrong passwords are slowed down and the right one is always let in: see
 * decision 0064.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { allowances, caps, limits } from '../../shared/limits.ts';
import { FairQueue } from '../quota/fair-queue.ts';
import { network } from '../quota/network.ts';
import { Pace } from '../quota/pace.ts';
import { Quota, QuotaFull, type Reservation } from '../quota/quota.ts';
import { Rate } from '../quota/rate.ts';
import { HttpError } from './errors.ts';

/** Who tries to sign in. */
export type SignInTry = {
  address: string;
  /** In small letters. */
  email: string;
  /** Names the browser, when this person has signed in with it before. */
  knownBrowser: string | null;
};

export type SignInLimiter = {
  /**
   * Take room for one try, before anything is awaited. Who comes with a known browser, whosever, has room apart, which
   * strangers cannot fill. Throws `HttpError` `too-many`.
   */
  enter(address: string, withKnownBrowser: boolean): Reservation;
  /**
   * Check a password when its turn has come, which is later and later for who keeps being wrong. Throws `HttpError`
   * `too-many` when that would be too late to wait for; the password was not looked at then.
   */
  check(who: SignInTry, fits: () => Promise<boolean>): Promise<boolean>;
  /**
   * Check a code of the second factor of somebody whose password was right. Throws `HttpError` `too-many` after so many wrong
   * ones; the code was not looked at then.
   */
  checkCode(who: SignInTry, fits: () => Promise<boolean>): Promise<boolean>;
  /** Count one look at a one-time link. Throws `HttpError` `too-many`. */
  tryLink(address: string): void;
};

/** Milliseconds. */
type SlowTimes = { signInSlowMs: number; signInSlowNetworkMs: number; signInSlowestMs: number };

/** @param slow other times, for tests, ms */
export function createSignInLimiter(slow: SlowTimes = limits): SignInLimiter {
  const entered = new Quota('sign-ins', caps.signIns);
  const enteredKnown = new Quota('sign-ins of known browsers', caps.signIns);
  const wrong = {
    ofBrowser: new Rate(allowances.wrongPasswords),
    ofPair: new Rate(allowances.wrongPasswords),
    ofNetwork: new Rate(allowances.wrongPasswordsOfNetwork),
    ofPerson: new Rate(allowances.wrongPasswordsOfPerson),
  };
  const longestMs = slow.signInSlowestMs;
  const pairs = new Pace({ apartMs: slow.signInSlowMs, longestMs });
  const networks = new Pace({ apartMs: slow.signInSlowNetworkMs, longestMs });
  const links = new Rate(allowances.linkTries);
  const wrongCodes = new Rate(allowances.wrongCodes);
  // Those who are known go first: a flood of strangers costs them nothing.
  const strangers = new FairQueue(limits.passwordsAtOnce);
  const known = new FairQueue(limits.passwordsAtOnce);

  return {
    enter(address, withKnownBrowser) {
      try {
        return (withKnownBrowser ? enteredKnown : entered).reserve({ network: network(address) });
      } catch (error) {
        if (!(error instanceof QuotaFull)) throw error;
        throw tooMany(limits.signInRetryMs);
      }
    },

    async check({ address, email, knownBrowser }, fits) {
      const from = network(address);
      if (knownBrowser !== null && wrong.ofBrowser.take(knownBrowser)) {
        const right = await known.run(from, fits);
        if (right) wrong.ofBrowser.giveBack(knownBrowser);
        return right;
      }
      const pair = `${from} ${email}`;
      // Each try counts as wrong until it turns out right, so that many at once do not all pass.
      const counted = [
        { rate: wrong.ofPair, name: pair },
        { rate: wrong.ofNetwork, name: from },
        { rate: wrong.ofPerson, name: email },
      ].map(({ rate, name }) => ({ rate, name, within: rate.take(name) }));
      const [ofPair, ofNetwork, ofPerson] = counted.map(({ within }) => within);
      if (!ofPair) await inTurn(pairs, pair, longestMs);
      else if (!ofNetwork) await inTurn(networks, from, longestMs);
      // Somebody guesses from many networks: this one may be the person's own, and only waits a moment.
      else if (!ofPerson) await delay(slow.signInSlowNetworkMs, undefined, { ref: false });
      const right = await strangers.run(from, fits);
      if (right) for (const { rate, name, within } of counted) if (within) rate.giveBack(name);
      return right;
    },

    async checkCode({ email, knownBrowser }, fits) {
      // Refused instead of slowed down: nobody can lock others out this way who does not know their password.
      const name = knownBrowser ?? email;
      if (!wrongCodes.take(name)) throw tooMany(wrongCodes.waitMs(name));
      const right = await fits();
      if (right) wrongCodes.giveBack(name);
      return right;
    },

    tryLink(address) {
      const from = network(address);
      if (!links.take(from)) throw tooMany(links.waitMs(from));
    },
  };
}

async function inTurn(pace: Pace, name: string, longestMs: number): Promise<void> {
  if (!(await pace.wait(name))) throw tooMany(longestMs);
}

const tooMany = (retryAfterMs: number) =>
  new HttpError('too-many', undefined, { retryAfterS: Math.ceil(retryAfterMs / 1000) });
