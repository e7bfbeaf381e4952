/** What can be wrong with the database: in words for whoever runs the server, and as an error for whoever asked. */

/** The database cannot be used at the start; the message says what to do. */
export class StoreError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'StoreError';
  }
}

/** What is wrong with a store that worked. */
export const storeTroubles = [
  'no-answer',
  'unreachable',
  'refused',
  'crowded',
  'full',
  'read-only',
  'busy',
  'damaged',
  'failing',
  'stalled',
  'moved',
  'taken',
  'slow',
] as const;
export type StoreTroubleKind = (typeof storeTroubles)[number];
export type StoreTrouble = { kind: StoreTroubleKind; message: string };

/** Something was asked of a store that is ill. Nothing of it was done, unless it was lost on its way to the commit. */
export class StoreDown extends Error {
  readonly trouble: StoreTrouble;
  constructor(trouble: StoreTrouble, options?: { cause?: unknown }) {
    super(trouble.message, options);
    this.name = 'StoreDown';
    this.trouble = trouble;
  }
}

/** For the operator: what it means, and what to do. */
const words: Record<StoreTroubleKind, string> = {
  'no-answer': 'The database does not answer. Is it stopped, overloaded, or cut off by the network?',
  unreachable: 'The database cannot be reached. Is it running, and are host and port right?',
  refused: 'The database refuses this server. Check user, password, database name and pg_hba.conf.',
  crowded: 'The database has no connection left. Raise max_connections, or end other programs that use it.',
  full: 'The disk of the database is full. Make some room; nothing has to be started again.',
  'read-only': 'The database can be read but not written. Is it a standby, or its disk mounted read-only?',
  busy: 'Another program has locked the database file. End it, or wait for it to finish.',
  damaged: 'The database is damaged. Stop the server, keep a copy of it, and put back the last backup.',
  failing:
    'The disk of the database fails to read or to write. Look into the log of the system, and move the database to a good disk.',
  stalled:
    'The disk of the database does not answer. Look into the log of the system; is it on a network that is cut off?',
  moved:
    'The database file was moved or replaced. Stop the server, put the right file there, and start again.',
  taken: 'Another Talk to Us server has taken over this database. Stop one of the two.',
  slow: 'The database took too long for one question.',
};

export const trouble = (kind: StoreTroubleKind): StoreTrouble => ({ kind, message: words[kind] });

/** Codes of SQLite, of PostgreSQL (appendix A of its manual; by class where all of it means one thing), and of Node. */
const kinds: Record<string, StoreTroubleKind> = {
  SQLITE_BUSY: 'busy',
  SQLITE_LOCKED: 'busy',
  SQLITE_FULL: 'full',
  SQLITE_READONLY: 'read-only',
  SQLITE_CANTOPEN: 'unreachable',
  SQLITE_PERM: 'read-only',
  SQLITE_IOERR: 'failing',
  SQLITE_CORRUPT: 'damaged',
  SQLITE_NOTADB: 'damaged',
  ENOSPC: 'full',
  EDQUOT: 'full',
  EFBIG: 'full',
  EROFS: 'read-only',
  EACCES: 'read-only',
  EPERM: 'read-only',
  EIO: 'failing',
  ECONNREFUSED: 'unreachable',
  ECONNRESET: 'unreachable',
  EPIPE: 'unreachable',
  ENOTFOUND: 'unreachable',
  EAI_AGAIN: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ENOENT: 'unreachable',
  ETIMEDOUT: 'no-answer',
  '08': 'unreachable',
  '28': 'refused',
  '3D': 'refused',
  '53': 'full',
  '53300': 'crowded',
  '25006': 'read-only',
  '55P03': 'slow',
  '57014': 'slow',
  '57': 'unreachable',
  '40P01': 'slow',
  '40001': 'slow',
  '25P03': 'slow',
  '25P04': 'slow',
  '58': 'failing',
  XX001: 'damaged',
  XX002: 'damaged',
};

/** What `pg` says without a code. */
const unanswered = /timeout|timed? ?out/i;
const cut = /Connection terminated|not queryable|connection error/i;

/** What the error says about the store, or null when it is about the question. */
export function troubleOf(error: unknown): StoreTrouble | null {
  if (error instanceof StoreDown) return error.trouble;
  if (!(error instanceof Error)) return null;
  const code = 'code' in error ? String(error.code) : '';
  const kind = kinds[code] ?? (code.startsWith('SQLITE_') ? sqliteKind(code) : kinds[code.slice(0, 2)]);
  if (kind && kind in words) return trouble(kind);
  if (code === '' && cut.test(error.message)) return trouble('unreachable');
  if (code === '' && unanswered.test(error.message)) return trouble('no-answer');
  return null;
}

/** A deadlock, and a change that the isolation of the transaction does not allow for. */
const conflicts: ReadonlySet<string> = new Set(['40P01', '40001']);

/** The transaction was ended for the sake of another one: nothing of it was done, and it may be begun anew. */
export function isConflict(error: unknown): boolean {
  const root = error instanceof StoreDown ? error.cause : error;
  return root instanceof Error && 'code' in root && conflicts.has(String(root.code));
}

/** Extended codes say in which way: `SQLITE_IOERR_WRITE`. */
const sqliteKind = (code: string) => kinds[code.split('_').slice(0, 2).join('_')];

/** At the start there is more to say about a refusal. */
const advice: Record<string, string> = {
  ECONNREFUSED: 'Nothing listens there. Is PostgreSQL running, and are host and port right?',
  ENOTFOUND: 'There is no host of that name.',
  EAI_AGAIN: 'The name of the host cannot be looked up.',
  ETIMEDOUT: 'It does not answer. Is the port open in the firewall?',
  EHOSTUNREACH: 'The host cannot be reached.',
  ENOENT: 'There is no such socket. Is PostgreSQL running, and is the folder right?',
  '28P01': 'The password is wrong or missing.',
  '28000': 'The user may not connect. Check the user and pg_hba.conf.',
  '3D000': 'There is no database of that name. Make it with createdb.',
  '42501': 'The user may not make tables there. Make the user the owner of the database.',
  '53100': 'Its disk is full. Make some room.',
  '53300': 'It has no connection left. Raise max_connections.',
  '25006': 'It can be read but not written. Is it a standby, or is default_transaction_read_only on?',
  '57P03': 'It is starting or stopping. Try again in a moment.',
};

/** A pooler refuses what a session is told when it begins, or loses it between two transactions. */
const poolerWords =
  'It is behind a pooler that shares connections between transactions (such as PgBouncer with pool_mode = transaction), which loses the locks and settings of a session. Name PostgreSQL itself in DATABASE_URL, or set pool_mode = session.';
export const behindPooler = (cause?: unknown) =>
  new StoreError(`The database in DATABASE_URL cannot be used. ${poolerWords}`, { cause });

const notPostgres =
  'What listens there does not answer as PostgreSQL does, or ends the connection at once. Is the port right?';

/** The error in plain words; one of ours is left as it is. The URL is never shown: it holds a password. */
export function explainPostgres(error: unknown): Error {
  if (error instanceof StoreError) return error;
  const told = error instanceof Error ? error.message : String(error);
  if (/unsupported startup parameter/i.test(told)) return behindPooler(error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const what =
    advice[code] ??
    (unanswered.test(told) ? advice.ETIMEDOUT : undefined) ??
    (/invalid response|terminated unexpectedly/.test(told) ? notPostgres : undefined) ??
    (/password must be a (non-empty )?string/.test(told) ? advice['28P01'] : undefined) ??
    told;
  return new StoreError(`The database in DATABASE_URL cannot be used. ${what}`, { cause: error });
}
