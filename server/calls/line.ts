/** The line of a queue: who waits in which order, and what that means for the wait. */
import type { Kysely } from 'kysely';
import type { CallId, QueueId, SiteId } from '../../shared/ids.ts';
import type { WaitEstimate } from '../../shared/views.ts';
import { estimateWait } from '../acd/estimate.ts';
import type { Database } from '../store/schema.ts';
import { dutyReps, repsFree } from './rep-selection.ts';

/** Recent calls that tell how long handling takes. */
const samples = { most: 50, withinMs: 24 * 60 * 60 * 1000 };

/** One reading of a queue, good for any number of its callers. */
export type Line = {
  queueId: QueueId;
  /** Place of each waiting or ringing call; 1 is next. */
  places: ReadonlyMap<CallId, number>;
  /** Reps who are free for the next call, or whose headset rings for one of the calls in `places`. */
  idleReps: number;
  staffedReps: number;
  handleTimes: readonly number[];
};

export async function readLine(
  db: Kysely<Database>,
  siteId: SiteId,
  queueId: QueueId,
  now: number,
): Promise<Line> {
  const calls = await db
    .selectFrom('calls')
    .select(['id', 'state'])
    .where('site_id', '=', siteId)
    .where('queue_id', '=', queueId)
    .where('state', 'in', ['waiting', 'ringing'])
    .orderBy('priority', 'desc')
    .orderBy('queued_at')
    .orderBy('id')
    .execute();
  // A call that rings still has its place in the line, and so the rep it rings at must count as idle.
  const ringing = calls.filter(call => call.state === 'ringing').length;
  return {
    queueId,
    places: new Map(calls.map((call, index) => [call.id, index + 1])),
    idleReps: ((await repsFree(db, [{ id: queueId, site_id: siteId }])).get(queueId) ?? 0) + ringing,
    staffedReps: await staffedReps(db, siteId, queueId),
    handleTimes: await recentHandleTimes(db, siteId, queueId, now),
  };
}

/** The estimate at a place of the line, or null while data is thin. */
export function estimateAt(line: Line, place: number): WaitEstimate | null {
  return estimateWait({
    ahead: place - 1,
    idleReps: line.idleReps,
    staffedReps: line.staffedReps,
    handleTimes: line.handleTimes,
  });
}

/** Reps on duty for the queue; one who serves n queues counts 1/n. */
async function staffedReps(db: Kysely<Database>, siteId: SiteId, queueId: QueueId): Promise<number> {
  const rows = await dutyReps(db)
    .innerJoin('queue_members as here', 'here.rep_id', 'reps.id')
    .innerJoin('queue_members as all', 'all.rep_id', 'reps.id')
    .select(({ fn }) => ['reps.id', fn.countAll<number | string>().as('queues')])
    .where('here.site_id', '=', siteId)
    .where('here.queue_id', '=', queueId)
    .groupBy('reps.id')
    .execute();
  return rows.reduce((sum, row) => sum + 1 / Number(row.queues), 0);
}

/** Talk plus wrap-up of the newest answered calls, ms each. */
async function recentHandleTimes(db: Kysely<Database>, siteId: SiteId, queueId: QueueId, now: number) {
  const rows = await db
    .selectFrom('calls')
    .select(['answered_at', 'ended_at', 'wrapped_up_at'])
    .where('site_id', '=', siteId)
    .where('queue_id', '=', queueId)
    .where('ended_at', '>', now - samples.withinMs)
    .where('answered_at', 'is not', null)
    .orderBy('ended_at', 'desc')
    .limit(samples.most)
    .execute();
  return rows.map(row => (row.wrapped_up_at ?? row.ended_at ?? 0) - (row.answered_at ?? 0));
}
