import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

type Tables = { queues: { id: string; settings: string } };

/**
 * Which languages a member speaks and a shopper reads; and a queue's own words by language: what was written before
 * was read by everybody, and still is.
 */
export const languages: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .alterTable('members')
      .addColumn('languages', 'text', c => c.notNull().defaultTo('[]'))
      .execute();
    await db.schema
      .alterTable('calls')
      .addColumn('language', 'text', c => c.notNull().defaultTo(''))
      .execute();
    const tables = db as Kysely<Tables>;
    for (const { id, settings } of await tables.selectFrom('queues').select(['id', 'settings']).execute()) {
      const { texts, ...others } = JSON.parse(settings) as { texts?: Record<string, string> };
      if (!texts) continue;
      const written = Object.values(texts).some(Boolean);
      const changed = { ...others, texts: written ? { every: texts } : {} };
      await tables
        .updateTable('queues')
        .set({ settings: JSON.stringify(changed) })
        .where('id', '=', id)
        .execute();
    }
  },
};
