/** Opens the engine that the configuration asks for. */
import type { Logger } from 'pino';
import { openPostgres } from './postgres.ts';
import { openSqlite } from './sqlite.ts';
import type { Store } from './store.ts';

/**
 * PostgreSQL when there is a URL, else the embedded engine in the data folder. Throws `StoreError` with what to do
 * about it.
 */
export async function openStore(
  { databaseUrl, dataDir }: { databaseUrl: string | null; dataDir: string },
  log: Logger,
): Promise<Store> {
  if (databaseUrl !== null) return openPostgres(databaseUrl, log);
  const db = openSqlite(dataDir, log);
  return { db, siteLocks: null, close: () => db.destroy() };
}
