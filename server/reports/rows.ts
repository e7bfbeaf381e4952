/** The sums of the rows of reports, two weeks after the other with turns for others in between. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { EntryOutcome } from '../../shared/domain.ts';
import type { QueueId, RepId, SiteId } from '../../shared/ids.ts';
import { limits } from '../../shared/limits.ts';
import type { Counts } from '../../shared/report-figures.ts';
import { quarterOf } from '../calls/figures/write.ts';
import type { Database } from '../store/schema.ts';
import { isShort, isWithin, type Thresholds } from './counting.ts';
import type { Span } from './period.ts';

/** Whose calls; what is left out does not matter. */
export type Whose = {
  sites: readonly SiteId[];
  queueId?: QueueId | undefined;
  repId?: RepId | undefined;
};

/** The column that a part is told by. Days and hours are made of quarters of an hour. */
export type Column = 'quarter' | 'site_id' | 'queue_id' | 'rep_id' | 'page' | 'language';

export function* portions({ from, until }: Span): Generator<{ first: number; end: number }> {
  const end = quarterOf(until - 1) + 1;
  for (let first = quarterOf(from); first < end; first += limits.reportPortion)
    yield { first, end: Math.min(end, first + limits.reportPortion) };
}

/** Rows of `call_entries` or `rep_work` of those sites and that queue within a portion. */
export const ofWhom = ({ sites, queueId }: Whose, { first, end }: { first: number; end: number }) => sql`
  site_id in (${sql.join(sites)}) and quarter >= ${sql.lit(first)} and quarter < ${sql.lit(end)}
  ${queueId === undefined ? sql`` : sql`and queue_id = ${queueId}`}`;

/** What is summed of the entries of one outcome: a few sums for each outcome take less time than one for each count. */
type OutcomeSums = {
  key: string | number;
  outcome: EntryOutcome;
  all: number;
  within: number;
  short: number;
  handled: number;
  missed: number;
  waited: number;
  talk: number;
  wrap: number;
};

/** Every sum of `call_entries` by that column. Missed offers are of the calls, whoever they were made to. */
export async function* sumEntries(
  db: Kysely<Database>,
  whose: Whose,
  span: Span,
  { withinS, shortS }: Thresholds,
  column: Column,
): AsyncGenerator<{ key: string | number; counts: Partial<Counts> }> {
  if (whose.sites.length === 0) return;
  for (const portion of portions(span)) {
    const { rows } =
      await sql<OutcomeSums>`select ${keyOf(column)} as key, outcome, count(*) as ${sql.ref('all')},
      count(*) filter (where ${isWithin(withinS)}) as within, count(*) filter (where ${isShort(shortS)}) as short,
      count(rep_id) as handled, ${milliseconds(sql`missed`)} as missed, ${milliseconds(sql`waited_ms`)} as waited,
      ${milliseconds(sql`talk_ms`)} as talk, ${milliseconds(sql`wrap_ms`)} as wrap
      from call_entries where ${ofWhom(whose, portion)}
      ${whose.repId === undefined ? sql`` : sql`and rep_id = ${whose.repId}`}
      group by 1, 2`.execute(db);
    for (const row of rows) yield { key: row.key, counts: countsOf(row) };
    await nextTurn();
  }
}

/** As `countedBy` has it for single entries. */
function countsOf({ outcome, all, within, short, ...row }: OutcomeSums): Partial<Counts> {
  const { handled, missed, talk: talkMs, wrap: wrapMs } = row;
  const common = { entered: all, leftInTime: within, handled, missed, talkMs, wrapMs };
  switch (outcome) {
    case 'answered':
      return { ...common, answered: all, answeredInTime: within, waitedMs: row.waited };
    case 'abandoned':
      return { ...common, abandoned: all, abandonedInTime: within, shortAbandoned: short };
    case 'turned-away':
      return { ...common, abandoned: all, turnedAway: all };
    case 'moved':
      return { ...common, movedOn: all };
    case 'removed':
      return { ...common, removed: all };
    case 'callback':
      return { ...common, callbacks: all };
  }
}

/** Missed offers by whom they were made to. */
export async function* sumMissed(
  db: Kysely<Database>,
  whose: Whose,
  span: Span,
  column: Column,
): AsyncGenerator<{ key: string | number; counts: Partial<Counts> }> {
  if (whose.sites.length === 0) return;
  // Page and language are the same for all entries of a call.
  const key =
    column === 'page' || column === 'language'
      ? sql`(select ${sql.ref(column)} from call_entries where call_id = rep_work.call_id limit 1)`
      : keyOf(column);
  for (const portion of portions(span)) {
    const { rows } = await sql<{ key: string | number; missed: number }>`select ${key} as key,
      ${milliseconds(sql`missed`)} as missed from rep_work
      where ${ofWhom(whose, portion)} and missed > 0
      ${whose.repId === undefined ? sql`` : sql`and rep_id = ${whose.repId}`}
      group by 1`.execute(db);
    for (const { key, missed } of rows) yield { key, counts: { missed } };
    await nextTurn();
  }
}

const keyOf = (column: Column): RawBuilder<unknown> =>
  column === 'rep_id' ? sql`coalesce(rep_id, '')` : sql`${sql.ref(column)}`;

/** A sum of many, which PostgreSQL would answer as a decimal. */
export const milliseconds = (what: RawBuilder<unknown>) => sql`cast(sum(${what}) as bigint)`;
