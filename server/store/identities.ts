/** Who somebody is at a sign-in provider. */
import type { Kysely } from 'kysely';
import type { RepId } from '../../shared/ids.ts';
import type { Database } from './schema.ts';

/** @param subject what the provider calls the person, for ever */
export async function findIdentity(
  db: Kysely<Database>,
  issuer: string,
  subject: string,
): Promise<RepId | null> {
  const row = await db
    .selectFrom('identities')
    .select('rep_id')
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .executeTakeFirst();
  return row?.rep_id ?? null;
}

/**
 * Note that this is who the person is there. False when one of the two is connected already; then nothing changes.
 */
export async function addIdentity(
  db: Kysely<Database>,
  identity: { issuer: string; subject: string; repId: RepId },
  now: number,
): Promise<boolean> {
  const { issuer, subject, repId } = identity;
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('identities')
    .values({ issuer, subject, rep_id: repId, created_at: now })
    .onConflict(conflict => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}
