/** The embedded engine: one file under the data folder, used when no `DATABASE_URL` is set. */
import { chmodSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import SqliteDatabase from 'better-sqlite3';
import { type Dialect, Kysely, SqliteDialect, type SqliteDatabase as SqliteFile } from 'kysely';
import type { Logger } from 'pino';
import { guardedDialect } from './guarded-dialect.ts';
import { Monitor } from './health.ts';
import type { Database } from './schema.ts';
import { PlannedOnceCompiler } from './sqlite-compiler.ts';
import { asTheDiskSays } from './sqlite-disk.ts';
import { PatientSqliteDriver, untilNotBusy } from './sqlite-driver.ts';
import { holdFolder } from './sqlite-lock.ts';
import { explained, explainSqlite, mustBeWritable } from './sqlite-opening.ts';
import { sqliteProbe } from './sqlite-probe.ts';
import { keepStatistics } from './sqlite-statistics.ts';
import { WalSync } from './sqlite-wal.ts';
import { statementLog } from './statement-log.ts';
import type { Store } from './store.ts';
import { StoreDown, troubleOf } from './store-error.ts';

export const sqliteFileName = 'talk-to-us.sqlite';

/**
 * The store on the embedded engine, for one server at a time. Throws `StoreError` when the folder or the file cannot
 * be used, or another server uses them.
 */
export async function openSqliteStore(dataDir: string, log: Logger): Promise<Store> {
  const place = path.join(dataDir, sqliteFileName);
  const monitor = new Monitor(log);
  const held = await explainSqlite(dataDir, () => {
    mustBeWritable(dataDir, place);
    return holdFolder(dataDir);
  });
  try {
    const file = await explainSqlite(dataDir, () => untilNotBusy(() => openFile(dataDir)));
    const { probe, noteCommit, close: closeProbe } = sqliteProbe(place);
    const wal = new WalSync(place);
    const committed = () => {
      noteCommit();
      wal.noteCommit();
    };
    const db = new Kysely<Database>({
      dialect: guardedDialect(patientDialect(file, committed), monitor),
      ...statementLog(log),
    });
    let endStatistics = () => {};
    return {
      db,
      health: monitor,
      siteLocks: null,
      transaction: work =>
        db.connection().execute(async connection => {
          // All of a transaction runs in one turn of the event loop. Between two of them others get theirs: the disk, sockets, workers.
          await nextTurn();
          file.pragma('synchronous = NORMAL');
          try {
            return await connection.transaction().execute(work);
          } finally {
            // It is not to be changed in one that could not be rolled back.
            if (!file.inTransaction) file.pragma('synchronous = FULL');
          }
        }),
      async durable() {
        try {
          await wal.durable();
        } catch (error) {
          const found = troubleOf(error);
          if (!found) throw error;
          monitor.report(found, error);
          throw new StoreDown(found, { cause: error });
        }
      },
      async forgetBytes() {
        await wal.durable();
        // Pages are cleaned as they are written (`secure_delete`); the log still has what they were before.
        file.pragma('wal_checkpoint(TRUNCATE)');
      },
      // A statement runs for as long as it takes: it holds up this process only.
      migrationDb: () => ({ db, close: async () => undefined }),
      explain: error => explained(dataDir, error),
      watch() {
        monitor.watch({
          ...probe,
          async tryOut(after) {
            wal.mustAnswer();
            await probe.tryOut(after);
          },
        });
        endStatistics = keepStatistics(file, log);
      },
      async close() {
        endStatistics();
        await monitor.close();
        closeProbe();
        try {
          await wal.close();
          await db.destroy();
        } catch (error) {
          // Closing the file would wait for the disk inside of SQLite. What is in the log is read at the next start.
          if (!(error instanceof StoreDown)) throw error;
          log.warn(error.message);
        } finally {
          held.release();
        }
      },
    };
  } catch (error) {
    held.release();
    throw error;
  }
}

/** The file alone, beside a server that may be using it: for tests and tools. */
export function openSqlite(dataDir: string, log?: Logger): Kysely<Database> {
  return new Kysely<Database>({
    dialect: patientDialect(openFile(dataDir)),
    ...(log && statementLog(log)),
  });
}

/**
 * Open (and make, when missing) the database file. Every commit is on the disk before it is acknowledged
 * (`synchronous = FULL`, or `Store.durable`): a call that a shopper was told about survives a power cut.
 */
function openFile(dataDir: string): SqliteDatabase.Database {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const place = path.join(dataDir, sqliteFileName);
  // SQLite would wait inside the call, which holds up the whole process: `untilNotBusy` waits outside.
  const file = new SqliteDatabase(place, { timeout: 0 });
  try {
    // The folder may have been there before with wider rights. The write-ahead log takes over the file's mode.
    chmodSync(place, 0o600);
    file.pragma('journal_mode = WAL');
    file.pragma('synchronous = FULL');
    file.pragma('foreign_keys = ON');
    // What is deleted or replaced is overwritten: a customer who is forgotten is in no free page.
    file.pragma('secure_delete = ON');
  } catch (error) {
    file.close();
    throw error;
  }
  return file;
}

function patientDialect(file: SqliteDatabase.Database, noteCommit?: () => void): Dialect {
  const database = preparedOnce(file);
  const dialect = new SqliteDialect({ database });
  dialect.createQueryCompiler = () => new PlannedOnceCompiler();
  dialect.createDriver = () =>
    new PatientSqliteDriver(
      database,
      () => file.inTransaction,
      error => asTheDiskSays(file.name, error),
      noteCommit,
    );
  return dialect;
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
