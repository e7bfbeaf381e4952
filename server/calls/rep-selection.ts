/** Which reps are free, and which are on duty: the one definition that routing, views and estimates share. */
import type { Kysely } from 'kysely';
import type { QueueId } from '../../shared/ids.ts';
import type { Database, QueueRow } from '../store/schema.ts';

/** On duty: chose to be available, is connected, and has a microphone. May be busy. */
export function dutyReps(db: Kysely<Database>) {
  return db
    .selectFrom('reps')
    .where('reps.status', '=', 'available')
    .where('reps.session_id', 'is not', null)
    .where('reps.media_ready', '=', 1);
}

/** On duty and with nothing in hand: no call, no ringing, no wrap-up. */
export function freeReps(db: Kysely<Database>) {
  return dutyReps(db)
    .where('reps.wrap_up_until', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('offers')
            .select('offers.id')
            .whereRef('offers.rep_id', '=', 'reps.id')
            .where('offers.state', '=', 'live'),
        ),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('calls')
            .select('calls.id')
            .whereRef('calls.rep_id', '=', 'reps.id')
            .where('calls.state', '=', 'talking'),
        ),
      ),
    );
}

/** Every look-up goes by the site first, so that sites can live apart one day. */
type QueueKey = Pick<QueueRow, 'id' | 'site_id'>;

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
