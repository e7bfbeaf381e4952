/**
 * One server at a time on one data folder. The operating system's lock of a small SQLite file beside the database is
 * held for the life of the process: it ends with the process, however that ends, so that nothing stale stays behind.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import SqliteDatabase from 'better-sqlite3';
import { storeLimits } from './limits.ts';
import { StoreError, troubleOf } from './store-error.ts';

const fileName = 'talk-to-us.lock';
/** Says who holds the lock, for whoever is refused; of no meaning while nobody does. */
const holderName = 'talk-to-us.pid';

/** Waits for a server that is just ending. Throws `StoreError` when another one uses the folder, which is there. */
export async function holdFolder(dataDir: string): Promise<{ release(): void }> {
  const file = new SqliteDatabase(path.join(dataDir, fileName), { timeout: 0 });
  const holder = path.join(dataDir, holderName);
  const deadline = performance.now() + storeLimits.handOverMs;
  try {
    for (;;) {
      try {
        file.exec('begin exclusive');
        writeFileSync(holder, `${process.pid}\n`, { mode: 0o600 });
        return {
          release() {
            try {
              rmSync(holder, { force: true });
            } catch {
              // A disk that cannot be written keeps it, where it means nothing once the lock is gone.
            }
            file.close();
          },
        };
      } catch (error) {
        if (troubleOf(error)?.kind !== 'busy') throw error;
        if (performance.now() >= deadline)
          throw new StoreError(
            `Another Talk to Us server${processIn(holder)} uses the folder ${dataDir}. Stop it first, or give this one a folder of its own with DATA_DIR.`,
          );
        await delay(storeLimits.busyRetryMs);
      }
    }
  } catch (error) {
    file.close();
    throw error;
  }
}

function processIn(holder: string): string {
  try {
    const pid = readFileSync(holder, 'utf8').trim();
    return /^\d{1,10}$/.test(pid) ? ` (process ${pid})` : '';
  } catch {
    return '';
  }
}
