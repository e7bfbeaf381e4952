/** A year of a busy shop: its history as the server would have written it, made inside the database. */
import { type Kysely, sql } from 'kysely';
import { bringFiguresUpToDate } from '../../server/calls/figures/rebuild.ts';
import type { Database } from '../../server/store/schema.ts';
import type { Store } from '../../server/store/store.ts';
import type { SiteId } from '../../shared/ids.ts';
import { ToldHistory } from './told-history.ts';

export const yearEnd = Date.UTC(2027, 0, 1);
export const yearSite = 'shop' as SiteId;
const yearStart = Date.UTC(2026, 0, 1);
const reps = 25;
const queues = ['sales', 'help', 'returns', 'orders'];

/** No statement may take as long as the store allows one to. */
const writtenAtOnce = 25_000;

/** `n` numbers the rows, from 0 on in portions. */
async function inPortions(
  count: number,
  write: (numbers: ReturnType<typeof sql>) => Promise<unknown>,
): Promise<void> {
  for (let first = 0; first < count; first += writtenAtOnce)
    await write(
      sql`with recursive numbers(n) as (select ${sql.lit(first)}
        union all select n + 1 from numbers where n < ${sql.lit(Math.min(count, first + writtenAtOnce) - 1)})`,
    );
}

/** Nine in ten are answered, one in ten of them after an offer that nobody answered. Calls of a day are spread over ten hours. */
export async function makeYear(store: Store, calls: number): Promise<void> {
  const { db } = store;
  const told = new ToldHistory(store);
  await told.site(yearSite, queues, 'Europe/Berlin');
  for (let rep = 0; rep < reps; rep++)
    await told.rep(
      `rep-${rep}`,
      queues.map(queue => [yearSite, queue] as const),
    );
  await makeCalls(db, calls);
  await makeStatuses(db);
  await sql`analyze`.execute(db);
  await bringFiguresUpToDate(db);
  await sql`analyze`.execute(db);
  // As the engine does by itself in a year: what every transaction sees is known.
  if (store.siteLocks !== null)
    for (const table of ['call_entries', 'rep_work']) await sql`vacuum ${sql.table(table)}`.execute(db);
}

async function makeCalls(db: Kysely<Database>, calls: number): Promise<void> {
  const day = 86_400_000;
  const at = sql`(${sql.lit(yearStart)} + cast(n as bigint) * 365 / ${sql.lit(calls)} * ${sql.lit(day)}
    + 28800000 + (cast(n as bigint) * 7919 % 36000) * 1000)`;
  const queue = sql`(case n % 4 when 0 then 'sales' when 1 then 'help' when 2 then 'returns' else 'orders' end)`;
  const waits = sql`(n % 61) * 1000`;
  const lasts = sql`(60 + n % 500) * 1000`;
  const isAnswered = sql`n % 10 <> 0`;
  await inPortions(calls, numbers =>
    sql`insert into calls (id, site_id, queue_id, shopper_id, state, priority, context, language,
      started_at, queued_at, line_since, ended_at)
    ${numbers}
    select 'call-' || n, ${yearSite}, ${queue}, 'shopper-' || n, 'ended', 0,
      '{"page":{"url":"https://shop.example/' || (n % 300) || '","title":""}}',
      case n % 3 when 0 then 'de' when 1 then 'en' else 'fr' end, ${at}, ${at}, ${at},
      case when ${isAnswered} then ${at} + ${waits} + ${lasts} else ${at} + ${waits} end
    from numbers`.execute(db),
  );
  const event = async (
    step: number,
    type: string,
    where: ReturnType<typeof sql>,
    after: ReturnType<typeof sql>,
    { rep = sql`null`, data = sql`'{}'` } = {},
  ) =>
    inPortions(calls, numbers =>
      sql`insert into call_events (id, account_id, site_id, call_id, seq, at, type, rep_id, data)
      ${numbers}
      select 'event-' || ${sql.lit(step)} || '-' || n, 'main', ${yearSite}, 'call-' || n, n * 10 + ${sql.lit(step)},
        ${at} + ${after}, ${sql.lit(type)}, ${rep}, ${data}
      from numbers where ${where}`.execute(db),
    );
  const rep = sql`'rep-' || (n % ${sql.lit(reps)})`;
  const other = sql`'rep-' || ((n + 7) % ${sql.lit(reps)})`;
  await event(1, 'started', sql`1 = 1`, sql`0`, { data: sql`'{"queue":"' || ${queue} || '"}'` });
  await event(2, 'offered', sql`n % 10 = 1`, sql`0`, { rep: other });
  await event(3, 'offer-expired', sql`n % 10 = 1`, sql`${waits} / 2`, { rep: other });
  await event(4, 'offered', isAnswered, sql`${waits} / 2`, { rep });
  await event(5, 'answered', isAnswered, waits, { rep });
  await event(6, 'ended', isAnswered, sql`${waits} + ${lasts}`, {
    rep,
    data: sql`'{"reason":"shopper-hung-up"}'`,
  });
  await event(6, 'ended', sql`n % 10 = 0`, waits, { data: sql`'{"reason":"shopper-hung-up"}'` });
  await event(7, 'wrapped-up', isAnswered, sql`${waits} + ${lasts} + 15000`, { rep });
}

/** At work from eight to half past six, with half an hour of lunch. */
async function makeStatuses(db: Kysely<Database>): Promise<void> {
  for (const [minutes, status] of [
    [480, 'available'],
    [720, 'away'],
    [750, 'available'],
    [1110, 'offline'],
  ] as const)
    await inPortions(365 * reps, numbers =>
      sql`insert into rep_events (rep_id, at, status, reason, note) ${numbers}
      select 'rep-' || (n % ${sql.lit(reps)}),
        ${sql.lit(yearStart)} + cast(n / ${sql.lit(reps)} as bigint) * 86400000 + ${sql.lit(minutes * 60_000)},
        ${sql.lit(status)}, 'chosen', '' from numbers`.execute(db),
    );
}
