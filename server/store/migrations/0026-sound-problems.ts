import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What is wrong with a sound is kept as a code instead of an English sentence: how each sentence began, and its code. */
const codes = [
  ['That is not an MP3', 'sound-not-a-sound'],
  ['The file is damaged', 'sound-damaged'],
  ['There is only silence', 'sound-silent'],
  ['Converting the file took', 'sound-took-too-long'],
  ['The server was restarted', 'sound-interrupted'],
  ['The file is empty', 'sound-empty'],
  // The others named a figure or a format, which the sentence alone has: those files are to be uploaded again anyway.
  ['', 'sound-failed'],
] as const;

export const soundProblems: Migration = {
  async up(db: Kysely<unknown>) {
    for (const [begins, reason] of codes)
      await sql`
        update sounds set problem = ${JSON.stringify({ reason })}
        where state = 'failed' and problem like ${`${begins}%`} and problem not like '{%'
      `.execute(db);
  },
};
