/** How busy reps were: with calls, against available and neither rung nor busy. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import type { RepId, SiteId } from '../../shared/ids.ts';
import { quarterMs, quarterOf } from '../calls/figures/write.ts';
import type { Database } from '../store/schema.ts';
import type { Span } from './period.ts';
import { milliseconds, portions } from './rows.ts';

/** Handling and idle time, ms. */
export type BusyTime = { handlingMs: number; idleMs: number };

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
 * All that they did, by rep or by quarter of an hour, whichever sites it was for: a person is one.
 *
 * @param now availability that still lasts is counted up to then
 */
export async function busyTimes<Column extends 'rep_id' | 'quarter'>(
  db: Kysely<Database>,
  { reps, span, now, by }: { reps: readonly RepId[]; span: Span; now: number; by: Column },
): Promise<Map<Column extends 'quarter' ? number : RepId, BusyTime>> {
  type Key = Column extends 'quarter' ? number : RepId;
  const times = new Map<Key, BusyTime>();
  if (reps.length === 0) return times;
  const add = (key: Key, handlingMs: number, idleMs: number) => {
    const time = times.get(key);
    if (!time) times.set(key, { handlingMs, idleMs });
    else {
      time.handlingMs += handlingMs;
      time.idleMs += idleMs;
    }
  };
  const quarters = new Quarters(span);
  for await (const { repId, from, to } of available(db, reps, span, now))
    if (by === 'rep_id') add(repId as Key, 0, to - from);
    else quarters.add(from, to);
  for (const [quarter, ms] of quarters.sums()) add(quarter as Key, 0, ms);
  for (const { first, end } of portions(span)) {
    const { rows } = await sql<{ key: Key; handling: number; duty: number }>`
      select ${sql.ref(by)} as key, ${milliseconds(sql`handling_ms`)} as handling,
        ${milliseconds(sql`on_duty_ms`)} as duty
      from rep_work where rep_id in (${sql.join(reps)}) and quarter >= ${sql.lit(first)} and quarter < ${sql.lit(end)}
      group by 1`.execute(db);
    for (const { key, handling, duty } of rows) add(key, handling, -duty);
    await nextTurn();
  }
  return times;
}

/** Stretches of time summed by quarter of an hour, without looking at each quarter of each. */
class Quarters {
  readonly #first: number;
  /** What each has besides whole stretches over it, and how many of those begin there, less how many have ended. */
  readonly #parts: Float64Array;
  readonly #begin: Int32Array;

  constructor({ from, until }: Span) {
    this.#first = quarterOf(from);
    const count = Math.max(0, quarterOf(until - 1) + 1 - this.#first);
    this.#parts = new Float64Array(count);
    this.#begin = new Int32Array(count + 1);
  }

  add(from: number, to: number): void {
    const a = quarterOf(from) - this.#first;
    const b = quarterOf(to) - this.#first;
    if (a === b) this.#add(a, to - from);
    else {
      this.#add(a, quarterMs - (from % quarterMs));
      this.#add(b, to % quarterMs);
      this.#begin[a + 1]! += 1;
      this.#begin[b]! -= 1;
    }
  }

  #add(index: number, ms: number): void {
    if (index < this.#parts.length) this.#parts[index]! += ms;
  }

  *sums(): Generator<[quarter: number, ms: number]> {
    let whole = 0;
    for (const [index, part] of this.#parts.entries()) {
      whole += this.#begin[index]!;
      const ms = part + whole * quarterMs;
      if (ms > 0) yield [this.#first + index, ms];
    }
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
  const busy = await busyNow(db, reps);
  for (const [repId, began] of since) {
    const end = Math.min(until, now, busy.get(repId) ?? now);
    if (end > began) yield { repId, from: began, to: end };
  }
}

/** Since when those are busy or rung who are now: work for a call that is not over is in no row yet, and no idle time either. */
async function busyNow(db: Kysely<Database>, reps: readonly RepId[]): Promise<Map<RepId, number>> {
  const { rows } = await sql<{ rep: RepId; since: number }>`
    select rep_id as rep, joined_at as since from call_parties
      where left_at is null and rep_id in (${sql.join(reps)})
    union all select rep_id, made_at from offers where state = 'live' and rep_id in (${sql.join(reps)})
    union all select reps.id, calls.ended_at from reps inner join calls on calls.id = reps.wrap_up_call_id
      where reps.id in (${sql.join(reps)}) and calls.ended_at is not null`.execute(db);
  const since = new Map<RepId, number>();
  for (const row of rows) since.set(row.rep, Math.min(row.since, since.get(row.rep) ?? row.since));
  return since;
}
