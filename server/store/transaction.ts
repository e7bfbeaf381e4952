/** Transactions that are begun anew when the database ends them for the sake of another one. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Kysely, Transaction } from 'kysely';
import { storeLimits } from './limits.ts';
import type { Database } from './schema.ts';
import { isConflict } from './store-error.ts';

/**
 * As `db.transaction()`. PostgreSQL ends one of two transactions that wait for each other, of which nothing is left then: it is
 * begun anew after a moment, up to `storeLimits.conflictTries` times in all. `work` may therefore be run more than once, all
 * but the last in vain: it acts on the transaction alone.
 */
export async function inTransaction<T>(
  db: Kysely<Database>,
  work: (trx: Transaction<Database>) => Promise<T>,
): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      if (!isConflict(error) || tried >= storeLimits.conflictTries) throw error;
      // Drawn by lot, so that two that met do not meet again; the connection is not held meanwhile.
      await delay(Math.random() * storeLimits.conflictWaitMs * 2 ** tried);
    }
  }
}
