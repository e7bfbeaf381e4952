/**
 * Rows that are held while something about them is changed, on an engine that runs transactions side by side: whoever wants the
 * same row waits until this transaction ends, and then reads what it left. Whoever needs several holds them in this order, so that
 * no two wait for each other: sites, accounts by their ids, people by theirs. To be called in a transaction.
 */
import { type Kysely, sql } from 'kysely';
import type { AccountId, RepId, SiteId } from '../../shared/ids.ts';
import type { Database } from './schema.ts';

/** For whatever is read and then written about an account, its members and who serves its queues. */
export const holdAccount = (db: Kysely<Database>, id: AccountId): Promise<void> => hold(db, 'accounts', id);

/** For what somebody signs in with, and for their photo: what is theirs, whichever account. */
export const holdPerson = (db: Kysely<Database>, id: RepId): Promise<void> => hold(db, 'reps', id);

/** For what is counted in a site and has no change of the site of its own. */
export const holdSite = (db: Kysely<Database>, id: SiteId): Promise<void> => hold(db, 'sites', id);

async function hold(db: Kysely<Database>, table: 'accounts' | 'reps' | 'sites', id: string): Promise<void> {
  await sql`update ${sql.table(table)} set created_at = created_at where id = ${id}`.execute(db);
}
