import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What a supervisor decided for a rep is told to them until their state changes again. */
export const directedReps: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .alterTable('reps')
      .addColumn('directed', 'text', c => c.notNull().defaultTo(''))
      .execute();
  },
};
