/** The embedded engine: one file under the data folder, used when no `DATABASE_URL` is set. */
import { chmodSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { Kysely, SqliteDialect, type SqliteDatabase as SqliteFile } from 'kysely';
import type { Logger } from 'pino';
import type { Database } from './schema.ts';
import { statementLog } from './statement-log.ts';

/**
 * Open (and make, when missing) the database file. Every commit is on the disk before it is acknowledged
 * (`synchronous = FULL`): a call that a shopper was told about survives a power cut.
 */
export function openSqlite(dataDir: string, log?: Logger): Kysely<Database> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const place = path.join(dataDir, 'talk-to-us.sqlite');
  const file = new SqliteDatabase(place);
  // The folder may have been there before with wider rights. The write-ahead log takes over the file's mode.
  chmodSync(place, 0o600);
  file.pragma('journal_mode = WAL');
  file.pragma('synchronous = FULL');
  file.pragma('foreign_keys = ON');
  file.pragma('busy_timeout = 5000');
  return new Kysely<Database>({
    dialect: new SqliteDialect({ database: preparedOnce(file) }),
    ...(log && statementLog(log)),
  });
}

/** Distinct statements are few (the code has them all); this bound only guards against a query built from input. */
const mostStatements = 500;

/** Parsing and planning a statement costs more than running it; each is prepared once and used again. */
function preparedOnce(file: SqliteDatabase.Database): SqliteFile {
  const statements = new Map<string, SqliteDatabase.Statement>();
  return {
    prepare(text: string) {
      let statement = statements.get(text);
      if (!statement) {
        if (statements.size >= mostStatements) statements.clear();
        statement = file.prepare(text);
        statements.set(text, statement);
      }
      return statement;
    },
    close: () => file.close(),
  };
}
