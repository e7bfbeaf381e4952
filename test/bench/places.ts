/** Where the store of a benchmark that runs in this process is: fresh databases of either engine, which do not wait for the disk. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { openStore } from '../../server/store/open.ts';
import type { Store } from '../../server/store/store.ts';
import type { Engine } from '../support/engines.ts';
import { quiet } from '../support/media.ts';
import { startPostgres } from '../support/postgres.ts';

export type Places = { next(): Promise<Store>; close(): Promise<void> };

async function sqlitePlaces(): Promise<Places> {
  const folder = await mkdtemp(path.join(tmpdir(), 'talk-to-us-bench-'));
  let count = 0;
  return {
    async next() {
      const dataDir = path.join(folder, String(count++));
      const store = await openStore({ databaseUrl: null, dataDir }, quiet);
      await sql`pragma synchronous = off`.execute(store.db);
      return store;
    },
    close: () => rm(folder, { recursive: true }),
  };
}

async function postgresPlaces(): Promise<Places> {
  const postgres = await startPostgres();
  let count = 0;
  return {
    async next() {
      const name = `bench_${count++}`;
      const client = new pg.Client(postgres.url);
      await client.connect();
      await client.query(`create database ${name}`);
      await client.end();
      const url = new URL(postgres.url);
      url.pathname = name;
      return openStore({ databaseUrl: url.href, dataDir: '' }, quiet);
    },
    close: () => postgres.stop(),
  };
}

export const placesOn: Record<Engine, () => Promise<Places>> = {
  SQLite: sqlitePlaces,
  PostgreSQL: postgresPlaces,
};
