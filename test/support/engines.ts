/** The two engines, for tests that must hold on both. PostgreSQL is started once per run, see `vitest.config.ts`. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { openStore } from '../../server/store/open.ts';
import type { Store } from '../../server/store/store.ts';
import { quiet } from './media.ts';
import { migratedName, migratedSqlite } from './migrated.ts';

export const engines = ['SQLite', 'PostgreSQL'] as const;
export type Engine = (typeof engines)[number];

/** Where a fresh database is. `dataDir` is there in any case, for what lies beside the database. */
export type Place = {
  databaseUrl: string | null;
  dataDir: string;
  /** Starts a server on it. */
  environment: { DATABASE_URL?: string };
  remove(): Promise<void>;
};

/** @param tables false for a database that nobody has used yet */
export async function freshPlace(engine: Engine, { tables = true } = {}): Promise<Place> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'talk-to-us-store-'));
  if (engine === 'SQLite' && tables) await migratedSqlite(dataDir);
  const databaseUrl = engine === 'SQLite' ? null : await newDatabase(tables);
  return {
    dataDir,
    databaseUrl,
    environment: databaseUrl === null ? {} : { DATABASE_URL: databaseUrl },
    remove: () => rm(dataDir, { recursive: true }),
  };
}

async function newDatabase(tables: boolean): Promise<string> {
  const url = new URL(inject('postgresUrl'));
  const client = new pg.Client(url.href);
  await client.connect();
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`;
  await client.query(`create database ${name}${tables ? ` template ${migratedName}` : ''}`);
  await client.end();
  url.pathname = `/${name}`;
  return url.href;
}

export const openPlace = (place: Place): Promise<Store> => openStore(place, quiet);
