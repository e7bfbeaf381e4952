import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import SqliteFile from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { sqliteProbe } from '../../../server/store/sqlite-probe.ts';

test('T136 trying the file out never moves what others wrote from the log into the database: it waits for no disk', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'talk-to-us-probe-'));
  const place = path.join(folder, 'talk-to-us.sqlite');
  const file = new SqliteFile(place);
  onTestFinished(async () => {
    file.close();
    await rm(folder, { recursive: true });
  });
  file.pragma('journal_mode = WAL');
  file.exec('create table store_probe (tries integer); insert into store_probe values (0)');
  file.pragma('wal_checkpoint(TRUNCATE)');
  const { size } = await stat(place);
  // More than SQLite leaves in the log by itself.
  file.pragma('wal_autocheckpoint = 0');
  file.exec('create table much (bytes blob)');
  const insert = file.prepare('insert into much values (zeroblob(4000))');
  for (let n = 0; n < 3_000; n++) insert.run();
  const { probe, close } = sqliteProbe(place);
  await probe.tryOut(null);
  expect(file.prepare('select tries from store_probe').pluck().get()).toBe(1);
  expect((await stat(place)).size).toBe(size);
  close();
});
