import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What the store is tried out with, and how its times relate to the wall clock. */
export const steady: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('store_probe')
      .addColumn('id', 'text', c => c.primaryKey())
      .addColumn('tries', 'bigint', c => c.notNull())
      .execute();
    await (db as Kysely<{ store_probe: { id: string; tries: number } }>)
      .insertInto('store_probe')
      .values({ id: 'probe', tries: 0 })
      .execute();
    await db.schema
      .createTable('clock')
      .addColumn('id', 'text', c => c.primaryKey())
      .addColumn('stepped', 'bigint', c => c.notNull())
      .addColumn('wall', 'bigint', c => c.notNull())
      .addColumn('boot', 'text', c => c.notNull())
      .addColumn('uptime', 'bigint', c => c.notNull())
      .execute();
  },
};
