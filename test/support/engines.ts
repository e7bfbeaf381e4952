/** The two engines, for tests that must hold on both. PostgreSQL is started once per run, see `vitest.config.ts`. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { openStore } from '../../server/store/open.ts';
import type { Store } from '../../server/store/store.ts';
import { quiet } from './media.ts';

export const engines = ['SQLite', 'PostgreSQL'] as const;
export type Engine = (typeof engines)[number];

/** Where a fresh, empty database is. `folder` is there in any case, for what lies beside the database. */
export type Place = { databaseUrl: string | null; dataDir: string; remove(): Promise<void> };

export async function freshPlace(engine: Engine): Promise<Place> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'talk-to-us-store-'));
  return {
    dataDir,
    databaseUrl: engine === 'SQLite' ? null : await newDatabase(),
    remove: () => rm(dataDir, { recursive: true }),
  };
}

async function newDatabase(): Promise<string> {
  const template = new URL(inject('postgresUrl'));
  const client = new pg.Client(template.href);
  await client.connect();
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`;
  await client.query(`create database ${name}`);
  await client.end();
  template.pathname = `/${name}`;
  return template.href;
}

export const openPlace = (place: Place): Promise<Store> => openStore(place, quiet);
