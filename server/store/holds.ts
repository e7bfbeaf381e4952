/**
 * Rows that are held while something about them is changed, on an engine that runs transactions side by side: whoever wants the
 * same row waits until this transaction ends, and then reads what it left. Two that need several hold them in this order:
 * sites, then accounts by their ids, then people by theirs.
 */
import type { Kysely } from 'kysely';
import type { AccountId, RepId, SiteId } from '../../shared/ids.ts';
import type { Database } from './schema.ts';

/** For whatever is read and then written about an account, its members and who serves its queues. To be called in a transaction. */
export async function holdAccount(db: Kysely<Database>, id: AccountId): Promise<void> {
  await db
    .updateTable('accounts')
    .set(({ ref }) => ({ created_at: ref('created_at') }))
    .where('id', '=', id)
    .execute();
}

/** For what somebody signs in with, and for their photo: what is theirs, whichever account. To be called in a transaction. */
export async function holdPerson(db: Kysely<Database>, id: RepId): Promise<void> {
  await db
    .updateTable('reps')
    .set(({ ref }) => ({ created_at: ref('created_at') }))
    .where('id', '=', id)
    .execute();
}

/** For what is counted in a site and has no change of the site of its own. To be called in a transaction. */
export async function holdSite(db: Kysely<Database>, id: SiteId): Promise<void> {
  await db
    .updateTable('sites')
    .set(({ ref }) => ({ created_at: ref('created_at') }))
    .where('id', '=', id)
    .execute();
}
