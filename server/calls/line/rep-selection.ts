/** Which reps are free, and which are on duty: the one definition that routing, views and estimates share. */
import { type Kysely, sql } from 'kysely';
import type { QueueId } from '../../../shared/ids.ts';
import type { Database, QueueRow } from '../../store/schema.ts';

/**
 * On duty: chose to be available, is connected, and has a microphone. May be busy. Written with literals, since an
 * engine uses the partial index `reps_free` only for what it can read in the statement.
 */
export function dutyReps(db: Kysely<Database>) {
  return db
    .selectFrom('reps')
    .where('reps.status', '=', sql.lit('available' as const))
    .where('reps.session_id', 'is not', null)
    .where('reps.media_ready', '=', sql.lit(1 as const));
}

/** On duty and with nothing in hand: no call, no ringing, no wrap-up. */
export const freeReps = (db: Kysely<Database>) =>
  dutyReps(db).where('reps.work', '=', sql.lit('idle' as const));

/** Every look-up goes by the site first, so that sites can live apart one day. */
type QueueKey = Pick<QueueRow, 'id' | 'site_id'>;

/** Whether anybody on duty serves the queue; stops at the first one found. */
export async function isStaffed(db: Kysely<Database>, queue: QueueKey): Promise<boolean> {
  const anybody = await dutyReps(db)
    .innerJoin('queue_members', 'queue_members.rep_id', 'reps.id')
    .select('reps.id')
    .where('queue_members.site_id', '=', queue.site_id)
    .where('queue_members.queue_id', '=', queue.id)
    .limit(1)
    .executeTakeFirst();
  return anybody !== undefined;
}

/** Reps on duty per queue, busy ones included. A queue without any is left out. */
export const repsOnDuty = (db: Kysely<Database>, queues: readonly QueueKey[]) =>
  countByQueue(dutyReps(db), queues);
/** Reps per queue who could be rung this moment. */
export const repsFree = (db: Kysely<Database>, queues: readonly QueueKey[]) =>
  countByQueue(freeReps(db), queues);

async function countByQueue(
  reps: ReturnType<typeof dutyReps>,
  queues: readonly QueueKey[],
): Promise<Map<QueueId, number>> {
  if (queues.length === 0) return new Map();
  const rows = await reps
    .innerJoin('queue_members', 'queue_members.rep_id', 'reps.id')
    .select(({ fn }) => ['queue_members.queue_id', fn.countAll<number | string>().as('reps')])
    .where('queue_members.site_id', 'in', [...new Set(queues.map(queue => queue.site_id))])
    .where(
      'queue_members.queue_id',
      'in',
      queues.map(queue => queue.id),
    )
    .groupBy('queue_members.queue_id')
    .execute();
  return new Map(rows.map(row => [row.queue_id, Number(row.reps)]));
}
