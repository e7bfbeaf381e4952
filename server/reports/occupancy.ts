/** How busy reps were: with calls, against available and neither rung nor busy. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import type { RepId, SiteId } from '../../shared/ids.ts';
import { inQuarters } from '../calls/figures/write.ts';
import type { Database } from '../store/schema.ts';
import type { Span } from './period.ts';
import { milliseconds, portions } from './rows.ts';

export type RepTime = { repId: RepId; quarter: number; handlingMs: number; idleMs: number };

const eventsAtOnce = 5_000;

/** Who serves a queue of these sites. */
export async function repsOf(db: Kysely<Database>, sites: readonly SiteId[]): Promise<RepId[]> {
  if (sites.length === 0) return [];
  const rows = await db
    .selectFrom('queue_members')
    .select('rep_id')
    .distinct()
    .where('site_id', 'in', sites)
    .execute();
  return rows.map(row => row.rep_id);
}

/**
 * All that they did, by quarter of an hour, whichever sites it was for: a person is one. The same quarter may come more than once;
 * the sums count.
 *
 * @param now availability that still lasts is counted up to then
 */
export async function* repTimes(
  db: Kysely<Database>,
  reps: readonly RepId[],
  span: Span,
  now: number,
): AsyncGenerator<RepTime> {
  if (reps.length === 0) return;
  for await (const { repId, from, to } of available(db, reps, span, now))
    for (const part of inQuarters({ from, to }))
      yield { repId, quarter: part.quarter, handlingMs: 0, idleMs: part.to - part.from };
  for (const { first, end } of portions(span)) {
    const { rows } = await sql<{ rep: RepId; quarter: number; handling: number; duty: number }>`
      select rep_id as rep, quarter, ${milliseconds(sql`handling_ms`)} as handling,
        ${milliseconds(sql`on_duty_ms`)} as duty
      from rep_work where rep_id in (${sql.join(reps)}) and quarter >= ${sql.lit(first)} and quarter < ${sql.lit(end)}
      group by rep_id, quarter`.execute(db);
    for (const { rep, quarter, handling, duty } of rows)
      yield { repId: rep, quarter, handlingMs: handling, idleMs: -duty };
    await nextTurn();
  }
}

/** Each stretch of availability within that time. */
async function* available(
  db: Kysely<Database>,
  reps: readonly RepId[],
  { from, until }: Span,
  now: number,
): AsyncGenerator<{ repId: RepId; from: number; to: number }> {
  const since = new Map<RepId, number>();
  const { rows: before } = await sql<{ rep: RepId; status: string }>`select reps.id as rep, (
      select status from rep_events where rep_id = reps.id and at < ${from} order by at desc limit 1) as status
    from reps where id in (${sql.join(reps)})`.execute(db);
  for (const { rep, status } of before) if (status === 'available') since.set(rep, from);
  for (const repId of reps) {
    let after = from;
    for (;;) {
      const events = await db
        .selectFrom('rep_events')
        .select(['at', 'status'])
        .where('rep_id', '=', repId)
        .where('at', '>=', after)
        .where('at', '<', until)
        .orderBy('at')
        .limit(eventsAtOnce)
        .execute();
      // Those of the last moment are read again with the next ones, so that none of them is missed.
      const last = events.at(-1)?.at ?? until;
      const full = events.length === eventsAtOnce && last > after;
      for (const { at, status } of events) {
        if (full && at === last) break;
        const began = since.get(repId);
        if (status === 'available') {
          if (began === undefined) since.set(repId, at);
        } else if (began !== undefined) {
          if (at > began) yield { repId, from: began, to: at };
          since.delete(repId);
        }
      }
      if (!full) break;
      after = last;
      await nextTurn();
    }
  }
  const end = Math.min(until, now);
  for (const [repId, began] of since) if (end > began) yield { repId, from: began, to: end };
}
