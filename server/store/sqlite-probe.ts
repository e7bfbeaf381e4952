/** Tries the database file out by a connection of its own, without waiting inside of SQLite. */
import { statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import SqliteDatabase from 'better-sqlite3';
import type { Probe } from './health.ts';
import { storeLimits } from './limits.ts';
import { asTheDiskSays, mustHaveRoom } from './sqlite-disk.ts';
import { StoreDown, type StoreTrouble, trouble, troubleOf } from './store-error.ts';

type SqliteProbe = {
  probe: Probe;
  /** A change was committed by the connection that everybody uses: the file works. */
  noteCommit(): void;
  close(): void;
};

/** @param place the database file, which must be there */
export function sqliteProbe(place: string): SqliteProbe {
  const { ino } = statSync(place);
  let file: SqliteDatabase.Database | undefined;
  let commits = 0;

  const open = () => {
    if (file) return file;
    file = new SqliteDatabase(place, { timeout: 0, fileMustExist: true });
    // What is written here needs to survive nothing: no waiting for the disk.
    file.pragma('synchronous = OFF');
    // But then it must never be this connection that moves what others wrote from the log into the database.
    file.pragma('wal_autocheckpoint = 0');
    return file;
  };

  const tryOut = async (after: StoreTrouble | null): Promise<void> => {
    mustBeThere(place, ino);
    const before = commits;
    const deadline = performance.now() + storeLimits.probeMs - storeLimits.busyRetryMs * 4;
    for (;;) {
      try {
        open().exec('begin immediate; update store_probe set tries = tries + 1; commit');
        break;
      } catch (error) {
        if (file?.inTransaction) file.exec('rollback');
        if (troubleOf(error)?.kind !== 'busy') throw asTheDiskSays(place, error);
        // Busy with our own changes.
        if (commits > before) break;
        if (performance.now() >= deadline) throw error;
        await delay(storeLimits.busyRetryMs);
      }
    }
    if (after?.kind === 'full') mustHaveRoom(place);
  };

  return {
    probe: { tryOut, letGo: () => undefined },
    noteCommit() {
      commits++;
    },
    close: () => file?.close(),
  };
}

/** Who writes to a file that has no name any more loses everything at the end. */
function mustBeThere(place: string, ino: number): void {
  let now: number | undefined;
  try {
    now = statSync(place).ino;
  } catch (cause) {
    throw new StoreDown(trouble('moved'), { cause });
  }
  if (now !== ino) throw new StoreDown(trouble('moved'));
}
