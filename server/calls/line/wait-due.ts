/**
 * When a queue's calls are to be looked at next: because one has waited for too long, has nobody to hope for, or asks for
 * less skill. Kept with the queue (`wait_due`) as a time that is never too late, so that nothing has to be looked through
 * to find it; looking makes it exact.
 */
import { type Kysely, sql } from 'kysely';
import type { QueueId } from '../../../shared/ids.ts';
import type { QueueSettings } from '../../../shared/settings.ts';
import { relaxedAfter } from '../../acd/skills.ts';
import { literal } from '../../store/literals.ts';
import { readNeeds, readQueueSettings } from '../../store/queue-settings.ts';
import type { Database, QueueRow } from '../../store/schema.ts';
import type { Call } from '../model/call.ts';
import { offerableIn } from './line.ts';

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

/** When the first of the queue's calls runs out of time or hope, or asks for less skill, ms UTC, or null. */
async function nextWaitDue(db: Kysely<Database>, queue: QueueRow, now: number): Promise<number | null> {
  const first = await waitingCalls(db, queue)
    .select('line_since as since')
    .orderBy('line_since')
    .limit(1)
    .executeTakeFirst();
  const times: number[] = [];
  if (first) {
    const { maxWaitMs, noRepExitMs } = readQueueSettings(queue);
    times.push(first.since + maxWaitMs);
    if (queue.no_rep_since !== null) times.push(Math.max(first.since, queue.no_rep_since) + noRepExitMs);
  }
  times.push(...(await relaxations(db, queue, now)));
  return times.length === 0 ? null : Math.min(...times);
}

/** After which waits less is asked of a rep, ms. */
const relaxed = (settings: QueueSettings, wantsLanguage: boolean): number[] =>
  relaxedAfter({ needs: settings.skills.length > 0, language: wantsLanguage }, settings);

/** When each of the queue's lines asks for less next. */
async function relaxations(db: Kysely<Database>, queue: QueueRow, now: number): Promise<number[]> {
  const settings = readQueueSettings(queue);
  if (relaxed(settings, true).length === 0) return [];
  const lines = await db
    .selectFrom('lines')
    .selectAll()
    .where('site_id', '=', queue.site_id)
    .where('queue_id', '=', queue.id)
    .where('needs', '<>', '')
    .execute();
  const times: number[] = [];
  for (const line of lines)
    for (const afterMs of relaxed(settings, readNeeds(line.needs).language !== null)) {
      const next = await offerableIn(db, line)
        .where('queued_at', '>', now - afterMs)
        .select(({ fn }) => fn.min<number | null>('queued_at').as('at'))
        .executeTakeFirst();
      if (next?.at != null) times.push(Number(next.at) + afterMs);
    }
  return times;
}

/** Note when the queue's calls are to be looked at next, having looked at them now. */
export async function noteWaitDue(db: Kysely<Database>, queueId: QueueId, now: number): Promise<void> {
  const queue = await db.selectFrom('queues').selectAll().where('id', '=', queueId).executeTakeFirst();
  if (!queue) return;
  const due = await nextWaitDue(db, queue, now);
  if (due !== queue.wait_due)
    await db.updateTable('queues').set({ wait_due: due }).where('id', '=', queueId).execute();
}

type KnownQueue = { settings: QueueSettings; noRepSince: number | null; waitDue: number | null };

/** The call waits from now on, so that its queue may have to be looked at earlier. */
export async function noteWaiting(
  db: Kysely<Database>,
  call: Call,
  { settings, noRepSince, waitDue }: KnownQueue,
  now: number,
): Promise<void> {
  if (call.state !== 'waiting' || call.parkedUntil !== null) return;
  const { queueId, queuedAt, lineSince, needs } = call.place;
  const times = relaxed(settings, readNeeds(needs).language !== null).map(afterMs => queuedAt + afterMs);
  const due = times.filter(at => at > now);
  if (call.callback === null) {
    due.push(lineSince + settings.maxWaitMs);
    if (noRepSince !== null) due.push(Math.max(lineSince, noRepSince) + settings.noRepExitMs);
  }
  const first = Math.min(...due);
  if (due.length === 0 || (waitDue !== null && waitDue <= first)) return;
  await db.updateTable('queues').set(noLaterThan(first)).where('id', '=', queueId).execute();
}

/** For an update of `queues`. */
export const noLaterThan = (at: number) => ({
  wait_due: sql<number>`case when wait_due is null or wait_due > ${at} then ${at} else wait_due end`,
});
