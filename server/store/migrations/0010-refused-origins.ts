import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Pages that asked for the button of a site without standing on its list. */
export const refusedOrigins: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('refused_origins')
      .addColumn('site_id', 'text', c => c.notNull().references('sites.id'))
      .addColumn('origin', 'text', c => c.notNull())
      .addColumn('first_at', 'bigint', c => c.notNull())
      .addColumn('last_at', 'bigint', c => c.notNull())
      .addColumn('count', 'bigint', c => c.notNull())
      .addPrimaryKeyConstraint('refused_origins_key', ['site_id', 'origin'])
      .execute();
  },
};
