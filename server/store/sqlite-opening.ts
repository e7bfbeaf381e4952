/** Why the data folder or its database cannot be used, in words with what to do. */
import { StoreError, type StoreTroubleKind, troubleOf } from './store-error.ts';

const advice: Partial<Record<StoreTroubleKind, (folder: string) => string>> = {
  full: folder => `The disk of ${folder} is full. Make some room and start again.`,
  'read-only': folder =>
    `Nothing can be written in ${folder}. Mount it writable, give it to the user that runs this server, or set DATA_DIR to another folder.`,
  damaged: folder =>
    `The database in ${folder} is damaged. Keep a copy of the folder, and put back the last backup of talk-to-us.sqlite; without one, move the file away to begin anew.`,
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
    if (error instanceof StoreError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const kind = folderProblems.has(code) ? 'unreachable' : troubleOf(error)?.kind;
    const words = kind && advice[kind]?.(folder);
    throw words ? new StoreError(words, { cause: error }) : error;
  }
}
