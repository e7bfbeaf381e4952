/** Due times live in the database (design rule 7); here is one timer that wakes for the earliest of them. */
import { type Kysely, sql } from 'kysely';
import type { Logger } from 'pino';
import type { SiteId } from '../../shared/ids.ts';
import { limits } from '../../shared/limits.ts';
import type { Bus } from '../bus/bus.ts';
import type { Database } from '../store/schema.ts';
import { endCall } from './call-life.ts';
import type { Change, Door } from './door.ts';
import { expireOffer } from './offers.ts';
import { finishWrapUp, giveUpRep } from './rep-commands.ts';

export type Due = { start(): void; close(): Promise<void> };

type DueOptions = { db: Kysely<Database>; door: Door; bus: Bus; now: () => number; log: Logger };

/** A timer never sleeps longer than this, so that a changed system clock is noticed, ms. */
const longestSleep = 60_000;
/** After a failure of the database, ms. */
const retryAfter = 1_000;

/** Watches for changes and honours every due time when it comes. `close()` waits for work in hand. */
export function createDue({ db, door, bus, now, log }: DueOptions): Due {
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> | undefined;
  let again = false;
  let closed = false;

  const wake = () => {
    if (closed) return;
    if (working) {
      again = true;
      return;
    }
    clearTimeout(timer);
    working = work()
      .catch(error => {
        log.error({ err: error }, 'due times could not be processed, trying again');
        return retryAfter;
      })
      .then(sleep => {
        working = undefined;
        if (closed) return;
        if (again) {
          again = false;
          wake();
        } else timer = setTimeout(wake, Math.min(sleep, longestSleep));
      });
  };

  const work = async (): Promise<number> => {
    for (const siteId of await sitesWithDue(db, now())) await honourSite(door, siteId);
    for (const repId of await repsWithDue(db, now()))
      await door.changeRep(repId, async (change, sites) => {
        const rep = await change.db
          .selectFrom('reps')
          .select(['lost_until', 'wrap_up_until'])
          .where('id', '=', repId)
          .executeTakeFirstOrThrow();
        // Read anew inside the change: the rep may have come back a moment ago.
        if (isPast(rep.wrap_up_until, change.now)) await finishWrapUp(change, sites, repId);
        if (isPast(rep.lost_until, change.now)) await giveUpRep(change, sites, repId);
      });
    const next = await nextDue(db, now());
    return next === null ? longestSleep : Math.max(0, next - now());
  };

  const unsubscribe = bus.subscribe(wake);
  return {
    start: wake,
    async close() {
      closed = true;
      unsubscribe();
      clearTimeout(timer);
      await working;
    },
  };
}

const isPast = (due: number | null, now: number) => due !== null && due <= now;

/** Everything of one site that is due, in one change. */
function honourSite(door: Door, siteId: SiteId): Promise<void> {
  return door.change([siteId], async change => {
    for (const offer of await dueOffers(change.db, change.now)
      .where('site_id', '=', siteId)
      .selectAll()
      .execute())
      await expireOffer(change, offer);
    for (const call of await dueParked(change.db, change.now)
      .where('site_id', '=', siteId)
      .select('id')
      .execute())
      await endCall(change, call.id, 'shopper-lost');
    await endHopeless(change, siteId);
    for (const call of await dueWaiting(change.db, change.now)
      .where('calls.site_id', '=', siteId)
      .select('calls.id')
      .execute())
      await endCall(change, call.id, 'max-wait');
  });
}

/** Nobody has been on duty for too long: the callers of that queue are told instead of being kept. */
async function endHopeless(change: Change, siteId: SiteId): Promise<void> {
  const calls = await dueHopeless(change.db, change.now)
    .where('calls.site_id', '=', siteId)
    .select('calls.id')
    .execute();
  for (const call of calls) await endCall(change, call.id, 'no-rep');
}

const dueOffers = (db: Kysely<Database>, now: number) =>
  db.selectFrom('offers').where('state', '=', 'live').where('due_at', '<=', now);

const dueParked = (db: Kysely<Database>, now: number) =>
  db.selectFrom('calls').where('state', '<>', 'ended').where('parked_until', '<=', now);

/** A call that rings is given its chance first: only `waiting` can run out of time. */
const waitingCalls = (db: Kysely<Database>) =>
  db
    .selectFrom('calls')
    .innerJoin('queues', 'queues.id', 'calls.queue_id')
    .where('calls.state', '=', 'waiting')
    .where('calls.parked_until', 'is', null);

const waitEnds = sql<number>`calls.queued_at + queues.max_wait_ms`;
const hopeEnds = sql<number>`case when calls.queued_at > queues.no_rep_since then calls.queued_at else queues.no_rep_since end + ${sql.lit(limits.noRepExitMs)}`;

const dueWaiting = (db: Kysely<Database>, now: number) => waitingCalls(db).where(waitEnds, '<=', now);
const dueHopeless = (db: Kysely<Database>, now: number) =>
  waitingCalls(db).where('queues.no_rep_since', 'is not', null).where(hopeEnds, '<=', now);
/** A refused call may be offered to the same rep again from then on. */
const refusalEnds = sql<number>`offers.ended_at + ${sql.lit(limits.refusalBackOffMs)}`;
const refusals = (db: Kysely<Database>) =>
  db
    .selectFrom('offers')
    .innerJoin('calls', 'calls.id', 'offers.call_id')
    .where('calls.state', '=', 'waiting')
    .where('offers.state', '=', 'declined');

async function sitesWithDue(db: Kysely<Database>, now: number): Promise<SiteId[]> {
  const found = await Promise.all([
    dueOffers(db, now).select('site_id').distinct().execute(),
    dueParked(db, now).select('site_id').distinct().execute(),
    dueWaiting(db, now).select('calls.site_id').distinct().execute(),
    dueHopeless(db, now).select('calls.site_id').distinct().execute(),
    // The change itself does nothing for these; the routing inside it finds the call offerable again.
    refusals(db)
      .where(refusalEnds, '<=', now)
      .where(refusalEnds, '>', now - longestSleep)
      .select('calls.site_id')
      .distinct()
      .execute(),
  ]);
  return [...new Set(found.flat().map(row => row.site_id))];
}

async function repsWithDue(db: Kysely<Database>, now: number) {
  const rows = await db
    .selectFrom('reps')
    .select('id')
    .where(({ or, eb }) => or([eb('lost_until', '<=', now), eb('wrap_up_until', '<=', now)]))
    .execute();
  return rows.map(row => row.id);
}

/** The earliest due time still to come, ms UTC, or null. */
async function nextDue(db: Kysely<Database>, now: number): Promise<number | null> {
  const rows = await Promise.all([
    db
      .selectFrom('offers')
      .where('state', '=', 'live')
      .select(({ fn }) => fn.min<number | null>('due_at').as('at'))
      .executeTakeFirst(),
    db
      .selectFrom('calls')
      .where('state', '<>', 'ended')
      .select(({ fn }) => fn.min<number | null>('parked_until').as('at'))
      .executeTakeFirst(),
    waitingCalls(db).select(sql<number | null>`min(${waitEnds})`.as('at')).executeTakeFirst(),
    waitingCalls(db)
      .where('queues.no_rep_since', 'is not', null)
      .select(sql<number | null>`min(${hopeEnds})`.as('at'))
      .executeTakeFirst(),
    refusals(db)
      .where(refusalEnds, '>', now)
      .select(sql<number | null>`min(${refusalEnds})`.as('at'))
      .executeTakeFirst(),
    db
      .selectFrom('reps')
      .select(({ fn }) => fn.min<number | null>('lost_until').as('at'))
      .executeTakeFirst(),
    db
      .selectFrom('reps')
      .select(({ fn }) => fn.min<number | null>('wrap_up_until').as('at'))
      .executeTakeFirst(),
  ]);
  const times = rows.map(row => row?.at).filter(at => at != null);
  return times.length === 0 ? null : Math.min(...times.map(Number));
}
