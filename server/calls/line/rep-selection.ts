/** Which reps are free, and which are on duty: the one definition that routing, views and estimates share. */
import { type Kysely, type SqlBool, sql } from 'kysely';
import type { QueueId, SiteId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import type { Database, QueueRow } from '../../store/schema.ts';
import { oneWrittenOnce, writtenOnce } from '../../store/written-once.ts';

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

/**
 * For queries of `queues`: whether anybody on duty serves the queue. Looks no further than the first who
 * does, and at nobody else's reps: SQLite keeps to the order of a `cross join`.
 */
export const isStaffed = sql<SqlBool>`exists (select 1 from queue_members
  cross join reps
  where reps.id = queue_members.rep_id and queue_members.site_id = queues.site_id and queue_members.queue_id = queues.id
    and reps.status = 'available' and reps.session_id is not null and reps.media_ready = 1)`;

/**
 * Whether the rep who served the queue a moment ago comes back: after a reload, on another network, after a restart of
 * the server. Who has come needs a while for the microphone.
 */
export async function repComesBack(
  db: Kysely<Database>,
  { id, site_id, no_rep_since }: QueueKey & Pick<QueueRow, 'no_rep_since'>,
  now: number,
): Promise<boolean> {
  if (no_rep_since === null || no_rep_since + limits.repGraceMs <= now) return false;
  return (await lostOrWithoutMicrophone(db, { siteId: site_id, queueId: id })) !== undefined;
}

const lostOrWithoutMicrophone = oneWrittenOnce(
  (db, { siteId, queueId }: { siteId: SiteId; queueId: QueueId }) =>
    db
      .selectFrom('queue_members')
      .innerJoin('reps', 'reps.id', 'queue_members.rep_id')
      .select('reps.id')
      .where('queue_members.site_id', '=', siteId)
      .where('queue_members.queue_id', '=', queueId)
      .where('reps.status', '=', sql.lit('available' as const))
      .where(({ or, eb }) =>
        or([eb('reps.lost_until', 'is not', null), eb('reps.microphone_due', 'is not', null)]),
      )
      .limit(1),
);

export type Staff = {
  /** Reps on duty. */
  onDuty: number;
  /** Those of them who could be rung this moment. */
  free: number;
  /** Reps on duty, one who serves n queues counting 1/n: what the queue can hope for. */
  share: number;
};

/** Nobody on duty. */
export const noStaff: Staff = { onDuty: 0, free: 0, share: 0 };

/** Of each queue that anybody on duty serves. */
export async function readStaff(
  db: Kysely<Database>,
  queues: readonly QueueKey[],
): Promise<Map<QueueId, Staff>> {
  if (queues.length === 0) return new Map();
  const rows = await staffRows(db, {
    siteIds: [...new Set(queues.map(queue => queue.site_id))],
    queueIds: queues.map(queue => queue.id),
  });
  return new Map(
    rows.map(({ queue_id, on_duty, free, share }) => [
      queue_id,
      { onDuty: Number(on_duty), free: Number(free), share: Number(share) },
    ]),
  );
}

type Keys = { siteIds: readonly SiteId[]; queueIds: readonly QueueId[] };

const staffRows = writtenOnce((db, { siteIds, queueIds }: Keys) =>
  dutyReps(db)
    .innerJoin('queue_members', 'queue_members.rep_id', 'reps.id')
    .select(({ fn }) => [
      'queue_members.queue_id',
      fn.countAll<number | string>().as('on_duty'),
      sql<number | string>`sum(case when reps.work = 'idle' then 1 else 0 end)`.as('free'),
      sql<
        number | string
      >`sum(1.0 / (select count(*) from queue_members served where served.rep_id = reps.id))`.as('share'),
    ])
    .where('queue_members.site_id', 'in', siteIds)
    .where('queue_members.queue_id', 'in', queueIds)
    .groupBy('queue_members.queue_id'),
);
