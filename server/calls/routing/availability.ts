/** What a click would get, told before anybody clicks. */
import type { Kysely } from 'kysely';
import type { Availability } from '../../../shared/domain.ts';
import type { Language } from '../../../shared/i18n/languages.ts';
import type { QueueId, SiteId } from '../../../shared/ids.ts';
import { chosenLanguage, type QueueWords, wordsIn } from '../../../shared/own-words.ts';
import type { SiteSettings } from '../../../shared/settings.ts';
import type { Reachability } from '../../../shared/views.ts';
import type { CallStatistics } from '../../acd/estimate.ts';
import { estimateProspect, type Rival, ringsAtOnce } from '../../acd/prospects.ts';
import type { Asking } from '../../acd/skills.ts';
import { needsIn, readQueueSettings } from '../../store/queue-settings.ts';
import type { Database, QueueRow } from '../../store/schema.ts';
import { readSiteSettings } from '../../store/sites.ts';
import { oneWrittenOnce, writtenOnce } from '../../store/written-once.ts';
import { readCallStatistics } from '../line/call-statistics.ts';
import { type Length, noLength, readLengths } from '../line/lengths.ts';
import { askingOf, certainIn, headOfLine, prospectsFor, readAsked, relaxingOf } from '../line/line.ts';
import { isChoosy, noStaff, readStaff, type Staff } from '../line/rep-selection.ts';
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

/** What depends on who may take the call. */
type Prospect = Pick<Reachability, 'availability' | 'line'>;

/** Of all who ask, whatever they read. */
export type Offered = Omit<Reachability, 'message' | 'language' | 'words'> & {
  /** Where the queue prefers who speaks the shopper's language: of each that is spoken by those on duty. Others get what is above. */
  byLanguage: ReadonlyMap<Language, Prospect>;
  /** What the shop says about it. */
  site: Pick<SiteSettings, 'languages' | 'words'>;
  texts: QueueWords;
  /** Which of the queue's own words are about it. */
  about: 'closed' | 'noRep' | 'full' | null;
};

/** In the language of a page that asks for these, the best first. */
export function inLanguage(
  { site, texts, about, byLanguage, ...offered }: Offered,
  asked: readonly string[],
): Reachability {
  const language = chosenLanguage(asked, site.languages);
  const message = (about && wordsIn(texts, language)[about]) ?? '';
  const prospect = byLanguage.get(language);
  return { ...offered, ...prospect, message, language, words: wordsIn(site.words, language) };
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
  const plain = {
    ...{ opensAt: null, takesNumber: false, line: null, site, texts, about: null },
    byLanguage: new Map<Language, Prospect>(),
  };
  if (!queue) return { availability: queueId === undefined ? 'no-rep' : 'unknown-queue', ...plain };
  const takesNumber = readQueueSettings(queue).callback.phone;
  const admission = await admitStranger(db, queue, now, counts);
  if ('refusal' in admission) {
    const { why, opensAt } = admission.refusal;
    return { ...plain, availability: why, opensAt, takesNumber, about: wordsFor[why] };
  }
  return { ...plain, takesNumber, ...(await prospects(db, admission.queue, now, counts)) };
}

/** Read once for all languages. */
async function prospects(
  db: Kysely<Database>,
  queue: QueueRow,
  now: number,
  counts: Counts,
): Promise<Prospect & Pick<Offered, 'byLanguage'>> {
  const settings = readQueueSettings(queue);
  const staff = await staffOf(queue, counts);
  const { inReach, waiting } = await lengthOf(queue, counts);
  const atOnce = await answersAtOnce(db, queue, now, counts);
  const prospectsOf = prospectsFor(settings, staff);
  let statistics: Promise<CallStatistics | null> | undefined;
  let line: ReturnType<typeof readAsked> | undefined;
  const prospect = async (language: Language | null): Promise<Prospect> => {
    const needs = needsIn(settings, language ?? '');
    if (atOnce(askingOf(needs))) return { availability: 'open', line: null };
    statistics ??= readCallStatistics(db, queue.site_id, queue.id, now);
    line ??=
      inReach > 0 && isChoosy(settings) ? readAsked(db, queue, settings.priority) : Promise.resolve([]);
    const asked = await line;
    const { stages, before } = prospectsOf(
      needs,
      asked.map(row => row.needs),
    );
    const counts = asked.map(row => row.before);
    const estimate = estimateProspect({
      ...{ ahead: inReach, ringing: inReach - waiting, waitedMs: 0, keptMs: 0 },
      ...{ stages, before: certainIn(before, counts, inReach), statistics: await statistics },
    });
    return { availability: 'busy', line: { waiting: inReach, estimate } };
  };
  const byLanguage = new Map<Language, Prospect>();
  if (settings.preferLanguageMs > 0)
    for (const language of relaxingOf(settings, staff).spoken)
      byLanguage.set(language, await prospect(language));
  return { ...(await prospect(null)), byLanguage };
}

const siteRow = oneWrittenOnce((db, { siteId }: { siteId: SiteId }) =>
  db.selectFrom('sites').select('settings').where('id', '=', siteId),
);

/** What the site sets for all its queues; what a new one has where it was removed meanwhile. */
const settingsOf = async (db: Kysely<Database>, siteId: SiteId): Promise<SiteSettings> =>
  readSiteSettings((await siteRow(db, { siteId })) ?? { settings: '{}' });

/** The same in one word, for a queue that is known and a shopper whose language is not. */
export async function availabilityOf(
  db: Kysely<Database>,
  queue: QueueRow,
  now: number,
  counts: Counts,
): Promise<Availability> {
  const admission = await admitStranger(db, queue, now, counts);
  if ('refusal' in admission) return admission.refusal.why;
  const atOnce = await answersAtOnce(db, admission.queue, now, counts);
  return atOnce(askingOf(needsIn(readQueueSettings(admission.queue), ''))) ? 'open' : 'busy';
}

const admitStranger = (db: Kysely<Database>, asked: QueueRow, now: number, counts: Counts) =>
  admit(db, asked, now, async queue => ({ counted: (await lengthOf(queue, counts)).counted, own: 0 }));

/** Whether somebody is free for a call that asks for this, and nobody who waits has the better right. */
async function answersAtOnce(
  db: Kysely<Database>,
  queue: QueueRow,
  now: number,
  counts: Counts,
): Promise<(asking: Asking) => boolean> {
  const settings = readQueueSettings(queue);
  const staff = await staffOf(queue, counts);
  if (staff.free === 0) return () => false;
  const { waiting } = await lengthOf(queue, counts);
  // A call that was declined and waits will ring at all who are free.
  if (!isChoosy(settings))
    return () => (settings.strategy === 'ring-all' ? waiting === 0 : staff.free > waiting);
  const rivals = waiting === 0 ? [] : await readRivals(db, queue, now, staff.free);
  const rules = { ...relaxingOf(settings, staff), strategy: settings.strategy };
  return asking => ringsAtOnce(asking, rules, staff.team, rivals);
}

/** As many of each line as could be wanted by those who are free. */
async function readRivals(
  db: Kysely<Database>,
  { site_id, id }: QueueRow,
  now: number,
  free: number,
): Promise<Rival[]> {
  const lines = await linesOf(db, { siteId: site_id, queueId: id });
  const heads = await Promise.all(lines.map(line => headOfLine(db, { ...line, most: free })));
  return heads.flat().map(call => ({ ...askingOf(call.needs), waitedMs: now - call.queued_at }));
}

const linesOf = writtenOnce((db, { siteId, queueId }: { siteId: SiteId; queueId: QueueId }) =>
  db.selectFrom('lines').selectAll().where('site_id', '=', siteId).where('queue_id', '=', queueId),
);
