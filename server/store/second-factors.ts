/** Second factors and recovery codes. Which of several at once may use a code is decided here. */
import type { Kysely } from 'kysely';
import type { RepId } from '../../shared/ids.ts';
import type { Database, SecondFactorRow } from './schema.ts';

export async function findSecondFactor(db: Kysely<Database>, repId: RepId): Promise<SecondFactorRow | null> {
  const row = await db
    .selectFrom('second_factors')
    .selectAll()
    .where('rep_id', '=', repId)
    .executeTakeFirst();
  return row ?? null;
}

/** Keep a secret that waits for its first code; one that waited before is forgotten. */
export async function putPending(db: Kysely<Database>, repId: RepId, pending: string): Promise<void> {
  await db
    .insertInto('second_factors')
    .values({ rep_id: repId, secret: null, last_step: 0, pending })
    .onConflict(conflict => conflict.column('rep_id').doUpdateSet({ pending }))
    .execute();
}

/** Make the secret that waits the one that counts. False when another one waits by now. */
export async function confirmPending(
  db: Kysely<Database>,
  repId: RepId,
  pending: string,
  step: number,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('second_factors')
    .set({ secret: pending, last_step: step, pending: null })
    .where('rep_id', '=', repId)
    .where('pending', '=', pending)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Note that the code of that step was used. True for exactly one caller, and never for a step that is not after the last one. */
export async function claimStep(db: Kysely<Database>, repId: RepId, step: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('second_factors')
    .set({ last_step: step })
    .where('rep_id', '=', repId)
    .where('last_step', '<', step)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Use a recovery code up. True for exactly one caller. */
export async function claimRecoveryCode(
  db: Kysely<Database>,
  repId: RepId,
  codeHash: string,
): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('recovery_codes')
    .where('rep_id', '=', repId)
    .where('code_hash', '=', codeHash)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

/** To be called in a transaction. */
export async function replaceRecoveryCodes(
  db: Kysely<Database>,
  repId: RepId,
  hashes: readonly string[],
): Promise<void> {
  await db.deleteFrom('recovery_codes').where('rep_id', '=', repId).execute();
  await db
    .insertInto('recovery_codes')
    .values(hashes.map(code_hash => ({ rep_id: repId, code_hash })))
    .execute();
}

export async function countRecoveryCodes(db: Kysely<Database>, repId: RepId): Promise<number> {
  const { left } = await db
    .selectFrom('recovery_codes')
    .select(({ fn }) => fn.countAll().as('left'))
    .where('rep_id', '=', repId)
    .executeTakeFirstOrThrow();
  return Number(left);
}

/** To be called in a transaction. False when there was none that counted. */
export async function removeSecondFactor(db: Kysely<Database>, repId: RepId): Promise<boolean> {
  await db.deleteFrom('recovery_codes').where('rep_id', '=', repId).execute();
  const removed = await db
    .deleteFrom('second_factors')
    .where('rep_id', '=', repId)
    .returning('secret')
    .execute();
  return removed.some(({ secret }) => secret !== null);
}

/** Which of these people have one. */
export async function withSecondFactor(
  db: Kysely<Database>,
  repIds: readonly RepId[],
): Promise<ReadonlySet<RepId>> {
  const rows = await db
    .selectFrom('second_factors')
    .select('rep_id')
    .where('rep_id', 'in', [...repIds])
    .where('secret', 'is not', null)
    .execute();
  return new Set(rows.map(row => row.rep_id));
}
