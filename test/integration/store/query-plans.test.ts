/** No statement of a decision reads a table that grows from end to end. */
import { Writable } from 'node:stream';
import SqliteFile from 'better-sqlite3';
import { sql } from 'kysely';
import pg from 'pg';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { listCalls, readStory } from '../../../server/calls/history/call-list.ts';
import { forgetOld } from '../../../server/calls/timers/retention.ts';
import { createOverviews } from '../../../server/calls/views/overview.ts';
import { openStore } from '../../../server/store/open.ts';
import type { CallId, RepId, SiteId } from '../../../shared/ids.ts';
import { BigShop } from '../../support/big-shop.ts';
import { engines, freshPlace, type Place } from '../../support/engines.ts';

const growing = [
  ...['calls', 'offers', 'call_events', 'rep_events', 'reps', 'queue_members', 'rep_skills'],
  ...['blocks', 'block_marks'],
];

/** The plan of a statement whatever its values are, a line for each step. */
type Explain = (text: string) => Promise<string[]>;

async function explainer({
  dataDir,
  databaseUrl,
}: Place): Promise<{ explain: Explain; end(): Promise<void> }> {
  if (databaseUrl === null) {
    const file = new SqliteFile(`${dataDir}/talk-to-us.sqlite`, { readonly: true });
    return {
      async explain(text) {
        const values = Array.from(text.matchAll(/\?/g), () => null);
        const steps = file.prepare(`explain query plan ${text}`).all(...values) as { detail: string }[];
        return steps.map(step => step.detail);
      },
      end: async () => void file.close(),
    };
  }
  const client = new pg.Client(databaseUrl);
  await client.connect();
  // Small tables are rightly read whole; what counts is that nothing has to be.
  await client.query('set plan_cache_mode = force_generic_plan; set enable_seqscan = off');
  return {
    async explain(text) {
      const values = new Set(text.match(/\$\d+/g)).size;
      await client.query(`prepare asked as ${text}`);
      const nulls = values === 0 ? '' : `(${Array(values).fill('null').join(', ')})`;
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain execute asked${nulls}`);
      await client.query('deallocate asked');
      return rows.map(row => row['QUERY PLAN'].trim());
    },
    end: () => client.end(),
  };
}

/** As each engine writes it: SQLite "SCAN calls", PostgreSQL "Seq Scan on calls". */
const readsWhole = (step: string) =>
  growing.some(table => new RegExp(`^(SCAN|.*Seq Scan on) "?${table}\\b(?!.*USING)`).test(step));

describe.each(engines)('a decision on %s', engine => {
  test('T61 reads by index alone, with two thousand waiting and three hundred reps', async () => {
    const place = await freshPlace(engine);
    const statements = new Set<string>();
    let listening = false;
    const log = pino(
      { level: 'trace' },
      new Writable({
        write(chunk, _encoding, done) {
          const { sql: text } = JSON.parse(String(chunk)) as { sql?: string };
          if (listening && text && /^(select|insert|update|delete)/.test(text)) statements.add(text);
          done();
        },
      }),
    );
    const store = await openStore(place, log);
    const shop = await BigShop.open(store, { reps: 300, waiting: 2_000, others: 30 });
    await sql`analyze`.execute(store.db);
    listening = true;
    await shop.decide();
    await shop.refill();
    // Everything that looks back, too.
    await forgetOld({ db: store.db, now: Date.now });
    await listCalls(store.db, {
      siteId: 'shop' as SiteId,
      before: { startedAt: Date.now(), callId: 'call-0' as CallId },
      limit: 50,
      now: Date.now(),
    });
    // Looked through without a hit, by time too.
    await listCalls(store.db, {
      siteId: 'shop' as SiteId,
      from: 1,
      until: 2,
      text: 'Kim',
      limit: 50,
      now: Date.now(),
    });
    await readStory(store.db, 'call-0' as CallId, Date.now());
    const overviews = createOverviews(store.db, Date.now);
    for (const overseen of [[], ['shop' as SiteId]])
      await overviews.read({ id: 'rep-0' as RepId, overseen }, Date.now() - 1_000);
    listening = false;
    expect(statements.size).toBeGreaterThan(15);

    const { explain, end } = await explainer(place);
    const slow: string[] = [];
    for (const text of statements)
      for (const step of await explain(text)) if (readsWhole(step)) slow.push(`${step}\n  of ${text}`);
    expect(slow).toEqual([]);
    // The check itself can see one.
    expect((await explain('select * from calls where note is null')).some(readsWhole)).toBe(true);
    await end();
    await store.close();
    await place.remove();
  });
});
