/** Due times live in the database (design rule 7); here is one timer that is set for the earliest of them. */
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { CallId, RepId, SiteId } from '../../../shared/ids.ts';
import type { Bus } from '../../bus/bus.ts';
import type { Database } from '../../store/schema.ts';
import { StoreDown } from '../../store/store-error.ts';
import { type Cause, overflow } from '../commands/move.ts';
import { giveUpMicrophone, giveUpRep, wrapUpIsOver } from '../commands/rep-commands.ts';
import { dueHopeless, dueWaiting, noteWaitDue } from '../line/wait-due.ts';
import type { CallEvent } from '../model/events.ts';
import { noteHours } from '../routing/hours.ts';
import type { Transactions } from '../transaction/transactions.ts';
import { applyTo } from '../writing/apply.ts';
import { loadCall } from '../writing/call-rows.ts';
import type { Change } from '../writing/change.ts';
import {
  dueCallbacks,
  dueOffers,
  duePageRings,
  dueParked,
  dueQueues,
  dueTries,
  nextDue,
  repsWithDue,
  sitesWithDue,
} from './due-times.ts';

export type Due = { start(): void; close(): Promise<void> };

type HonourOptions = { db: Kysely<Database>; transactions: Transactions; now: () => number; log: Logger };
/** `settled`: false while what an outage of the store kept back is still to be made good. */
type DueOptions = HonourOptions & { bus: Bus; settled?: () => boolean };

/** A timer never sleeps longer than this, so that a changed system clock is noticed, ms. */
const longestSleep = 60_000;
/**
 * After a change the due times are looked at anew this much later, ms: far sooner than any of them can come, and
 * after the people concerned have been answered. A burst of changes costs one look.
 */
const settle = 50;
/** After a failure of the database, ms. */
const retryAfter = 1_000;

/** Watches for changes and honours every due time when it comes. `close()` waits for work in hand. */
export function createTimers({ db, transactions, bus, now, log, settled = () => true }: DueOptions): Due {
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> | undefined;
  /** Something changed since the last look began, and the next look is near. */
  let changed = false;
  let closed = false;

  const look = () => {
    changed = false;
    working = work()
      .catch(error => {
        if (!(error instanceof StoreDown))
          log.error({ err: error }, 'due times could not be processed, trying again');
        return retryAfter;
      })
      .then(untilNext => {
        working = undefined;
        if (!closed) lookIn(changed ? settle : untilNext);
      });
  };

  const lookIn = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(look, Math.min(ms, longestSleep));
  };

  const work = async (): Promise<number> => {
    if (!settled()) return retryAfter;
    await transactions.followClock();
    let next = await nextDue(db, now());
    const complete = next === null || next > now() || (await honourDue({ db, transactions, now, log }));
    if (next !== null && next <= now()) next = await nextDue(db, now());
    const sleep = next === null ? longestSleep : Math.max(0, next - now());
    return complete ? sleep : Math.max(sleep, retryAfter);
  };

  const unsubscribe = bus.subscribe(() => {
    if (changed || closed) return;
    changed = true;
    if (!working) lookIn(settle);
  });
  return {
    start: look,
    async close() {
      closed = true;
      unsubscribe();
      clearTimeout(timer);
      await working;
    },
  };
}

/**
 * Honour everything that is due now, once. One site's or rep's failure is logged and does not hold up the others.
 *
 * @returns false when something failed and is still due
 */
export async function honourDue({ db, transactions, now, log }: HonourOptions): Promise<boolean> {
  let complete = true;
  const attempt = async (work: Promise<void>, who: { site: SiteId } | { rep: RepId }) => {
    await work.catch(error => {
      complete = false;
      if (error instanceof StoreDown) return;
      log.error({ ...who, err: error }, 'a due time could not be honoured, trying again');
    });
  };
  for (const site of await sitesWithDue(db, now())) await attempt(honourSite(transactions, site), { site });
  for (const rep of await repsWithDue(db, now())) await attempt(honourRep(transactions, rep), { rep });
  return complete;
}

/** Everything of one site that is due, in one change. */
function honourSite(transactions: Transactions, siteId: SiteId): Promise<void> {
  return transactions.change([siteId], async change => {
    const { db, now } = change;
    const happens = async (calls: readonly { id: CallId }[], event: CallEvent) => {
      for (const { id } of calls) await applyTo(change, id, event);
    };
    for (const { id, call_id } of await dueOffers(db, now)
      .where('site_id', '=', siteId)
      .selectAll()
      .execute())
      await applyTo(change, call_id, { type: 'expire-offer', offerId: id });
    const ofSite = (calls: ReturnType<typeof dueParked>) =>
      calls.where('site_id', '=', siteId).select('id').execute();
    await happens(await ofSite(duePageRings(db, now)), { type: 'callback-missed' });
    await happens(await ofSite(dueCallbacks(db, now)), { type: 'end', reason: 'callback-expired' });
    await happens(await ofSite(dueTries(db, now)), { type: 'hold-over' });
    await happens(await ofSite(dueParked(db, now)), { type: 'end', reason: 'shopper-lost' });
    for (const queue of await dueQueues(db, now).where('site_id', '=', siteId).selectAll().execute()) {
      // Nobody has been on duty for too long: the callers of that queue are told instead of being kept.
      await overflowAll(change, await dueHopeless(db, queue, now).select('id').execute(), 'no-rep');
      await overflowAll(change, await dueWaiting(db, queue, now).select('id').execute(), 'max-wait');
      await noteWaitDue(db, queue.id, now);
      if (isPast(queue.hours_due, now)) await noteHours(change, queue);
    }
    // A call that was declined may be offerable again, or asks for less skill than it did.
    change.route(siteId);
  });
}

async function overflowAll(change: Change, calls: readonly { id: CallId }[], cause: Cause): Promise<void> {
  for (const { id } of calls) {
    const loaded = await loadCall(change.db, id);
    if (loaded) await overflow(change, loaded, cause);
  }
}

/** What is due of one rep. Read anew inside the change: the rep may have come back a moment ago. */
function honourRep(transactions: Transactions, repId: RepId): Promise<void> {
  return transactions.changeRep(repId, async (change, sites) => {
    const rep = await change.db
      .selectFrom('reps')
      .select(['lost_until', 'wrap_up_until', 'microphone_due'])
      .where('id', '=', repId)
      .executeTakeFirstOrThrow();
    if (isPast(rep.wrap_up_until, change.now)) await wrapUpIsOver(change, sites, repId);
    if (isPast(rep.microphone_due, change.now)) await giveUpMicrophone(change, sites, repId);
    if (isPast(rep.lost_until, change.now)) await giveUpRep(change, sites, repId);
  });
}

const isPast = (due: number | null, now: number) => due !== null && due <= now;
