/** The rows that reports are summed from, written in the transaction that ends a call. */
import type { Kysely } from 'kysely';
import { callContext } from '../../../shared/call-context.ts';
import type { CallId, RepId } from '../../../shared/ids.ts';
import { literal } from '../../store/literals.ts';
import type { CallEntryRow, CallEventRow, CallRow, Database, RepWorkRow } from '../../store/schema.ts';
import { type CallFigures, type FiguresEvent, figuresOf, type RepSpan } from './fold.ts';

/** Time zones begin their days at whole quarters of an hour. */
export const quarterMs = 15 * 60_000;
/** Quarters of an hour since 1970. */
export const quarterOf = (at: number): number => Math.floor(at / quarterMs);

const insertedAtOnce = 500;
const longestPage = 300;

type Time = { from: number; to: number };
type Figured = { call: Pick<CallRow, 'id' | 'site_id' | 'language' | 'context'>; figures: CallFigures };

/**
 * The figures of those calls that are over; of the others there are none yet.
 *
 * @param anew there may be figures of them already
 */
export async function writeFigures(
  db: Kysely<Database>,
  callIds: readonly CallId[],
  anew: boolean,
): Promise<void> {
  const calls = await readFigures(db, callIds);
  if (anew) await forgetFigures(db, callIds);
  if (calls.length === 0) return;
  const duty = await readDuty(
    db,
    calls.flatMap(({ figures }) => figures.spans),
  );
  await insertAll(calls.flatMap(entryRows), rows => db.insertInto('call_entries').values(rows).execute());
  await insertAll(
    calls.flatMap(call => workRows(call, duty)),
    rows => db.insertInto('rep_work').values(rows).execute(),
  );
}

/** For calls that are deleted. */
export async function forgetFigures(db: Kysely<Database>, callIds: readonly CallId[]): Promise<void> {
  await db.deleteFrom('call_entries').where('call_id', 'in', callIds).execute();
  await db.deleteFrom('rep_work').where('call_id', 'in', callIds).execute();
}

/** What of the figures tells of the shopper, for calls that become nobody's. */
export async function blankFigures(db: Kysely<Database>, callIds: readonly CallId[]): Promise<void> {
  await db
    .updateTable('call_entries')
    .set({ language: '', page: '' })
    .where('call_id', 'in', callIds)
    .execute();
}

async function insertAll<Row>(rows: readonly Row[], insert: (rows: Row[]) => Promise<unknown>) {
  for (let at = 0; at < rows.length; at += insertedAtOnce) await insert(rows.slice(at, at + insertedAtOnce));
}

async function readFigures(db: Kysely<Database>, callIds: readonly CallId[]): Promise<Figured[]> {
  const calls = await db
    .selectFrom('calls')
    .select(['id', 'site_id', 'queue_id', 'language', 'context'])
    .where('id', 'in', callIds)
    .where('state', '=', literal.ended)
    .execute();
  if (calls.length === 0) return [];
  const events = await db
    .selectFrom('call_events')
    .select(['call_id', 'at', 'type', 'rep_id', 'data'])
    .where(
      'call_id',
      'in',
      calls.map(call => call.id),
    )
    .orderBy('call_id')
    .orderBy('seq')
    .execute();
  const byCall = Map.groupBy(events, event => event.call_id);
  return calls.flatMap(call => {
    const figures = figuresOf((byCall.get(call.id) ?? []).map(event => readEvent(event, call)));
    return figures === null ? [] : [{ call, figures }];
  });
}

function readEvent(
  { at, type, rep_id: rep, data }: Pick<CallEventRow, 'at' | 'type' | 'rep_id' | 'data'>,
  { queue_id: queue }: Pick<CallRow, 'queue_id'>,
): FiguresEvent {
  const told = JSON.parse(data) as object;
  // The first versions did not tell the queue.
  return { at, type, rep, data: type === 'started' ? { queue, ...told } : told } as FiguresEvent;
}

const sum = (numbers: Iterable<number>) => [...numbers].reduce((all, one) => all + one, 0);

function entryRows({ call, figures }: Figured): CallEntryRow[] {
  const { language } = call;
  const page = pageOf(call.context);
  return figures.entries.map((entry, index) => ({
    ...{ site_id: call.site_id, quarter: quarterOf(entry.at), call_id: call.id, n: index + 1 },
    ...{ queue_id: entry.queueId, rep_id: entry.repId, entered_at: entry.at, outcome: entry.outcome },
    ...{ waited_ms: entry.waitedMs, talk_ms: entry.talkMs, wrap_ms: entry.wrapMs },
    ...{ missed: sum(entry.missed.values()), language, page },
  }));
}

/** Without its query, which is about the visit rather than the page. */
function pageOf(context: string): string {
  const parsed = callContext.safeParse(JSON.parse(context));
  const url = URL.parse(parsed.data?.page?.url ?? '');
  return url && /^https?:$/.test(url.protocol) ? (url.origin + url.pathname).slice(0, longestPage) : '';
}

function workRows({ call, figures }: Figured, duty: Map<RepId, Time[]>): RepWorkRow[] {
  const rows = new Map<string, RepWorkRow>();
  const rowOf = (queueId: RepWorkRow['queue_id'], repId: RepId, quarter: number) => {
    const key = `${queueId} ${repId} ${quarter}`;
    const row = rows.get(key) ?? {
      ...{ site_id: call.site_id, quarter, call_id: call.id, queue_id: queueId, rep_id: repId },
      ...{ handling_ms: 0, ringing_ms: 0, on_duty_ms: 0, missed: 0 },
    };
    rows.set(key, row);
    return row;
  };
  for (const entry of figures.entries)
    for (const [rep, missed] of entry.missed) rowOf(entry.queueId, rep, quarterOf(entry.at)).missed += missed;
  for (const { repId, entry, is, from, to } of figures.spans)
    for (const part of inQuarters({ from, to })) {
      const row = rowOf(entry.queueId, repId, part.quarter);
      row[is === 'ringing' ? 'ringing_ms' : 'handling_ms'] += part.to - part.from;
      row.on_duty_ms += sum((duty.get(repId) ?? []).map(time => overlap(time, part)));
    }
  return [...rows.values()];
}

const overlap = (a: Time, b: Time): number => Math.max(0, Math.min(a.to, b.to) - Math.max(a.from, b.from));

/** The same time, in parts of which each is in one quarter of an hour. */
function* inQuarters({ from, to }: Time): Generator<Time & { quarter: number }> {
  for (let at = from; at < to; ) {
    const quarter = quarterOf(at);
    const end = Math.min(to, (quarter + 1) * quarterMs);
    yield { quarter, from: at, to: end };
    at = end;
  }
}

/** When each of them was available within the time of their spans. */
async function readDuty(db: Kysely<Database>, spans: readonly RepSpan[]): Promise<Map<RepId, Time[]>> {
  const duty = new Map<RepId, Time[]>();
  for (const [repId, own] of Map.groupBy(spans, span => span.repId)) {
    const from = Math.min(...own.map(span => span.from));
    const to = Math.max(...own.map(span => span.to));
    const events = await db
      .selectFrom('rep_events')
      .select(['at', 'status'])
      .where('rep_id', '=', repId)
      .where('at', '<', to)
      .where(({ eb, fn, selectFrom }) =>
        eb(
          'at',
          '>=',
          fn.coalesce(
            selectFrom('rep_events')
              .select(({ fn }) => fn.max('at').as('before'))
              .where('rep_id', '=', repId)
              .where('at', '<=', from),
            eb.val(0),
          ),
        ),
      )
      .orderBy('at')
      .execute();
    duty.set(
      repId,
      events.flatMap(({ at, status }, index) =>
        status === 'available' ? [{ from: at, to: events[index + 1]?.at ?? to }] : [],
      ),
    );
  }
  return duty;
}
