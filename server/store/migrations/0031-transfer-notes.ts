import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Who sent a call on, and what they say to whoever has it next. */
export const transferNotes: Migration = {
  async up(db: Kysely<unknown>) {
    const { schema } = db;
    await schema
      .alterTable('calls')
      .addColumn('handed_by', 'text', c => c.references('reps.id'))
      .execute();
    for (const column of ['handed_note', 'transfer_note'])
      await schema
        .alterTable('calls')
        .addColumn(column, 'text', c => c.notNull().defaultTo(''))
        .execute();
  },
};
