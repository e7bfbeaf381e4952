/** Opens the engine that the configuration asks for. */
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import { openPostgres, openPostgresBeside } from './postgres.ts';
import type { Database } from './schema.ts';
import { openSqlite, openSqliteStore } from './sqlite.ts';
import type { Store } from './store.ts';

type Place = { databaseUrl: string | null; dataDir: string };

/**
 * PostgreSQL when there is a URL, else the embedded engine in the data folder. Throws `StoreError` with what to do
 * about it.
 */
export async function openStore({ databaseUrl, dataDir }: Place, log: Logger): Promise<Store> {
  return databaseUrl === null ? openSqliteStore(dataDir, log) : openPostgres(databaseUrl, log);
}

/** The same database beside a server that may be using it, for commands of the operator. Its tables must be there. */
export const openBeside = ({ databaseUrl, dataDir }: Place): Kysely<Database> =>
  databaseUrl === null ? openSqlite(dataDir) : openPostgresBeside(databaseUrl);
