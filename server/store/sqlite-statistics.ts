/**
 * Keeps the figures by which SQLite chooses an index: nothing renews them by itself. PostgreSQL's autovacuum does so for
 * the other engine.
 */
import type SqliteDatabase from 'better-sqlite3';
import type { Logger } from 'pino';
import { storeLimits } from './limits.ts';

/** Looks at all tables (0x10000), analyses those that changed much (0x02), reading a few thousand rows of each (0x10). */
const allTables = 'optimize = 0x10012';
/** The same for the tables that this connection has asked since. */
const askedTables = 'optimize';

/** Now, and every `statisticsEveryMs`. @returns what ends it */
export function keepStatistics(file: SqliteDatabase.Database, log: Logger): () => void {
  let timer: NodeJS.Timeout;
  const renew = (pragma: string) => {
    // Part of somebody's change it would be undone along with it.
    const wait = file.inTransaction ? storeLimits.busyRetryMs : storeLimits.statisticsEveryMs;
    if (!file.inTransaction) {
      try {
        file.pragma(pragma);
      } catch (err) {
        // Locked by another program, or the disk is full: old figures do, and the health of the store is watched elsewhere.
        log.debug({ err }, 'statistics of the database not renewed');
      }
    }
    timer = setTimeout(renew, wait, wait === storeLimits.busyRetryMs ? pragma : askedTables).unref();
  };
  renew(allTables);
  return () => clearTimeout(timer);
}
