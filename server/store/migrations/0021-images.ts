import { type Kysely, PostgresAdapter } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Logos of shops and photos of people, with the pictures themselves: one place to back up, and there on every node. */
export const images: Migration = {
  async up(db: Kysely<unknown>) {
    const { schema } = db;
    const isPostgres = db.getExecutor().adapter instanceof PostgresAdapter;
    await schema
      .createTable('images')
      .addColumn('id', 'text', c => c.primaryKey())
      .addColumn('name', 'text', c => c.notNull())
      .addColumn('site_id', 'text', c => c.references('sites.id'))
      .addColumn('rep_id', 'text', c => c.references('reps.id').unique())
      .addColumn('created_at', 'bigint', c => c.notNull())
      // Last, so that SQLite reads the others without walking over it.
      .addColumn('data', isPostgres ? 'bytea' : 'blob', c => c.notNull())
      .execute();
    await schema.createIndex('images_by_name').on('images').column('name').execute();
    await schema.createIndex('images_by_site').on('images').columns(['site_id', 'name']).unique().execute();
  },
};
