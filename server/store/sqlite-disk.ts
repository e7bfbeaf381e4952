/** What a disk refuses, SQLite tells as an I/O error of some kind: what is wrong with it is asked of the disk itself. */
import { closeSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { storeLimits } from './limits.ts';
import { StoreDown, troubleOf } from './store-error.ts';

/** A few bytes find room in what the database has already; a whole change needs more. Throws what the system says. */
export function mustHaveRoom(place: string): void {
  const scratch = `${place}.room`;
  try {
    const file = openSync(scratch, 'w', 0o600);
    try {
      writeSync(file, Buffer.alloc(storeLimits.roomBytes, 1));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  } finally {
    rmSync(scratch, { force: true });
  }
}

/** The error, or what the disk says where SQLite did not know. */
export function asTheDiskSays(place: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (!/^SQLITE_(IOERR|CANTOPEN)/.test(code)) return error;
  try {
    mustHaveRoom(place);
    return error;
  } catch (said) {
    const found = troubleOf(said);
    return found ? new StoreDown(found, { cause: error }) : error;
  }
}
