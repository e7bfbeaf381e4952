/** Databases that have their tables already, copied: making them anew for each test takes longer than many tests. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { migrate } from '../../server/store/migrate.ts';
import { openPostgres } from '../../server/store/postgres.ts';
import { openSqlite, sqliteFileName } from '../../server/store/sqlite.ts';
import { quiet } from './media.ts';

/** The PostgreSQL database that others are copied from; nobody may be connected to it then. */
export const migratedName = 'migrated';

let sqliteFile: Promise<Buffer> | undefined;

/** An embedded database with all tables and no rows, in `dataDir`, which is made if need be. */
export async function migratedSqlite(dataDir: string): Promise<void> {
  sqliteFile ??= makeSqliteFile();
  await mkdir(dataDir, { recursive: true });
  await writeFile(path.join(dataDir, sqliteFileName), await sqliteFile);
}

async function makeSqliteFile(): Promise<Buffer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'talk-to-us-migrated-'));
  const db = openSqlite(folder);
  await migrate(db);
  await db.destroy();
  const file = await readFile(path.join(folder, sqliteFileName));
  await rm(folder, { recursive: true });
  return file;
}

/** All tables in the PostgreSQL database at `url`. */
export async function migratePostgres(url: string): Promise<void> {
  const store = await openPostgres(url, quiet);
  const migration = store.migrationDb();
  await migrate(migration.db);
  await migration.close();
  await store.close();
}
