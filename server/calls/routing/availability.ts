/** What a click would get, told before anybody clicks. */
import type { Kysely } from 'kysely';
import type { QueueId, SiteId } from '../../../shared/ids.ts';
import type { Reachability } from '../../../shared/views.ts';
import { estimateWait } from '../../acd/estimate.ts';
import { literal } from '../../store/literals.ts';
import { readQueueSettings } from '../../store/queue-settings.ts';
import type { Database, QueueRow } from '../../store/schema.ts';
import { readCallStatistics } from '../line/call-statistics.ts';
import { type Line, readLine } from '../line/line.ts';
import { inReach } from '../line/reach.ts';
import { freeReps } from '../line/rep-selection.ts';
import { admit, askedQueue } from './admission.ts';

const wordsFor = { closed: 'closed', 'no-rep': 'noRep', 'queue-full': 'full' } as const;

/** What a click would get that asks for that queue, or for the site's first. */
export async function reachability(
  db: Kysely<Database>,
  siteId: SiteId,
  now: number,
  queueId?: QueueId,
): Promise<Reachability> {
  const plain = { opensAt: null, takesNumber: false, line: null, message: '' };
  const queue = await askedQueue(db, siteId, queueId);
  if (!queue) return { availability: queueId === undefined ? 'no-rep' : 'unknown-queue', ...plain };
  const { callback, texts } = readQueueSettings(queue);
  const takesNumber = callback.phone;
  const admission = await admit(db, queue, now);
  if ('refusal' in admission) {
    const { why, opensAt } = admission.refusal;
    return { ...plain, availability: why, opensAt, takesNumber, message: texts[wordsFor[why]] };
  }
  if (await answeredAtOnce(db, admission.queue)) return { ...plain, availability: 'open', takesNumber };
  const line = await readLine(db, siteId, admission.queue.id);
  return {
    ...plain,
    availability: 'busy',
    takesNumber,
    line: { waiting: line.length, estimate: await estimateFor(db, line, siteId, now) },
  };
}

/** Somebody is free who knows what the queue asks for, and nobody who waits has the better right. */
export async function answeredAtOnce(
  db: Kysely<Database>,
  queue: Pick<QueueRow, 'id' | 'site_id' | 'settings'>,
): Promise<boolean> {
  const free = await fittingReps(db, queue);
  if (free === 0) return false;
  const { waiting } = await db
    .selectFrom('calls')
    .select(({ fn }) => fn.countAll<number | string>().as('waiting'))
    .where('site_id', '=', queue.site_id)
    .where('queue_id', '=', queue.id)
    .where('state', '=', literal.waiting)
    .where(inReach)
    .executeTakeFirstOrThrow();
  return Number(waiting) < free;
}

async function fittingReps(
  db: Kysely<Database>,
  queue: Pick<QueueRow, 'id' | 'site_id' | 'settings'>,
): Promise<number> {
  const reps = await freeReps(db)
    .innerJoin('queue_members', 'queue_members.rep_id', 'reps.id')
    .select('reps.id')
    .where('queue_members.site_id', '=', queue.site_id)
    .where('queue_members.queue_id', '=', queue.id)
    .execute();
  const { skills } = readQueueSettings(queue);
  if (skills.length === 0 || reps.length === 0) return reps.length;
  const ids = reps.map(rep => rep.id);
  const known = await db.selectFrom('rep_skills').selectAll().where('rep_id', 'in', ids).execute();
  const knows = (repId: string) =>
    skills.every(need =>
      known.some(one => one.rep_id === repId && one.skill === need.skill && one.level >= need.level),
    );
  return ids.filter(knows).length;
}

async function estimateFor(db: Kysely<Database>, line: Line, siteId: SiteId, now: number) {
  const { length: ahead, idleReps, staffedReps, queueId } = line;
  const statistics = await readCallStatistics(db, siteId, queueId, now);
  return estimateWait({ ahead, idleReps, staffedReps, statistics });
}
