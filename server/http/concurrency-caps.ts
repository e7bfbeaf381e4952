/**
 * How much of what is costly may be in hand at once: requests of people who have not signed in, files that are sent, and files
 * that come. Room is taken before anything is awaited, and given back when the answer is over, however it ends.
 */
import type { ServerResponse } from 'node:http';
import type { Context, Middleware } from 'koa';
import { type Cap, caps } from '../../shared/limits.ts';
import { refuse } from '../../shared/refusals.ts';
import { network } from '../quota/network.ts';
import { Quota, QuotaFull, type Reservation } from '../quota/quota.ts';
import { HttpError } from './errors.ts';
import { httpLimits } from './limits.ts';

export type ConcurrencyBounds = Readonly<Record<'requests' | 'downloads' | 'uploads', Cap>>;

export type ConcurrencyCaps = {
  /** Each request counts as a stranger's until it is known to be a member's. Known browsers have as much again. */
  strangers: Middleware;
  /** Room for a stranger's request until it is answered; false where there is none. */
  takesStranger(address: string, res: ServerResponse): boolean;
  /** This request has a file sent, or brings one. Throws `HttpError` `too-many` or `busy`. */
  download(ctx: Context): void;
  upload(ctx: Context): void;
};

/** Asked by the machine itself and by what watches it; they have to be answered most of all when there is too much. */
export const probes = new Set(['/healthz', '/readyz', '/metrics']);

/** What counts for who has not signed in. */
const counted = new WeakMap<Context, Reservation>();

/** Whoever asks has signed in. */
export const releaseSignedIn = (ctx: Context): void => counted.get(ctx)?.release();

/** @param isKnown somebody has signed in with that browser before; told by a signature alone */
export function createConcurrencyCaps(
  isKnown: (ctx: Context) => boolean,
  bounds: ConcurrencyBounds = caps,
): ConcurrencyCaps {
  const requests = new Quota('requests of strangers', bounds.requests);
  const known = new Quota('requests of known browsers', bounds.requests);
  const downloads = new Quota('downloads', bounds.downloads);
  const uploads = new Quota('uploads', bounds.uploads);

  const take = (quota: Quota, ctx: Context): Reservation => {
    const room = reserve(quota, network(ctx.ip));
    ctx.res.once('close', () => room.release());
    return room;
  };

  return {
    async strangers(ctx, next) {
      if (!probes.has(ctx.path)) counted.set(ctx, take(isKnown(ctx) ? known : requests, ctx));
      await next();
    },
    takesStranger(address, res) {
      try {
        const room = requests.reserve({ network: network(address) });
        res.once('close', () => room.release());
        return true;
      } catch (error) {
        if (error instanceof QuotaFull) return false;
        throw error;
      }
    },
    download: ctx => void take(downloads, ctx),
    upload: ctx => void take(uploads, ctx),
  };
}

function reserve(quota: Quota, from: string): Reservation {
  try {
    return quota.reserve({ network: from });
  } catch (error) {
    if (!(error instanceof QuotaFull)) throw error;
    const retryAfterS = httpLimits.inHandRetryS;
    throw error.scope === 'network'
      ? new HttpError('too-many', refuse('networkBusy'), {
          retryAfterS,
        })
      : new HttpError('busy', undefined, { retryAfterS });
  }
}
