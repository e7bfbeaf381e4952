/** Who somebody is: shoppers by an anonymous token, reps by a session cookie and single-use socket tickets. */
import type { Kysely } from 'kysely';
import type { RepId, ShopperId, SiteId } from '../../shared/ids.ts';
import { limits } from '../../shared/limits.ts';
import { addRepSession, endRepSession, type Shown, useRepSession } from '../store/rep-sessions.ts';
import type { Database } from '../store/schema.ts';
import { StoreDown } from '../store/store-error.ts';
import { spend } from '../store/users.ts';
import { type Clock, newId, type Random, secureRandom } from './clock-and-random.ts';
import type { Secrets } from './secrets.ts';
import { createTokens, type TokenClaims } from './tokens.ts';

export type Identity = {
  /** A token for a new shopper of the site, or a fresh one for `shopperId`. */
  issueShopperToken(siteId: SiteId, shopperId?: ShopperId): { token: string; shopperId: ShopperId };
  /** Who the shopper is, or `null` when the token is not good. The caller compares the site. */
  readShopperToken(token: string): { siteId: SiteId; shopperId: ShopperId } | null;

  /** A ticket that lets a socket of that session in, once, within `limits.ticketMs`. */
  issueTicket(sessionId: string): string;
  /** Whose session it is, the first time a good ticket is shown; `null` otherwise, and where the session has ended. */
  useTicket(ticket: string): Promise<{ repId: RepId; sessionId: string } | null>;

  /** A token for the browser in which the rep signed in. It lets nobody in, and spares its owner what guessers get. */
  issueKnownBrowser(repId: RepId): string;
  /** Whose browser it is, with an id of its own; `null` when the token is not good. */
  readKnownBrowser(token: string): { repId: RepId; id: string } | null;

  /**
   * Sign somebody in: a token that is good for `limits.repSignInMs` and travels in a cookie only.
   *
   * @param browser what the browser says it is
   * @param onlySetUp good for setting up a second factor, and for nothing else until that is done
   * @param shown what let them in; null for somebody of whom another one, such as a sign-in provider, said who they are
   * @returns null when what they showed does not let them in any more; `othersEnded`: there were too many of them
   */
  issueRepSession(
    repId: RepId,
    browser: string,
    onlySetUp: boolean,
    shown: Shown | null,
  ): Promise<{ token: string; othersEnded: boolean } | null>;
  /** Whose session it is, or `null` when the token is not good or the session has ended. */
  readRepSession(token: string): Promise<{ repId: RepId; sessionId: string; onlySetUp: boolean } | null>;
  /**
   * Sign out: from now on the token never works again, even for somebody who copied it. While the store is away that is
   * kept in memory, for `writeEndedSessions`. Returns whose session it was; null when it was none that worked.
   */
  endRepSession(token: string): Promise<RepId | null>;
  /** Write down the sessions that ended while that could not be written. */
  writeEndedSessions(): Promise<void>;
};

export function createIdentity(options: {
  db: Kysely<Database>;
  secrets: Secrets;
  now: Clock;
  random?: Random;
}): Identity {
  const { db, secrets, now, random = secureRandom } = options;
  const tokens = createTokens({ secret: secrets.tokenKey, now, random });
  /** Ended, but not yet so in the database. */
  const ended = new Map<string, TokenClaims>();
  const live = async (sessionId: string) => {
    const session = ended.has(sessionId) ? null : ((await useRepSession(db, sessionId, now())) ?? null);
    return session && { repId: session.rep_id, sessionId: session.id, onlySetUp: session.only_set_up === 1 };
  };
  const noteEnd = async (claims: TokenClaims) => {
    ended.set(claims.tokenId, claims);
    const first = await endRepSession(db, claims.tokenId);
    ended.delete(claims.tokenId);
    return first;
  };

  return {
    issueShopperToken(siteId, shopperId = newId(random) as ShopperId) {
      return { token: tokens.issue('shopper-token', shopperId, limits.shopperTokenMs, siteId), shopperId };
    },
    readShopperToken(token) {
      const claims = tokens.read('shopper-token', token);
      if (!claims?.site) return null;
      return { siteId: claims.site as SiteId, shopperId: claims.subject as ShopperId };
    },

    issueTicket: sessionId => tokens.issue('socket-ticket', sessionId, limits.ticketMs),
    async useTicket(ticket) {
      const claims = tokens.read('socket-ticket', ticket);
      if (!claims) return null;
      const first = await spend(db, claims.tokenId, claims.usableUntil, now());
      return first ? live(claims.subject) : null;
    },

    issueKnownBrowser: repId => tokens.issue('known-browser', repId, limits.knownBrowserMs),
    readKnownBrowser(token) {
      const claims = tokens.read('known-browser', token);
      return claims && { repId: claims.subject as RepId, id: claims.tokenId };
    },

    async issueRepSession(repId, browser, onlySetUp, shown) {
      const token = tokens.issue('rep-session', repId, limits.repSignInMs);
      const claims = tokens.read('rep-session', token);
      if (!claims) throw new Error('A token that was just issued is not good');
      const session = {
        ...{ id: claims.tokenId, rep_id: repId, browser: browser.slice(0, limits.maxTextLength) },
        ...{ created_at: now(), seen_at: now(), expires_at: claims.usableUntil },
        only_set_up: onlySetUp ? (1 as const) : (0 as const),
      };
      const added = await addRepSession(db, session, shown);
      return added && { token, ...added };
    },
    async readRepSession(token) {
      const claims = tokens.read('rep-session', token);
      return claims && live(claims.tokenId);
    },
    async endRepSession(token) {
      const claims = tokens.read('rep-session', token);
      if (!claims || ended.has(claims.tokenId)) return null;
      try {
        return (await noteEnd(claims)) ? (claims.subject as RepId) : null;
      } catch (error) {
        if (!(error instanceof StoreDown)) throw error;
        return claims.subject as RepId;
      }
    },
    async writeEndedSessions() {
      for (const claims of [...ended.values()]) await noteEnd(claims);
    },
  };
}
