/** Why the database cannot be used, in words for whoever starts the server. */

export class StoreError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'StoreError';
  }
}

/** Codes of the network and of PostgreSQL (appendix A of its manual), and what to do about each. */
const advice: Record<string, string> = {
  ECONNREFUSED: 'Nothing listens there. Is PostgreSQL running, and are host and port right?',
  ENOTFOUND: 'There is no host of that name.',
  EAI_AGAIN: 'The name of the host cannot be looked up.',
  ETIMEDOUT: 'It does not answer. Is the port open in the firewall?',
  EHOSTUNREACH: 'The host cannot be reached.',
  ENOENT: 'There is no such socket. Is PostgreSQL running, and is the folder right?',
  '28P01': 'The password is wrong.',
  '28000': 'The user may not connect. Check the user and pg_hba.conf.',
  '3D000': 'There is no database of that name. Make it with createdb.',
  '42501': 'The user may not make tables there. Make the user the owner of the database.',
  '53300': 'It has no connection left. Raise max_connections.',
};

/** The error in plain words; one of ours is left as it is. The URL is never shown: it holds a password. */
export function explainPostgres(error: unknown): Error {
  if (error instanceof StoreError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const told = error instanceof Error ? error.message : String(error);
  const what = advice[code] ?? (told.includes('timeout') ? advice.ETIMEDOUT : undefined) ?? told;
  return new StoreError(`The database in DATABASE_URL cannot be used. ${what}`, { cause: error });
}
