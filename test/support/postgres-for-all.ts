/** Starts PostgreSQL before the first test of a run and ends it after the last. */
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migratedName, migratePostgres } from './migrated.ts';
import { startPostgres } from './postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startPostgres();
  const client = new pg.Client(postgres.url);
  await client.connect();
  await client.query(`create database ${migratedName}`);
  await client.end();
  await migratePostgres(Object.assign(new URL(postgres.url), { pathname: `/${migratedName}` }).href);
  project.provide('postgresUrl', postgres.url);
  return () => postgres.stop();
}
