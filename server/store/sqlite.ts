/** The embedded engine: one file under the data folder, used when no `DATABASE_URL` is set. */
import { chmodSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import type { Database } from './schema.ts';

/**
 * Open (and make, when missing) the database file. Every commit is on the disk before it is acknowledged
 * (`synchronous = FULL`): a call that a shopper was told about survives a power cut.
 */
export function openSqlite(dataDir: string): Kysely<Database> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const place = path.join(dataDir, 'talk-to-us.sqlite');
  const file = new SqliteDatabase(place);
  // The folder may have been there before with wider rights. The write-ahead log takes over the file's mode.
  chmodSync(place, 0o600);
  file.pragma('journal_mode = WAL');
  file.pragma('synchronous = FULL');
  file.pragma('foreign_keys = ON');
  file.pragma('busy_timeout = 5000');
  return new Kysely<Database>({ dialect: new SqliteDialect({ database: file }) });
}
