/** What a click would get, kept for a moment: every visitor of a shop asks for it, and few changes move it. */
import type { Kysely } from 'kysely';
import { LRUCache } from 'lru-cache';
import type { QueueId, SiteId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import type { Bus } from '../../bus/bus.ts';
import type { Database } from '../../store/schema.ts';
import { type Offered, reachability } from './availability.ts';

export type KnownReachability = {
  /** As it was `limits.reachabilityKeptMs` ago at the most, and after every change of the site since. */
  read(siteId: SiteId, queueId?: QueueId): Promise<Offered>;
  close(): void;
};

export function createKnownReachability(
  db: Kysely<Database>,
  bus: Bus,
  now: () => number,
): KnownReachability {
  type OfSite = Map<QueueId | undefined, Promise<Offered>>;
  const sites = new LRUCache<SiteId, OfSite>({
    max: limits.reachabilitySitesKept,
    ttl: limits.reachabilityKeptMs,
    // A look-up starts no new time.
    updateAgeOnGet: false,
  });
  const close = bus.subscribe(({ siteId, surroundings }) => {
    if (surroundings) sites.delete(siteId);
  });
  return {
    close,
    read(siteId, queueId) {
      let known = sites.get(siteId);
      if (!known) {
        known = new Map();
        sites.set(siteId, known);
      }
      let reading = known.get(queueId);
      if (!reading) {
        reading = reachability(db, siteId, now(), queueId);
        // A page may ask for queues that do not exist, as many as it likes.
        if (known.size < limits.reachabilityQueuesKept) known.set(queueId, reading);
        const kept = known;
        // A failure is of those who waited for it; the next one asks anew.
        reading.catch(() => kept.delete(queueId));
      }
      return reading;
    },
  };
}
