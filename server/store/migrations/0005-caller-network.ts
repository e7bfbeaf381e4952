import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** From which network a live call came, as a keyed hash, so that caps on calls hold over a restart. */
export const callerNetwork: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .alterTable('calls')
      .addColumn('caller_network', 'text', c => c.notNull().defaultTo(''))
      .execute();
  },
};
