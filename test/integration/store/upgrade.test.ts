/** A database of the first version, with people on it, is brought up to date without losing anything. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate } from '../../../server/store/migrate.ts';
import { firstCall } from '../../../server/store/migrations/0001-first-call.ts';
import { listQueues } from '../../../server/store/queues.ts';
import type { Database } from '../../../server/store/schema.ts';
import { openSqlite } from '../../../server/store/sqlite.ts';
import type { SiteId } from '../../../shared/ids.ts';

let folder: string;
let db: Kysely<Database>;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'upgrade-'));
  db = openSqlite(folder);
});
afterEach(async () => {
  await db.destroy();
  await rm(folder, { recursive: true });
});

test('T40 a database of the first version keeps its queues, members and what reps are doing', async () => {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => ({ '0001-first-call': firstCall }) },
  });
  expect((await migrator.migrateToLatest()).error).toBeUndefined();
  await sql`insert into sites values ('s', 'demo', 'Shop', '[]', 1)`.execute(db);
  for (const [id, wrapUp] of [
    ['with', 9_000],
    ['without', 0],
  ])
    await sql`insert into queues (id, site_id, name, strategy, max_length, max_wait_ms, offer_ms, wrap_up_ms, priority, created_at)
      values (${id}, 's', ${id}, 'longest-idle', 7, 61000, 11000, ${wrapUp}, 2, 1)`.execute(db);
  for (const id of ['idle', 'ringing', 'talking', 'wrap-up'])
    await sql`insert into reps (id, email, name, password_hash, role, status, status_reason, status_since, idle_since, created_at, wrap_up_until)
      values (${id}, ${id}, ${id}, '', 'rep', 'available', 'chosen', 1, 1, 1, ${id === 'wrap-up' ? 5 : null})`.execute(
      db,
    );
  await sql`insert into queue_members values ('s', 'with', 'idle', 3)`.execute(db);
  for (const [id, state, rep] of [
    ['c1', 'talking', 'talking'],
    ['c2', 'ringing', null],
  ])
    await sql`insert into calls (id, site_id, queue_id, shopper_id, state, priority, context, started_at, queued_at, rep_id)
      values (${id}, 's', 'with', ${id}, ${state}, 2, '{}', 1, 1, ${rep})`.execute(db);
  await sql`insert into offers values ('o', 's', 'c2', 'ringing', 'live', 1, 2, null)`.execute(db);

  await migrate(db);

  const [withWrapUp, without] = await listQueues(db, ['s' as SiteId]);
  expect(withWrapUp).toMatchObject({
    name: 'with',
    settings: {
      strategy: 'longest-idle',
      priority: 2,
      offerMs: 11_000,
      maxLength: 7,
      maxWaitMs: 61_000,
      wrapUp: { kind: 'fixed', ms: 9_000 },
    },
    members: [{ repId: 'idle', tier: 3, position: 0, penalty: 0 }],
  });
  expect(without).toMatchObject({ settings: { wrapUp: { kind: 'none' } } });
  const reps = await db.selectFrom('reps').select(['id', 'work']).execute();
  for (const rep of reps) expect(rep.work, rep.id).toBe(rep.id);
  expect(await db.selectFrom('lines').selectAll().execute()).toEqual([
    { site_id: 's', queue_id: 'with', priority: 2, needs: '' },
  ]);
});
