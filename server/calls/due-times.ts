/** What is due and when, read from the database: offers, parked calls, waits, wrap-ups, grace periods. */
import { type Kysely, sql } from 'kysely';
import type { SiteId } from '../../shared/ids.ts';
import { limits } from '../../shared/limits.ts';
import type { Database } from '../store/schema.ts';
import { freeReps } from './rep-selection.ts';

export const dueOffers = (db: Kysely<Database>, now: number) =>
  db.selectFrom('offers').where('state', '=', 'live').where('due_at', '<=', now);

export const dueParked = (db: Kysely<Database>, now: number) =>
  db.selectFrom('calls').where('state', '<>', 'ended').where('parked_until', '<=', now);

/** A call that rings is given its chance first: only `waiting` can run out of time. */
const waitingCalls = (db: Kysely<Database>) =>
  db
    .selectFrom('calls')
    .innerJoin('queues', 'queues.id', 'calls.queue_id')
    .where('calls.state', '=', 'waiting')
    .where('calls.parked_until', 'is', null);

/** A call that came back from a lost rep did not wait while it was talked to. */
const inLineSince = sql<number>`coalesce(calls.returned_at, calls.queued_at)`;
const waitEnds = sql<number>`${inLineSince} + queues.max_wait_ms`;
const hopeEnds = sql<number>`case when ${inLineSince} > queues.no_rep_since then ${inLineSince} else queues.no_rep_since end + ${sql.lit(limits.noRepExitMs)}`;

export const dueWaiting = (db: Kysely<Database>, now: number) => waitingCalls(db).where(waitEnds, '<=', now);
export const dueHopeless = (db: Kysely<Database>, now: number) =>
  waitingCalls(db).where('queues.no_rep_since', 'is not', null).where(hopeEnds, '<=', now);
/** A refused call may be offered to the same rep again from then on. */
const refusalEnds = sql<number>`offers.ended_at + ${sql.lit(limits.refusalBackOffMs)}`;
const refusals = (db: Kysely<Database>) =>
  db
    .selectFrom('offers')
    .innerJoin('calls', 'calls.id', 'offers.call_id')
    .where('calls.state', '=', 'waiting')
    .where('offers.state', '=', 'declined');
/**
 * Calls whose refusal is over and whose refuser is free again: routing brings the two together, after which the rep
 * is not free any more, so that this finds nothing twice.
 */
const dueRefusals = (db: Kysely<Database>, now: number) =>
  freeReps(db)
    .innerJoin('offers', 'offers.rep_id', 'reps.id')
    .innerJoin('calls', 'calls.id', 'offers.call_id')
    .where('offers.state', '=', 'declined')
    .where('calls.state', '=', 'waiting')
    .where('calls.parked_until', 'is', null)
    .groupBy(['calls.site_id', 'offers.call_id', 'offers.rep_id'])
    .having(({ fn }) => fn.max(refusalEnds), '<=', now);

/** Sites in which something of a call or an offer is due. */
export async function sitesWithDue(db: Kysely<Database>, now: number): Promise<SiteId[]> {
  const found = await Promise.all([
    dueOffers(db, now).select('site_id').distinct().execute(),
    dueParked(db, now).select('site_id').distinct().execute(),
    dueWaiting(db, now).select('calls.site_id').distinct().execute(),
    dueHopeless(db, now).select('calls.site_id').distinct().execute(),
    // The change itself does nothing for these; the routing inside it finds the call offerable again.
    dueRefusals(db, now).select('calls.site_id').execute(),
  ]);
  return [...new Set(found.flat().map(row => row.site_id))];
}

/** Reps whose wrap-up or grace period is over. */
export async function repsWithDue(db: Kysely<Database>, now: number) {
  const rows = await db
    .selectFrom('reps')
    .select('id')
    .where(({ or, eb }) => or([eb('lost_until', '<=', now), eb('wrap_up_until', '<=', now)]))
    .execute();
  return rows.map(row => row.id);
}

/** The earliest due time still to come, ms UTC, or null. */
export async function nextDue(db: Kysely<Database>, now: number): Promise<number | null> {
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
