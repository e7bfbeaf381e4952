/** A database of an earlier version tells the same under this one, and its calls go on. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { listCalls, readStory } from '../../../server/calls/history/call-list.ts';
import { repIdOf } from '../../../server/calls/model/call.ts';
import { createOverviews } from '../../../server/calls/views/overview.ts';
import { loadCall } from '../../../server/calls/writing/call-rows.ts';
import { listFirstRuns } from '../../../server/store/first-run.ts';
import { mainAccount } from '../../../server/store/members.ts';
import { migrate, migrations } from '../../../server/store/migrate.ts';
import { readQueueSettings } from '../../../server/store/queue-settings.ts';
import { readSiteSettings } from '../../../server/store/sites.ts';
import { sqliteFileName } from '../../../server/store/sqlite.ts';
import { readTeamSettings } from '../../../server/store/team-settings.ts';
import type { CallStory, CallSummary, DayFigures } from '../../../shared/api/calls.ts';
import type { AccountId, CallId, QueueId, RepId } from '../../../shared/ids.ts';
import { wordsIn } from '../../../shared/own-words.ts';
import { givenAwayReasons, givenDeclineReasons } from '../../../shared/settings.ts';
import { type Engine, engines, freshPlace, openPlace, type Place } from '../../support/engines.ts';

type Told = {
  now: number;
  calls: CallSummary[];
  stories: CallStory[];
  overviews: Record<RepId, { today: DayFigures }>;
  live: { id: CallId; state: string; rep_id: RepId | null; parked_until: number | null; queued_at: number }[];
};

const unpack = async (file: string) =>
  promisify(gunzip)(await readFile(`test/support/databases/0.2.0/${file}.gz`));

async function restore(engine: Engine, place: Place): Promise<void> {
  if (engine === 'SQLite') {
    await mkdir(place.dataDir, { recursive: true });
    await writeFile(path.join(place.dataDir, sqliteFileName), await unpack('sqlite'));
    return;
  }
  const client = new pg.Client(place.databaseUrl ?? '');
  await client.connect();
  await client.query(String(await unpack('postgresql.sql')));
  await client.end();
}

describe.each(engines)('a database of 0.2.0 on %s', engine => {
  test('T90 tells of calls, their stories and figures what it told before, and its live calls go on', async () => {
    const told = JSON.parse(String(await unpack(`told-by-${engine.toLowerCase()}.json`))) as Told;
    const place = await freshPlace(engine, { tables: false });
    await restore(engine, place);
    const store = await openPlace(place);
    try {
      const migration = store.migrationDb();
      await migrate(migration.db);
      await migration.close();
      const { db } = store;
      const { now } = told;

      const [run] = await listFirstRuns(db, [mainAccount]);
      expect(run?.state, 'who worked before is not led through a first run').toBe('dismissed');
      const sites = await db.selectFrom('sites').selectAll().orderBy('id').execute();
      const calls: CallSummary[] = [];
      const stories: (CallStory | null)[] = [];
      for (const { id } of sites) {
        const page = await listCalls(db, { siteId: id, limit: 1_000, now });
        calls.push(...page.calls);
        for (const { callId } of page.calls) stories.push(await readStory(db, callId, now));
      }
      expect(calls.length).toBeGreaterThan(50);
      expect(calls).toEqual(told.calls);
      // Nothing was kept of the line then.
      expect(stories).toEqual(told.stories.map(story => ({ ...story, quality: [] })));
      const reader = createOverviews(db, () => now);
      for (const [id, { today }] of Object.entries(told.overviews)) {
        const after = await reader.read({ id: id as RepId, overseen: [] }, now - 20 * 3_600_000);
        expect(after.today, `figures of ${id}`).toEqual(today);
      }

      expect(told.live.map(call => call.state)).toContain('talking');
      for (const { id, state, rep_id, parked_until, queued_at } of told.live) {
        const call = (await loadCall(db, id))?.call;
        expect(call).toMatchObject({ state, place: { queuedAt: queued_at } });
        expect(call && repIdOf(call)).toBe(rep_id);
        expect(call && 'parkedUntil' in call ? call.parkedUntil : null).toBe(parked_until);
      }

      const events = await db.selectFrom('call_events').select('seq').orderBy('seq').execute();
      const { last_seq: last } = await db
        .selectFrom('history_sequences')
        .selectAll()
        .executeTakeFirstOrThrow();
      expect(events.map(event => event.seq)).toEqual(Array.from({ length: last }, (_, index) => index + 1));
    } finally {
      await store.close();
      await place.remove();
    }
  });

  test('L63 reasons that nobody has changed are ours from now on, others stay as they are', async () => {
    const place = await freshPlace(engine, { tables: false });
    await restore(engine, place);
    const store = await openPlace(place);
    try {
      const migration = store.migrationDb();
      const before = Object.fromEntries(
        Object.entries(migrations).filter(([name]) => name < '0028-given-reasons'),
      );
      const migrator = new Migrator({ db: migration.db, provider: { getMigrations: async () => before } });
      expect((await migrator.migrateToLatest()).error).toBeUndefined();
      const english = {
        awayReasons: ['Break', 'Lunch', 'Meeting'],
        declineReasons: ['Busy right now', 'Not my topic'],
      };
      const changed = { ...english, awayReasons: ['Lunch', 'Meeting', 'Break'] };
      const kept = { saved: { ...english, twoFactor: 'required' }, changed, untouched: {} };
      for (const [id, settings] of Object.entries(kept))
        await sql`insert into accounts (id, name, settings, created_at)
          values (${id}, ${id}, ${JSON.stringify(settings)}, 1)`.execute(store.db);
      await migrate(migration.db);
      await migration.close();
      const ours = { awayReasons: givenAwayReasons, declineReasons: givenDeclineReasons };
      const read = (id: string) => readTeamSettings(store.db, id as AccountId);
      expect(await read('saved')).toEqual({ ...ours, twoFactor: 'required' });
      expect(await read('untouched')).toEqual({ ...ours, twoFactor: 'optional' });
      expect(await read('changed')).toEqual({
        ...ours,
        awayReasons: changed.awayReasons,
        twoFactor: 'optional',
      });
    } finally {
      await store.close();
      await place.remove();
    }
  });

  test('L26 what a queue said in words of the shop’s own it says as before, in every language', async () => {
    const place = await freshPlace(engine, { tables: false });
    await restore(engine, place);
    const store = await openPlace(place);
    try {
      const old = await sql<{
        id: QueueId;
        settings: string;
      }>`select id, settings from queues order by id`.execute(store.db);
      const [first, ...others] = old.rows;
      const texts = { waiting: 'Gleich sind wir da.', closed: '', noRep: 'Mittagspause', full: '' };
      const written = JSON.stringify({ ...JSON.parse(first!.settings), texts });
      await sql`update queues set settings = ${written} where id = ${first!.id}`.execute(store.db);
      const migration = store.migrationDb();
      await migrate(migration.db);
      await migration.close();
      const queues = await store.db.selectFrom('queues').selectAll().orderBy('id').execute();
      const saying = queues.map(queue => readQueueSettings(queue).texts);
      expect(saying).toEqual([{ every: texts }, ...others.map(() => ({}))]);
      expect(wordsIn(saying[0]!, 'de')).toEqual({ waiting: texts.waiting, noRep: texts.noRep });
      const sites = await store.db.selectFrom('sites').selectAll().execute();
      for (const site of sites)
        expect(readSiteSettings(site)).toMatchObject({
          languages: { allowed: 'all', default: 'en' },
          words: {},
        });
      const members = await store.db.selectFrom('members').select('languages').distinct().execute();
      expect(members).toEqual([{ languages: '[]' }]);
    } finally {
      await store.close();
      await place.remove();
    }
  });
});
