/**
 * What is due and when: offers, parked calls, waits, wrap-ups, grace periods. Found by indexes of the times themselves, in one
 * statement each, however many sites, queues and calls there are.
 */
import { type Kysely, sql } from 'kysely';
import type { SiteId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import { literal } from '../../store/literals.ts';
import type { Database } from '../../store/schema.ts';
import { oneWrittenOnce, writtenOnce } from '../../store/written-once.ts';
import { inReach } from '../line/reach.ts';
import { freeReps } from '../line/rep-selection.ts';

export const dueOffers = (db: Kysely<Database>, now: number) =>
  db.selectFrom('offers').where('state', '=', literal.live).where('due_at', '<=', now);

export const dueParked = (db: Kysely<Database>, now: number) =>
  db.selectFrom('calls').where('state', '<>', literal.ended).where('parked_until', '<=', now);

const callbacks = (db: Kysely<Database>) =>
  db.selectFrom('calls').where('callback_kind', 'is not', null).where('state', '<>', literal.ended);

/** Callbacks that came to nothing in their time. Who is being reached is given the chance. */
export const dueCallbacks = (db: Kysely<Database>, now: number) =>
  callbacks(db).where('callback_expires_at', '<=', now).where('state', '<>', literal.callingBack);

/** Pages that have rung for long enough. */
export const duePageRings = (db: Kysely<Database>, now: number) =>
  callbacks(db).where('ring_until', '<=', now);

/** Callbacks whose next try may be made. */
export const dueTries = (db: Kysely<Database>, now: number) => callbacks(db).where('held_until', '<=', now);

/** Queues some of whose calls may have waited for too long, or may ask for less from now on; or that open or close. */
export const dueQueues = (db: Kysely<Database>, now: number) =>
  db.selectFrom('queues').where(({ or, eb }) => or([eb('wait_due', '<=', now), eb('hours_due', '<=', now)]));

const keptCalls = (db: Kysely<Database>) =>
  db.selectFrom('calls').where('state', '=', literal.waiting).where('reserved_rep_id', 'is not', null);

/** A refused call may be offered to the same rep again from then on. */
const refusalEnds = sql<number>`offers.ended_at + ${sql.lit(limits.refusalBackOffMs)}`;
const refusals = (db: Kysely<Database>) =>
  db
    .selectFrom('offers')
    .innerJoin('calls', 'calls.id', 'offers.call_id')
    .where('calls.state', '=', literal.waiting)
    .where('offers.state', 'in', [...literal.refused]);
/**
 * Calls whose refusal is over and whose refuser is free again: routing brings the two together, after which the rep
 * is not free any more, so that this finds nothing twice.
 */
const dueRefusals = (db: Kysely<Database>, now: number) =>
  freeReps(db)
    .innerJoin('offers', 'offers.rep_id', 'reps.id')
    .innerJoin('calls', 'calls.id', 'offers.call_id')
    .where('offers.state', 'in', [...literal.refused])
    .where('calls.state', '=', literal.waiting)
    .where(inReach)
    .groupBy(['calls.site_id', 'offers.call_id', 'offers.rep_id'])
    .having(({ fn }) => fn.max(refusalEnds), '<=', now);

/** Sites in which something of a call, an offer or a queue is due. */
export async function sitesWithDue(db: Kysely<Database>, now: number): Promise<SiteId[]> {
  return (await dueSites(db, { now })).map(row => row.site_id);
}

const dueSites = writtenOnce((db, { now }: { now: number }) =>
  keptCalls(db)
    .where('reserved_until', '<=', now)
    .select('site_id')
    .union(dueCallbacks(db, now).select('site_id'))
    .union(duePageRings(db, now).select('site_id'))
    .union(dueTries(db, now).select('site_id'))
    .union(dueOffers(db, now).select('site_id'))
    .union(dueParked(db, now).select('site_id'))
    .union(dueQueues(db, now).select('site_id'))
    // The change itself does nothing for these; the routing inside it finds the call offerable again.
    .union(dueRefusals(db, now).select('calls.site_id')),
);

/** Reps whose wrap-up, grace period or search for a microphone is over. */
export async function repsWithDue(db: Kysely<Database>, now: number) {
  const rows = await db
    .selectFrom('reps')
    .select('id')
    .where(({ or, eb }) =>
      or([eb('lost_until', '<=', now), eb('wrap_up_until', '<=', now), eb('microphone_due', '<=', now)]),
    )
    .execute();
  return rows.map(row => row.id);
}

/** Queues in which somebody waits at all. */
const queuesInUse = (db: Kysely<Database>) =>
  db
    .selectFrom('queues')
    .where('wait_due', 'is not', null)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('calls')
          .select('calls.id')
          .whereRef('calls.site_id', '=', 'queues.site_id')
          .whereRef('calls.queue_id', '=', 'queues.id')
          .where('calls.state', 'in', [...literal.inLine]),
      ),
    );

/** The earliest due time, also one that has come already, ms UTC, or null. A queue's may be too early by what has left it since. */
export async function nextDue(db: Kysely<Database>, now: number): Promise<number | null> {
  const at = (await earliestDue(db, { now }))?.at ?? null;
  return at === null ? null : Number(at);
}

const earliestDue = oneWrittenOnce((db, { now }: { now: number }) => {
  const earliest = (column: string) => sql<number | null>`min(${sql.ref(column)})`.as('at');
  const live = db.selectFrom('calls').where('state', '<>', literal.ended);
  const times = db
    .selectFrom('offers')
    .where('state', '=', literal.live)
    .select(earliest('due_at'))
    .unionAll(live.select(earliest('parked_until')))
    // One that is being reached ends by itself.
    .unionAll(callbacks(db).where('state', '<>', literal.callingBack).select(earliest('callback_expires_at')))
    .unionAll(callbacks(db).select(earliest('ring_until')))
    .unionAll(callbacks(db).select(earliest('held_until')))
    .unionAll(keptCalls(db).select(earliest('reserved_until')))
    .unionAll(
      refusals(db).where(refusalEnds, '>', now).select(sql<number | null>`min(${refusalEnds})`.as('at')),
    )
    .unionAll(queuesInUse(db).select(earliest('wait_due')))
    // Each of these has an index of the times that there are.
    .unionAll(db.selectFrom('queues').where('hours_due', 'is not', null).select(earliest('hours_due')))
    .unionAll(db.selectFrom('reps').where('lost_until', 'is not', null).select(earliest('lost_until')))
    .unionAll(db.selectFrom('reps').where('wrap_up_until', 'is not', null).select(earliest('wrap_up_until')))
    .unionAll(
      db.selectFrom('reps').where('microphone_due', 'is not', null).select(earliest('microphone_due')),
    );
  return db.selectFrom(times.as('times')).select(sql<number | string | null>`min(at)`.as('at'));
});
