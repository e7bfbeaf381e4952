/** The figures of a time in parts. Each part is summed from the same rows as the whole, so that sums agree. */
import type { Kysely } from 'kysely';
import type { Report, ReportPart, ReportPartCounts, ReportQuery } from '../../shared/api/reports.ts';
import type { SiteId } from '../../shared/ids.ts';
import { limits } from '../../shared/limits.ts';
import { addCounts, type Counts, noCounts } from '../../shared/report-figures.ts';
import { quarterMs } from '../calls/figures/write.ts';
import { readQueueSettings } from '../store/queue-settings.ts';
import type { Database } from '../store/schema.ts';
import { busyTimes, repsOf } from './occupancy.ts';
import { calendar, daysIn, periodOf, type Span } from './period.ts';
import { type Column, sumEntries, sumMissed, type Whose } from './rows.ts';

export type ReportFilter = Omit<ReportQuery, 'siteId'> & { sites: readonly SiteId[] };

const serverZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
/** Pages beyond those that are told apart. No page is called so. */
const otherPages = '*';

const columnOf: Record<ReportPart, Column> = {
  ...{ day: 'quarter', hour: 'quarter', weekday: 'quarter' },
  ...{ site: 'site_id', queue: 'queue_id', rep: 'rep_id', page: 'page', language: 'language' },
};

/** Of the queue, or else of the first one with hours, of the first of these sites that has any. */
export async function zoneOf(
  db: Kysely<Database>,
  { sites, queueId }: Pick<ReportFilter, 'sites' | 'queueId'>,
): Promise<string> {
  if (sites.length === 0) return serverZone;
  const queues = await db
    .selectFrom('queues')
    .selectAll()
    .where('site_id', 'in', sites)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  const zones = queues.map(queue => ({ queue, zone: readQueueSettings(queue).hours?.timeZone }));
  const own = zones.find(({ queue }) => queue.id === queueId)?.zone;
  if (own !== undefined) return own;
  for (const site of sites)
    for (const { queue, zone } of zones) if (queue.site_id === site && zone !== undefined) return zone;
  return serverZone;
}

export async function readReport(db: Kysely<Database>, filter: ReportFilter, now: number): Promise<Report> {
  const timeZone = await zoneOf(db, filter);
  const { before, ...time } = periodOf(filter, timeZone, now);
  const current = await readParts(db, filter, time, timeZone, now);
  const then = await readParts(db, { ...filter, by: 'site' }, before, timeZone, now);
  return {
    ...{ timeZone, serverTime: now, time, total: current.total },
    before: { ...before, total: then.total },
    parts: await named(db, filter, current.parts),
  };
}

/** By key, in their order. */
type Parts = { parts: Map<string, Counts>; total: Counts };

async function readParts(
  db: Kysely<Database>,
  filter: ReportFilter,
  time: Span,
  timeZone: string,
  now: number,
): Promise<Parts> {
  const { by } = filter;
  const column = columnOf[by];
  const clicksToo = filter.repId === undefined;
  const repsToo = filter.queueId === undefined;
  const blankPart = (): Counts => ({
    ...noCounts(),
    unmet: clicksToo && ['quarter', 'site_id', 'queue_id'].includes(column) ? 0 : null,
    ...(repsToo && (column === 'quarter' || column === 'rep_id') ? { handlingMs: 0, idleMs: 0 } : {}),
  });
  const parts = new Map(keysOf(by, time, timeZone).map(key => [key, blankPart()]));
  const at = calendar(timeZone);
  const keyOf = (key: string | number) =>
    typeof key === 'string' ? key : at(key * quarterMs)[by as 'day' | 'hour' | 'weekday'];
  const total: Counts = {
    ...{ ...noCounts(), unmet: clicksToo ? 0 : null },
    ...(repsToo ? { handlingMs: 0, idleMs: 0 } : {}),
  };
  const add = (key: string | null, counts: Partial<Counts>) => {
    addCounts(total, counts);
    if (key === null) return;
    const part = parts.get(key) ?? blankPart();
    addCounts(part, counts);
    parts.set(key, part);
  };
  // Missed offers of a call are of those who were rung, not of whoever answered it in the end.
  const apart = by === 'rep' || filter.repId !== undefined;
  const entries = async () => {
    for await (const { key, counts } of sumEntries(db, filter, time, filter, column))
      add(keyOf(key), apart ? { ...counts, missed: 0 } : counts);
    if (apart)
      for await (const { key, counts } of sumMissed(db, filter, time, column)) add(keyOf(key), counts);
  };
  const work = async () => {
    if (!repsToo) return;
    const reps = await repsInQuestion(db, filter);
    const known = column === 'quarter' || column === 'rep_id' ? column : null;
    const busy = await busyTimes(db, { reps, span: time, now, by: known ?? 'rep_id' });
    for (const [key, times] of busy) add(known === null ? null : keyOf(key), times);
  };
  // Side by side, where the engine can do that.
  await Promise.all([entries(), work()]);
  for (const part of await unmet(db, filter, time)) {
    const told = part[column as keyof typeof part];
    add(told === undefined ? null : keyOf(told), { unmet: part.count });
  }
  return { total, parts: by === 'page' ? fewer(parts) : parts };
}

/** Of the reps of these sites. */
async function repsInQuestion(db: Kysely<Database>, { sites, repId }: ReportFilter) {
  const reps = await repsOf(db, sites);
  return repId === undefined ? reps : reps.filter(rep => rep === repId);
}

/** Of days and hours all are told, those without calls too. */
function keysOf(by: ReportPart, time: Span, timeZone: string): string[] {
  const upTo = (length: number, first: number) => Array.from({ length }, (_, index) => String(first + index));
  if (by === 'day') return daysIn(time, timeZone);
  if (by === 'hour') return upTo(24, 0);
  return by === 'weekday' ? upTo(7, 1) : [];
}

/** The pages with the most calls, and all others as one. */
function fewer(parts: Map<string, Counts>): Map<string, Counts> {
  const sorted = [...parts].sort(([, a], [, b]) => b.entered - a.entered);
  const kept = new Map(sorted.slice(0, limits.reportPages));
  const others = noCounts();
  for (const [, counts] of sorted.slice(limits.reportPages)) addCounts(others, counts);
  if (sorted.length > limits.reportPages) kept.set(otherPages, others);
  return kept;
}

/** Clicks that led to no call; whose they were is not known, so that a report of one rep has none. */
async function unmet(db: Kysely<Database>, { sites, queueId, repId }: Whose, { from, until }: Span) {
  if (repId !== undefined || sites.length === 0) return [];
  const rows = await db
    .selectFrom('unmet_demand')
    .select(({ fn }) => ['site_id', 'queue_id', 'hour', fn.sum<number>('count').as('count')])
    .where('site_id', 'in', sites)
    .where('hour', '>=', from)
    .where('hour', '<', until)
    .$if(queueId !== undefined, query => query.where('queue_id', '=', queueId!))
    .groupBy(['site_id', 'queue_id', 'hour'])
    .execute();
  return rows.map(({ hour, count, ...row }) => ({ ...row, quarter: hour / quarterMs, count: Number(count) }));
}

async function named(
  db: Kysely<Database>,
  { by, sites }: ReportFilter,
  parts: Map<string, Counts>,
): Promise<ReportPartCounts[]> {
  const names = new Map<string, string>();
  const keys = [...parts.keys()].filter(key => key !== '');
  if (sites.length > 0 && keys.length > 0 && (by === 'site' || by === 'queue' || by === 'rep')) {
    const table = ({ site: 'sites', queue: 'queues', rep: 'reps' } as const)[by];
    const rows = await db
      .selectFrom(table)
      .select(['id', 'name'])
      .where('id', 'in', keys as never[])
      .execute();
    for (const { id, name } of rows) names.set(id, name);
  }
  const told = [...parts].map(([key, counts]) => ({ key, name: names.get(key) ?? '', counts }));
  if (by === 'day' || by === 'hour' || by === 'weekday') return told;
  return told.sort((a, b) => b.counts.entered - a.counts.entered || a.name.localeCompare(b.name));
}
