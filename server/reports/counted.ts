/** The calls that a figure counts, by the same conditions as the sums. */
import { type Kysely, sql } from 'kysely';
import type { CountedEntry, CountedQuery, ReportPart } from '../../shared/api/reports.ts';
import type { SiteId } from '../../shared/ids.ts';
import { quarterMs } from '../calls/figures/write.ts';
import type { CallEntryRow, Database } from '../store/schema.ts';
import { countedBy } from './counting.ts';
import { calendar, periodOf } from './period.ts';
import { zoneOf } from './report.ts';
import { ofWhom, portions } from './rows.ts';

export type CountedFilter = Omit<CountedQuery, 'siteId'> & { sites: readonly SiteId[] };
type Row = CallEntryRow & { queue_name: string; rep_name: string | null };

const scanned = 500;

/** In the order in which they came. `missed` of one rep: the offers to that rep. */
export async function listCounted(
  db: Kysely<Database>,
  filter: CountedFilter,
  now: number,
): Promise<{ entries: CountedEntry[]; next: string | null }> {
  if (filter.sites.length === 0) return { entries: [], next: null };
  const timeZone = await zoneOf(db, filter);
  const time = periodOf(filter, timeZone, now);
  const isPart = partOf(filter, timeZone);
  const entries: CountedEntry[] = [];
  let last: [quarter: number, callId: string, n: number] | null = cursorOf(filter.after);
  for (const portion of portions(time)) {
    if (last && last[0] >= portion.end) continue;
    for (;;) {
      const rows: Row[] = await readRows(db, filter, portion, last);
      for (const row of rows) {
        last = [row.quarter, row.call_id, row.n];
        if (!isPart(row)) continue;
        entries.push(told(row));
        if (entries.length > filter.limit) break;
      }
      if (entries.length > filter.limit) {
        entries.pop();
        const end = entries.at(-1)!;
        return { entries, next: `${Math.floor(end.at / quarterMs)},${end.callId},${end.n}` };
      }
      if (rows.length < scanned) break;
    }
  }
  return { entries, next: null };
}

async function readRows(
  db: Kysely<Database>,
  filter: CountedFilter,
  portion: { first: number; end: number },
  last: [number, string, number] | null,
): Promise<Row[]> {
  const { counted, repId, by, key } = filter;
  const rep = repId ?? (by === 'rep' ? key : undefined);
  const missedBy =
    counted === 'missed' && rep !== undefined
      ? sql`(select coalesce(sum(missed), 0) from rep_work where call_id = e.call_id and rep_id = ${rep}
          and queue_id = e.queue_id and quarter = e.quarter)`
      : sql`e.missed`;
  const ofRep =
    counted === 'missed' && rep !== undefined
      ? sql`exists (select 1 from rep_work where call_id = e.call_id and rep_id = ${rep}
          and queue_id = e.queue_id and quarter = e.quarter and missed > 0)`
      : repId === undefined
        ? sql`1 = 1`
        : sql`rep_id = ${repId}`;
  const { rows } = await sql<Row>`select e.*, cast(${missedBy} as integer) as missed,
      (select name from queues where id = e.queue_id) as queue_name,
      (select name from reps where id = e.rep_id) as rep_name
    from call_entries as e where ${ofWhom(filter, portion)} and ${countedBy(filter)[counted]} and ${ofRep}
      ${last === null ? sql`` : sql`and (quarter, call_id, n) > (${sql.lit(last[0])}, ${last[1]}, ${sql.lit(last[2])})`}
    order by quarter, call_id, n limit ${sql.lit(scanned)}`.execute(db);
  return rows;
}

/** Whether a row is of the wanted part. */
function partOf({ by, key, counted }: CountedFilter, timeZone: string): (row: Row) => boolean {
  if (key === undefined) return () => true;
  const at = calendar(timeZone);
  const own: Record<ReportPart, (row: Row) => string> = {
    day: row => at(row.quarter * quarterMs).day,
    hour: row => at(row.quarter * quarterMs).hour,
    weekday: row => at(row.quarter * quarterMs).weekday,
    site: row => row.site_id,
    queue: row => row.queue_id,
    // Of missed offers the rows are those of that rep already.
    rep: row => (counted === 'missed' ? key : (row.rep_id ?? '')),
    page: row => row.page,
    language: row => row.language,
  };
  return row => own[by](row) === key;
}

function cursorOf(after: string | undefined): [number, string, number] | null {
  if (after === undefined) return null;
  const parts = after.split(',');
  return [Number(parts[0]), parts.slice(1, -1).join(','), Number(parts.at(-1))];
}

const told = (row: Row): CountedEntry => ({
  ...{ callId: row.call_id, n: row.n, at: row.entered_at, queueName: row.queue_name, repName: row.rep_name },
  ...{ outcome: row.outcome, waitedMs: row.waited_ms, talkMs: row.talk_ms, missed: row.missed },
});
