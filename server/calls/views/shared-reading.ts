/** What the views of many have in common, read once for all who are shown something in one go. */
import type { Kysely } from 'kysely';
import type { QueueId, SiteId } from '../../../shared/ids.ts';
import { readQueueSettings } from '../../store/queue-settings.ts';
import type { Database, QueueRow } from '../../store/schema.ts';
import { readSiteSettings } from '../../store/sites.ts';
import { readLengths } from '../line/lengths.ts';
import { type Line, prospectsFor, readPlaces } from '../line/line.ts';
import { noStaff, readStaff } from '../line/rep-selection.ts';
import { type Counts, type Offered, reachability } from '../routing/availability.ts';
import { CrowdedQueues } from './crowded-queues.ts';
import { type Entry, readEntries, readKnownEntries, type Which } from './entries.ts';
import { memoizeEach } from './memoize.ts';

/** One reading. Good for as long as nothing changes. */
export type SharedReading = Counts & {
  line(siteId: SiteId, queueId: QueueId): Promise<Line>;
  /** What a click would get that asks for that queue, or for the site's first. */
  reach(siteId: SiteId, queueId?: QueueId): Promise<Offered>;
  /** In any order. */
  entries(queue: QueueRow, which: Which): Promise<Entry[]>;
};

/** @param crowds what is kept of crowded queues; all is read when left out */
export function readShared(
  db: Kysely<Database>,
  now: number,
  crowds: CrowdedQueues = new CrowdedQueues(),
): SharedReading {
  const lengths = onceOfEach(queues => crowds.lengths.of(queues, missing => readLengths(db, missing)));
  const staff = onceOfEach(queues => crowds.staff.of(queues, missing => readStaff(db, missing)));
  const readPlacesOf = async (queues: readonly QueueRow[]) => {
    const places = await Promise.all(queues.map(queue => readPlaces(db, queue)));
    return new Map(places.map((one, index) => [queues[index]!.id, one]));
  };
  const readLine = async (siteId: SiteId, queueId: QueueId): Promise<Line> => {
    const queue = await db
      .selectFrom('queues')
      .innerJoin('sites', 'sites.id', 'queues.site_id')
      .selectAll('queues')
      .select('sites.settings as site_settings')
      .where('queues.site_id', '=', siteId)
      .where('queues.id', '=', queueId)
      .executeTakeFirstOrThrow();
    const places = (await crowds.places.of([queue], readPlacesOf)).get(queueId)!;
    const { languages } = readSiteSettings({ settings: queue.site_settings });
    const settings = readQueueSettings(queue);
    const onDuty = (await staff([queue])).get(queueId) ?? noStaff;
    const ofQueue = { queueId, queueName: queue.name, settings, languages };
    return { ...ofQueue, places, staff: onDuty, prospects: prospectsFor(settings, onDuty) };
  };
  const entries = async (queue: QueueRow, which: Which) => {
    let all: Entry[] | undefined;
    const readAll = async () => {
      all = await readEntries(db, queue, which);
      return new Map([[queue.id, new Map(all.map(({ card }) => [card.callId, card]))]]);
    };
    const cards = (await crowds.cards.of([queue], readAll)).get(queue.id)!;
    return all ?? readKnownEntries(db, queue, which, cards);
  };
  const counts = { lengths, staff };
  return {
    ...counts,
    entries,
    line: memoizeEach((_, queueId) => queueId, readLine),
    reach: memoizeEach(
      (siteId, queueId) => `${siteId} ${queueId ?? ''}`,
      (siteId: SiteId, queueId?: QueueId) => reachability(db, siteId, now, queueId, counts),
    ),
  };
}

/** Those that are asked for together are read together, each of them once. */
function onceOfEach<T>(
  read: (queues: readonly QueueRow[]) => Promise<ReadonlyMap<QueueId, T>>,
): (queues: readonly QueueRow[]) => Promise<ReadonlyMap<QueueId, T>> {
  const readings = new Map<QueueId, Promise<T | undefined>>();
  return async queues => {
    const missing = queues.filter(queue => !readings.has(queue.id));
    if (missing.length > 0) {
      const reading = read(missing);
      for (const { id } of missing)
        readings.set(
          id,
          reading.then(found => found.get(id)),
        );
    }
    const values = new Map<QueueId, T>();
    for (const { id } of queues) {
      const value = await readings.get(id);
      if (value !== undefined) values.set(id, value);
    }
    return values;
  };
}
