/** What is due and when, read from the database: offers, parked calls, waits, wrap-ups, grace periods. */
import { type Kysely, sql } from 'kysely';
import type { SiteId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import { literal } from '../../store/literals.ts';
import { readQueueSettings } from '../../store/queue-settings.ts';
import type { Database, QueueRow } from '../../store/schema.ts';
import { offerableIn } from '../routing/line.ts';
import { inReach } from '../routing/reach.ts';
import { freeReps, repsFree } from '../routing/rep-selection.ts';

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

/** Settings say how long a queue's calls may wait; there are few queues, however many calls. */
export const queuesOf = (db: Kysely<Database>, siteId: SiteId) =>
  db.selectFrom('queues').selectAll().where('site_id', '=', siteId).execute();

/** A call that rings is given its chance first: only `waiting` can run out of time. */
const waitingCalls = (db: Kysely<Database>, queue: QueueRow) =>
  db
    .selectFrom('calls')
    .where('site_id', '=', queue.site_id)
    .where('queue_id', '=', queue.id)
    .where('state', '=', literal.waiting)
    .where('parked_until', 'is', null)
    // Who is called back does not wait.
    .where('callback_kind', 'is', null);

/** Calls that have waited for as long as the queue allows. */
export const dueWaiting = (db: Kysely<Database>, queue: QueueRow, now: number) =>
  waitingCalls(db, queue).where('line_since', '<=', now - readQueueSettings(queue).maxWaitMs);

/** Calls that have waited for as long as the queue keeps hope while nobody is on duty. */
export function dueHopeless(db: Kysely<Database>, queue: QueueRow, now: number) {
  const since = now - readQueueSettings(queue).noRepExitMs;
  const calls = waitingCalls(db, queue).where('line_since', '<=', since);
  return queue.no_rep_since !== null && queue.no_rep_since <= since
    ? calls
    : calls.where(sql<boolean>`1 = 0`);
}

/** When the first of the queue's calls runs out of time or hope, ms UTC, or null. */
async function nextEndOfWait(db: Kysely<Database>, queue: QueueRow): Promise<number | null> {
  const first = await waitingCalls(db, queue)
    .select('line_since as since')
    .orderBy('line_since')
    .limit(1)
    .executeTakeFirst();
  if (!first) return null;
  const { maxWaitMs, noRepExitMs } = readQueueSettings(queue);
  const waitEnds = first.since + maxWaitMs;
  if (queue.no_rep_since === null) return waitEnds;
  return Math.min(waitEnds, Math.max(first.since, queue.no_rep_since) + noRepExitMs);
}

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

/** Lines of calls that ask for skills, with the steps after which less is asked for. */
async function skilledLines(db: Kysely<Database>, queues: readonly QueueRow[]) {
  const lines = await db.selectFrom('lines').selectAll().where('needs', '<>', '').execute();
  return lines.flatMap(line => {
    const queue = queues.find(one => one.id === line.queue_id);
    return queue ? [{ line, queue, rings: readQueueSettings(queue).skillRings }] : [];
  });
}

/** Sites where a call asks for less than it did, and somebody is free: the routing inside a change looks whether it fits. */
async function dueRelaxations(db: Kysely<Database>, queues: readonly QueueRow[], now: number) {
  const sites: { site_id: SiteId }[] = [];
  for (const { line, queue, rings } of await skilledLines(db, queues)) {
    const first = rings[0];
    if (!first) continue;
    const relaxed = await offerableIn(db, line)
      .where('queued_at', '<=', now - first.afterMs)
      .select('id')
      .limit(1)
      .executeTakeFirst();
    if (relaxed && (await repsFree(db, [queue])).has(queue.id)) sites.push({ site_id: line.site_id });
  }
  return sites;
}

/** When the next call asks for less, ms UTC, or null. */
async function nextRelaxationTime(
  db: Kysely<Database>,
  queues: readonly QueueRow[],
  now: number,
): Promise<number | null> {
  const times: number[] = [];
  for (const { line, rings } of await skilledLines(db, queues))
    for (const { afterMs } of rings) {
      const next = await offerableIn(db, line)
        .where('queued_at', '>', now - afterMs)
        .select(({ fn }) => fn.min<number | null>('queued_at').as('at'))
        .executeTakeFirst();
      if (next?.at != null) times.push(next.at + afterMs);
    }
  return times.length === 0 ? null : Math.min(...times);
}

/** Sites in which something of a call or an offer is due. */
export async function sitesWithDue(db: Kysely<Database>, now: number): Promise<SiteId[]> {
  const queues = await db.selectFrom('queues').selectAll().execute();
  const overdue = async (queue: QueueRow) => {
    const [waited, hopeless] = await Promise.all([
      dueWaiting(db, queue, now).select('id').limit(1).execute(),
      dueHopeless(db, queue, now).select('id').limit(1).execute(),
    ]);
    return waited.length + hopeless.length > 0 ? [queue] : [];
  };
  const found = await Promise.all([
    ...queues.map(overdue),
    queues.filter(queue => queue.hours_due !== null && queue.hours_due <= now),
    dueRelaxations(db, queues, now),
    keptCalls(db).where('reserved_until', '<=', now).select('site_id').distinct().execute(),
    dueCallbacks(db, now).select('site_id').distinct().execute(),
    duePageRings(db, now).select('site_id').distinct().execute(),
    dueTries(db, now).select('site_id').distinct().execute(),
    dueOffers(db, now).select('site_id').distinct().execute(),
    dueParked(db, now).select('site_id').distinct().execute(),
    // The change itself does nothing for these; the routing inside it finds the call offerable again.
    dueRefusals(db, now).select('calls.site_id').execute(),
  ]);
  return [...new Set(found.flat().map(row => row.site_id))];
}

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

/** The earliest due time still to come, ms UTC, or null. */
export async function nextDue(db: Kysely<Database>, now: number): Promise<number | null> {
  const queues = await db.selectFrom('queues').selectAll().execute();
  const rows = await Promise.all([
    db
      .selectFrom('offers')
      .where('state', '=', literal.live)
      .select(({ fn }) => fn.min<number | null>('due_at').as('at'))
      .executeTakeFirst(),
    db
      .selectFrom('calls')
      .where('state', '<>', literal.ended)
      .select(({ fn }) => fn.min<number | null>('parked_until').as('at'))
      .executeTakeFirst(),
    ...queues.map(async queue => ({ at: await nextEndOfWait(db, queue) })),
    ...queues.map(queue => ({ at: queue.hours_due })),
    nextRelaxationTime(db, queues, now).then(at => ({ at })),
    ...(['callback_expires_at', 'ring_until', 'held_until'] as const).map(column =>
      callbacks(db)
        // One that is being reached ends by itself.
        .$if(column === 'callback_expires_at', query => query.where('state', '<>', literal.callingBack))
        .select(({ fn }) => fn.min<number | null>(column).as('at'))
        .executeTakeFirst(),
    ),
    keptCalls(db)
      .select(({ fn }) => fn.min<number | null>('reserved_until').as('at'))
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
    db
      .selectFrom('reps')
      .select(({ fn }) => fn.min<number | null>('microphone_due').as('at'))
      .executeTakeFirst(),
  ]);
  const times = rows.map(row => row?.at).filter(at => at != null);
  return times.length === 0 ? null : Math.min(...times.map(Number));
}
