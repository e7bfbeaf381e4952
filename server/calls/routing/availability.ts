/** What a click would get, told before anybody clicks. */
import type { Kysely } from 'kysely';
import type { Availability } from '../../../shared/domain.ts';
import type { QueueId, SiteId } from '../../../shared/ids.ts';
import { chosenLanguage, type QueueWords, wordsIn } from '../../../shared/own-words.ts';
import type { SiteSettings } from '../../../shared/settings.ts';
import type { Reachability } from '../../../shared/views.ts';
import { readQueueSettings } from '../../store/queue-settings.ts';
import type { Database, QueueRow } from '../../store/schema.ts';
import { readSiteSettings } from '../../store/sites.ts';
import { oneWrittenOnce } from '../../store/written-once.ts';
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

/** The same for all who ask, whatever they read. */
export type Offered = Omit<Reachability, 'message' | 'language' | 'words'> & {
  /** What the shop says about it. */
  site: Pick<SiteSettings, 'languages' | 'words'>;
  texts: QueueWords;
  /** Which of the queue's own words are about it. */
  about: 'closed' | 'noRep' | 'full' | null;
};

/** In the language of a page that asks for these, the best first. */
export function inLanguage(
  { site, texts, about, ...offered }: Offered,
  asked: readonly string[],
): Reachability {
  const language = chosenLanguage(asked, site.languages);
  const message = (about && wordsIn(texts, language)[about]) ?? '';
  return { ...offered, message, language, words: wordsIn(site.words, language) };
}

/** What a click would get that asks for that queue, or for the site's first. */
export async function reachability(
  db: Kysely<Database>,
  siteId: SiteId,
  now: number,
  queueId?: QueueId,
  counts: Counts = readCounts(db),
): Promise<Offered> {
  const [queue, site] = await Promise.all([askedQueue(db, siteId, queueId), settingsOf(db, siteId)]);
  const texts = queue ? readQueueSettings(queue).texts : {};
  const plain = { opensAt: null, takesNumber: false, line: null, site, texts, about: null };
  if (!queue) return { availability: queueId === undefined ? 'no-rep' : 'unknown-queue', ...plain };
  const takesNumber = readQueueSettings(queue).callback.phone;
  const admission = await admitStranger(db, queue, now, counts);
  if ('refusal' in admission) {
    const { why, opensAt } = admission.refusal;
    return { ...plain, availability: why, opensAt, takesNumber, about: wordsFor[why] };
  }
  if (await answeredAtOnce(db, admission.queue, counts))
    return { ...plain, availability: 'open', takesNumber };
  const { inReach, waiting } = await lengthOf(admission.queue, counts);
  const staff = await staffOf(admission.queue, counts);
  const statistics = await readCallStatistics(db, siteId, admission.queue.id, now);
  const { estimate } = standingAt(inReach + 1, statistics, inReach - waiting, staff);
  return { ...plain, availability: 'busy', takesNumber, line: { waiting: inReach, estimate } };
}

const siteRow = oneWrittenOnce((db, { siteId }: { siteId: SiteId }) =>
  db.selectFrom('sites').select('settings').where('id', '=', siteId),
);

/** What the site sets for all its queues; what a new one has where it was removed meanwhile. */
const settingsOf = async (db: Kysely<Database>, siteId: SiteId): Promise<SiteSettings> =>
  readSiteSettings((await siteRow(db, { siteId })) ?? { settings: '{}' });

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
