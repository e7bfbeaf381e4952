import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Since when a party is in its state: how long a shopper has been on hold is told after a reload and a restart too. */
export const partyStateSince: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .alterTable('call_parties')
      .addColumn('state_since', 'bigint', c => c.notNull().defaultTo(0))
      .execute();
    // Of who has left nobody asks.
    await sql`update call_parties set state_since = joined_at where left_at is null`.execute(db);
  },
};
