/** Which reps are free, and which are on duty: the one definition that routing, views and estimates share. */
import type { Kysely } from 'kysely';
import type { QueueId, SiteId } from '../../shared/ids.ts';
import type { Database } from '../store/schema.ts';

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

type Counted = ReturnType<typeof dutyReps>;

async function countByQueue(query: Counted, siteId: SiteId): Promise<Map<QueueId, number>> {
  const rows = await query
    .innerJoin('queue_members', 'queue_members.rep_id', 'reps.id')
    .select(({ fn }) => ['queue_members.queue_id', fn.countAll<number | string>().as('reps')])
    .where('queue_members.site_id', '=', siteId)
    .groupBy('queue_members.queue_id')
    .execute();
  return new Map(rows.map(row => [row.queue_id, Number(row.reps)]));
}

/** Reps on duty per queue of a site, busy ones included. */
export const repsOnDuty = (db: Kysely<Database>, siteId: SiteId) => countByQueue(dutyReps(db), siteId);
/** Reps per queue of a site who could be rung this moment. */
export const repsFree = (db: Kysely<Database>, siteId: SiteId) => countByQueue(freeReps(db), siteId);
