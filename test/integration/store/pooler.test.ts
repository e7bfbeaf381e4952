/** A real PgBouncer in front of PostgreSQL: told in words where it loses what a session holds, used where it does not. */
import { sql } from 'kysely';
import { afterEach, expect, test } from 'vitest';
import { migrate } from '../../../server/store/migrate.ts';
import { openStore } from '../../../server/store/open.ts';
import { freshPlace } from '../../support/engines.ts';
import { quiet } from '../../support/media.ts';
import { startPgbouncer } from '../../support/pgbouncer.ts';

const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of opened.splice(0).reverse()) await end();
});

async function behind(settings: Record<string, string>): Promise<string> {
  const place = await freshPlace('PostgreSQL', { tables: false });
  opened.push(place.remove);
  const pooler = await startPgbouncer(place.databaseUrl ?? '', settings);
  opened.push(pooler.stop);
  return pooler.url;
}
test.each([
  ['as it comes', { pool_mode: 'transaction' }],
  ['with many connections', { pool_mode: 'transaction', server_round_robin: '1' }],
  ['with one connection for each statement', { pool_mode: 'statement' }],
])(
  'T82 one that shares connections between transactions, %s, is named at the start',
  async (_what, settings) => {
    const databaseUrl = await behind(settings);
    await expect(openStore({ databaseUrl, dataDir: '' }, quiet)).rejects.toThrow(
      /behind a pooler that shares connections between transactions.*pool_mode = session/,
    );
  },
);

test('T83 one that keeps a connection for each session is used, for one server at a time', async () => {
  const databaseUrl = await behind({ pool_mode: 'session' });
  const store = await openStore({ databaseUrl, dataDir: '' }, quiet);
  let closed = false;
  const close = async () => {
    if (closed) return;
    closed = true;
    await store.close();
  };
  opened.push(close);
  const migration = store.migrationDb();
  await migrate(migration.db);
  await migration.close();
  store.watch();
  // The bounds of a question are in force, though a pooler refuses them at the beginning of a session.
  const { rows } = await sql<{ ms: string }>`select current_setting('statement_timeout') as ms`.execute(
    store.db,
  );
  expect(rows[0]?.ms).toBe('25s');
  await expect(openStore({ databaseUrl, dataDir: '' }, quiet)).rejects.toThrow(/Another Talk to Us server/);
  // Its lock does not stay with a connection that the pooler keeps.
  await close();
  const next = await openStore({ databaseUrl, dataDir: '' }, quiet);
  await next.close();
});
