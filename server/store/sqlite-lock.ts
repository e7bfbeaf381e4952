/**
 * One server at a time on one data folder. The operating system's lock of a small SQLite file beside the database is
 * held for the life of the process: it ends with the process, however that ends, so that nothing stale stays behind.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import SqliteDatabase from 'better-sqlite3';
import { storeLimits } from './limits.ts';
import { StoreError, troubleOf } from './store-error.ts';

const fileName = 'talk-to-us.lock';

/** Waits for a server that is just ending. Throws `StoreError` when another one uses the folder. */
export async function holdFolder(dataDir: string): Promise<{ release(): void }> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = new SqliteDatabase(path.join(dataDir, fileName), { timeout: 0 });
  const deadline = performance.now() + storeLimits.handOverMs;
  for (;;) {
    try {
      file.exec('begin exclusive');
      return { release: () => file.close() };
    } catch (error) {
      const busy = troubleOf(error)?.kind === 'busy';
      if (!busy || performance.now() >= deadline) {
        file.close();
        throw busy
          ? new StoreError(
              `Another Talk to Us server uses the folder ${dataDir}. Stop it first, or give this one a folder of its own with DATA_DIR.`,
            )
          : error;
      }
      await delay(storeLimits.busyRetryMs);
    }
  }
}
