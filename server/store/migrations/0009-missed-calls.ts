import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What a rep missed stays in view until seen; offers are found by their rep. */
export const missedCalls: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .alterTable('reps')
      .addColumn('missed_seen_at', 'bigint', c => c.notNull().defaultTo(0))
      .execute();
    // Nobody is shown what they missed before there was anything to see.
    await sql`update reps set missed_seen_at = status_since`.execute(db);
    await db.schema.createIndex('offers_by_rep').on('offers').columns(['rep_id', 'ended_at']).execute();
  },
};
