import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What is due of reps is found without looking at every rep. */
export const dueTimesOfReps: Migration = {
  async up(db: Kysely<unknown>) {
    for (const column of ['lost_until', 'wrap_up_until', 'microphone_due'])
      await db.schema
        .createIndex(`reps_${column}`)
        .on('reps')
        .columns([column])
        .where(sql<boolean>`${sql.ref(column)} is not null`)
        .execute();
  },
};
