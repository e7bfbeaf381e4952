/** What is PostgreSQL's alone: reaching it, sharing it, losing it. */
import { sql } from 'kysely';
import pg from 'pg';
import { afterEach, describe, expect, test } from 'vitest';
import { openStore } from '../../../server/store/open.ts';
import type { Store } from '../../../server/store/store.ts';
import { freshPlace, type Place } from '../../support/engines.ts';
import { quiet } from '../../support/media.ts';
import { until } from '../../support/until.ts';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

async function place(): Promise<Place & { databaseUrl: string }> {
  const fresh = await freshPlace('PostgreSQL');
  opened.push({ close: fresh.remove });
  return { ...fresh, databaseUrl: fresh.databaseUrl ?? '' };
}
async function open(databaseUrl: string): Promise<Store> {
  const store = await openStore({ databaseUrl, dataDir: '' }, quiet);
  opened.push(store);
  return store;
}
const changed = (url: string, change: (parts: URL) => void): string => {
  const parts = new URL(url);
  change(parts);
  return parts.href;
};

describe('PostgreSQL', () => {
  test('T50 that cannot be used is told in words, without the password', async () => {
    const { databaseUrl } = await place();
    const secret = 'hunter2secret';
    const wrong: [string, RegExp][] = [
      [
        changed(databaseUrl, url => Object.assign(url, { port: '1', password: secret })),
        /Nothing listens there/,
      ],
      [
        changed(databaseUrl, url => Object.assign(url, { pathname: '/nothing_here' })),
        /no database of that name/,
      ],
      [changed(databaseUrl, url => Object.assign(url, { hostname: 'no.such.host.invalid' })), /host/],
    ];
    for (const [url, words] of wrong) {
      const error = await openStore({ databaseUrl: url, dataDir: '' }, quiet).catch(
        (reason: Error) => reason,
      );
      expect(error).toBeInstanceOf(Error);
      expect((error as Error).message).toMatch(words);
      expect((error as Error).message).not.toContain(secret);
    }
  });

  test('T51 serves one server at a time, and the next one as soon as that has ended', async () => {
    const { databaseUrl } = await place();
    const first = await open(databaseUrl);
    await expect(openStore({ databaseUrl, dataDir: '' }, quiet)).rejects.toThrow(
      /Another Talk to Us server uses this database/,
    );
    const next = openStore({ databaseUrl, dataDir: '' }, quiet);
    await first.close();
    opened.splice(opened.indexOf(first), 1);
    opened.push(await next);
  });

  test('T52 that cuts every connection is used again without a restart, and still by one server only', async () => {
    const { databaseUrl } = await place();
    const store = await open(databaseUrl);
    const { db } = store;
    store.watch();
    const ask = () => db.selectNoFrom(({ lit }) => lit(1).as('one')).executeTakeFirst();
    expect(await ask()).toEqual({ one: 1 });
    const inWork = Array.from({ length: 5 }, () => sql`select pg_sleep(60)`.execute(db).catch(() => 'cut'));
    const axe = new pg.Client(databaseUrl);
    await axe.connect();
    await until(
      async () =>
        (
          await axe.query(
            "select 1 from pg_stat_activity where query like '%pg_sleep(60)' and state = 'active'",
          )
        ).rows.length === 5,
    );
    await axe.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    expect(await Promise.all(inWork)).toEqual(Array(5).fill('cut'));
    await until(async () => (await ask().catch(() => null)) !== null);
    await until(
      async () =>
        (await axe.query("select 1 from pg_locks where locktype = 'advisory' and granted")).rows.length === 1,
    );
    await axe.end();
  });
});
