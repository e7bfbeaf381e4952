import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import type { SiteId } from '../../../shared/ids.ts';
import { freshPlace, openPlace } from '../../support/engines.ts';
import { until } from '../../support/until.ts';

test('T130 SQLite knows how many rows its tables have from the start on, and not in the middle of a change', async () => {
  const place = await freshPlace('SQLite');
  const store = await openPlace(place);
  onTestFinished(async () => {
    await store.close();
    await place.remove();
  });
  const rows = Array.from({ length: 2_000 }, (_, n) => ({
    ...{ id: `site-${n}` as SiteId, key: `key-${n}`, name: 'Shop', allowed_origins: '[]', settings: '{}' },
    ...{ routing_group: `site-${n}` as SiteId, created_at: 0 },
  }));
  await store.db.insertInto('sites').values(rows).execute();

  const known = async () => {
    const tables = await sql`select 1 from sqlite_master where name = 'sqlite_stat1'`.execute(store.db);
    if (tables.rows.length === 0) return 0;
    const { rows } = await sql<{
      stat: string;
    }>`select stat from sqlite_stat1 where tbl = 'sites'`.execute(store.db);
    return Math.max(0, ...rows.map(({ stat }) => Number(stat.split(' ')[0])));
  };
  await store.db
    .transaction()
    .execute(async tx => {
      await tx.updateTable('sites').set({ name: 'Changed' }).execute();
      store.watch();
      throw new Error('taken back');
    })
    .catch(() => undefined);
  await until(async () => (await known()) >= 2_000);
  expect(await known()).toBeGreaterThanOrEqual(2_000);
});
