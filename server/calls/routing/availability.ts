/** What a click would get, told before anybody clicks. */
import type { Kysely } from 'kysely';
import type { Availability } from '../../../shared/domain.ts';
import type { QueueId, SiteId } from '../../../shared/ids.ts';
import type { Reachability } from '../../../shared/views.ts';
import { readQueueSettings } from '../../store/queue-settings.ts';
import type { Database, QueueRow } from '../../store/schema.ts';
import { readCallStatistics } from '../line/call-statistics.ts';
import { type Length, noLength, readLengths } from '../line/lengths.ts';
import { standingAt } from '../line/line.ts';
import { freeReps, noStaff, readStaff, type Staff } from '../line/rep-selection.ts';
import { admit, askedQueue } from './admission.ts';

/** Reads how many wait for queues, and how many serve them. A queue with nobody may be left out. */
export type Counts = {
  lengths(queues: readonly QueueRow[]): Promise<ReadonlyMap<QueueId, Length>>;
  staff(queues: readonly QueueRow[]): Promise<ReadonlyMap<QueueId, Staff>>;
};

const readCounts = (db: Kysely<Database>): Counts => ({
  lengths: queues => readLengths(db, queues),
  staff: queues => readStaff(db, queues),
});

const lengthOf = async (queue: QueueRow, counts: Counts) =>
  (await counts.lengths([queue])).get(queue.id) ?? noLength;
const staffOf = async (queue: QueueRow, counts: Counts) =>
  (await counts.staff([queue])).get(queue.id) ?? noStaff;

const wordsFor = { closed: 'closed', 'no-rep': 'noRep', 'queue-full': 'full' } as const;

/** What a click would get that asks for that queue, or for the site's first. */
export async function reachability(
  db: Kysely<Database>,
  siteId: SiteId,
  now: number,
  queueId?: QueueId,
  counts: Counts = readCounts(db),
): Promise<Reachability> {
  const plain = { opensAt: null, takesNumber: false, line: null, message: '' };
  const queue = await askedQueue(db, siteId, queueId);
  if (!queue) return { availability: queueId === undefined ? 'no-rep' : 'unknown-queue', ...plain };
  const { callback, texts } = readQueueSettings(queue);
  const takesNumber = callback.phone;
  const admission = await admitStranger(db, queue, now, counts);
  if ('refusal' in admission) {
    const { why, opensAt } = admission.refusal;
    return { ...plain, availability: why, opensAt, takesNumber, message: texts[wordsFor[why]] };
  }
  if (await answeredAtOnce(db, admission.queue, counts))
    return { ...plain, availability: 'open', takesNumber };
  const { inReach, waiting } = await lengthOf(admission.queue, counts);
  const staff = await staffOf(admission.queue, counts);
  const statistics = await readCallStatistics(db, siteId, admission.queue.id, now);
  const { estimate } = standingAt(inReach + 1, statistics, inReach - waiting, staff);
  return { ...plain, availability: 'busy', takesNumber, line: { waiting: inReach, estimate } };
}

/** The same in one word, for a queue that is known. */
export async function availabilityOf(
  db: Kysely<Database>,
  queue: QueueRow,
  now: number,
  counts: Counts,
): Promise<Availability> {
  const admission = await admitStranger(db, queue, now, counts);
  if ('refusal' in admission) return admission.refusal.why;
  return (await answeredAtOnce(db, admission.queue, counts)) ? 'open' : 'busy';
}

const admitStranger = (db: Kysely<Database>, asked: QueueRow, now: number, counts: Counts) =>
  admit(db, asked, now, async queue => ({ counted: (await lengthOf(queue, counts)).counted, own: 0 }));

/** Somebody is free who knows what the queue asks for, and nobody who waits has the better right. */
async function answeredAtOnce(db: Kysely<Database>, queue: QueueRow, counts: Counts): Promise<boolean> {
  const { free } = await staffOf(queue, counts);
  if (free === 0) return false;
  const { waiting } = await lengthOf(queue, counts);
  return free > waiting && (await fittingReps(db, queue, free)) > waiting;
}

/** @param free reps who are free, whatever they know */
async function fittingReps(db: Kysely<Database>, queue: QueueRow, free: number): Promise<number> {
  const { skills } = readQueueSettings(queue);
  if (skills.length === 0) return free;
  const known = await freeReps(db)
    .innerJoin('queue_members', 'queue_members.rep_id', 'reps.id')
    .innerJoin('sites', 'sites.id', 'queue_members.site_id')
    .innerJoin('rep_skills', join =>
      join.onRef('rep_skills.rep_id', '=', 'reps.id').onRef('rep_skills.account_id', '=', 'sites.account_id'),
    )
    .selectAll('rep_skills')
    .where('queue_members.site_id', '=', queue.site_id)
    .where('queue_members.queue_id', '=', queue.id)
    .execute();
  const knows = (own: typeof known) =>
    skills.every(need => own.some(one => one.skill === need.skill && one.level >= need.level));
  return [...Map.groupBy(known, row => row.rep_id).values()].filter(knows).length;
}
