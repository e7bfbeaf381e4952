/** Opens the engine that the configuration asks for. */
import type { Logger } from 'pino';
import { openPostgres } from './postgres.ts';
import { openSqliteStore } from './sqlite.ts';
import type { Store } from './store.ts';

/**
 * PostgreSQL when there is a URL, else the embedded engine in the data folder. Throws `StoreError` with what to do
 * about it.
 */
export async function openStore(
  { databaseUrl, dataDir }: { databaseUrl: string | null; dataDir: string },
  log: Logger,
): Promise<Store> {
  return databaseUrl === null ? openSqliteStore(dataDir, log) : openPostgres(databaseUrl, log);
}
