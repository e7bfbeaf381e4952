/** Why the data folder or its database cannot be used, in words with what to do. */
import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { asTheDiskSays } from './sqlite-disk.ts';
import { StoreError, type StoreTroubleKind, troubleOf } from './store-error.ts';

const advice: Partial<Record<StoreTroubleKind, (folder: string) => string>> = {
  full: folder => `The disk of ${folder} is full. Make some room and start again.`,
  'read-only': folder =>
    `Nothing can be written in ${folder}. Mount it writable, give it to the user that runs this server, or set DATA_DIR to another folder.`,
  damaged: folder =>
    `The database in ${folder} is damaged. Keep a copy of the folder, and put back the last backup of talk-to-us.sqlite; without one, move the file away to begin anew.`,
  failing: folder =>
    `The disk of ${folder} fails to read or to write. Look into the log of the system, move the folder to a good disk, and start again.`,
  busy: folder =>
    `Another program has locked the database in ${folder}. End it (a backup, or sqlite3 at a prompt) and start again.`,
  unreachable: folder =>
    `The folder ${folder} cannot be used. It must be a folder that the user who runs this server may write to; set DATA_DIR to another one.`,
};

/** What Node says about the folder itself. */
const folderProblems: ReadonlySet<string> = new Set([
  'EACCES',
  'EPERM',
  'ENOTDIR',
  'EEXIST',
  'ENOENT',
  'ELOOP',
]);

/** Runs `work`, and tells what goes wrong as a `StoreError`. */
export async function explainSqlite<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explained(folder, error);
  }
}

/** The error as a `StoreError` with what to do, where it is about the folder or the database in it. */
export function explained(folder: string, thrown: unknown): Error {
  const error = asTheDiskSays(path.join(folder, 'database'), thrown);
  if (error instanceof StoreError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const kind = folderProblems.has(code) ? 'unreachable' : troubleOf(error)?.kind;
  const words = kind && advice[kind]?.(folder);
  if (words) return new StoreError(words, { cause: error });
  return error instanceof Error ? error : new Error(String(error));
}

/** Asked of the system beforehand, since SQLite says of most of it only that the file could not be opened. */
export function mustBeWritable(folder: string, place: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  accessSync(folder, constants.W_OK | constants.X_OK);
  const there = statSync(place, { throwIfNoEntry: false });
  if (there && !there.isFile())
    throw new StoreError(
      `${path.basename(place)} in ${folder} is not a file. Move it away, put back the last backup if there was one, and start again.`,
    );
}
