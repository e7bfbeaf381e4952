/** Which reps are free, and which are on duty: the one definition that routing, views and estimates share. */
import { type Kysely, type SqlBool, sql } from 'kysely';
import type { QueueId, SiteId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import type { QueueSettings } from '../../../shared/settings.ts';
import type { OnDuty } from '../../acd/prospects.ts';
import { readLanguages } from '../../store/members.ts';
import { readQueueSettings } from '../../store/queue-settings.ts';
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
  /** Those at whom a call rings, of whichever queue. */
  rung: number;
  /** Reps on duty, one who serves n queues counting 1/n: what the queue can hope for. */
  share: number;
  /** Each of them, where the queue asks for skills or the shopper's language; empty elsewhere. */
  team: readonly OnDuty[];
};

/** Nobody on duty. */
export const noStaff: Staff = { onDuty: 0, free: 0, rung: 0, share: 0, team: [] };

/** Whether not everybody may take every call of the queue. */
export const isChoosy = ({ skills, preferLanguageMs }: QueueSettings): boolean =>
  skills.length > 0 || preferLanguageMs > 0;

/** Of each queue that anybody on duty serves. */
export async function readStaff(
  db: Kysely<Database>,
  queues: readonly (QueueKey & Pick<QueueRow, 'settings'>)[],
): Promise<Map<QueueId, Staff>> {
  if (queues.length === 0) return new Map();
  const rows = await staffRows(db, keysOf(queues));
  const teams = await readTeams(
    db,
    queues.filter(queue => isChoosy(readQueueSettings(queue))),
  );
  return new Map(
    rows.map(({ queue_id, on_duty, free, rung, share }) => [
      queue_id,
      {
        ...{ onDuty: Number(on_duty), free: Number(free), rung: Number(rung), share: Number(share) },
        team: teams.get(queue_id) ?? [],
      },
    ]),
  );
}

async function readTeams(db: Kysely<Database>, queues: readonly QueueKey[]): Promise<Map<QueueId, OnDuty[]>> {
  const teams = new Map<QueueId, OnDuty[]>();
  if (queues.length === 0) return teams;
  const keys = keysOf(queues);
  const skills = Map.groupBy(await skillRows(db, keys), row => `${row.rep_id} ${row.account_id}`);
  for (const row of await teamRows(db, keys)) {
    const team = teams.get(row.queue_id) ?? [];
    const own = skills.get(`${row.rep_id} ${row.account_id}`) ?? [];
    team.push({
      ...{ free: Boolean(row.free), share: 1 / Number(row.served) },
      languages: new Set(readLanguages(row)),
      skills: new Map(own.map(({ skill, level }) => [skill, level])),
    });
    teams.set(row.queue_id, team);
  }
  return teams;
}

const keysOf = (queues: readonly QueueKey[]): Keys => ({
  siteIds: [...new Set(queues.map(queue => queue.site_id))],
  queueIds: queues.map(queue => queue.id),
});

type Keys = { siteIds: readonly SiteId[]; queueIds: readonly QueueId[] };

const staffRows = writtenOnce((db, { siteIds, queueIds }: Keys) =>
  dutyReps(db)
    .innerJoin('queue_members', 'queue_members.rep_id', 'reps.id')
    .select(({ fn }) => [
      'queue_members.queue_id',
      fn.countAll<number | string>().as('on_duty'),
      sql<number | string>`sum(case when reps.work = 'idle' then 1 else 0 end)`.as('free'),
      sql<number | string>`sum(case when reps.work = 'ringing' then 1 else 0 end)`.as('rung'),
      sql<
        number | string
      >`sum(1.0 / (select count(*) from queue_members served where served.rep_id = reps.id))`.as('share'),
    ])
    .where('queue_members.site_id', 'in', siteIds)
    .where('queue_members.queue_id', 'in', queueIds)
    .groupBy('queue_members.queue_id'),
);

/** Whoever is on duty in these queues, as one of the account that the queue is of. */
const onDutyIn = (db: Kysely<Database>, { siteIds, queueIds }: Keys) =>
  dutyReps(db)
    .innerJoin('queue_members', 'queue_members.rep_id', 'reps.id')
    .innerJoin('sites', 'sites.id', 'queue_members.site_id')
    .where('queue_members.site_id', 'in', siteIds)
    .where('queue_members.queue_id', 'in', queueIds);

const teamRows = writtenOnce((db, keys: Keys) =>
  onDutyIn(db, keys)
    .innerJoin('members', join =>
      join.onRef('members.rep_id', '=', 'reps.id').onRef('members.account_id', '=', 'sites.account_id'),
    )
    .select(['queue_members.queue_id', 'reps.id as rep_id', 'sites.account_id', 'members.languages'])
    .select([
      sql<SqlBool>`reps.work = 'idle'`.as('free'),
      sql<number | string>`(select count(*) from queue_members served where served.rep_id = reps.id)`.as(
        'served',
      ),
    ]),
);

const skillRows = writtenOnce((db, keys: Keys) =>
  onDutyIn(db, keys)
    .innerJoin('rep_skills', join =>
      join.onRef('rep_skills.rep_id', '=', 'reps.id').onRef('rep_skills.account_id', '=', 'sites.account_id'),
    )
    .selectAll('rep_skills')
    .distinct(),
);
