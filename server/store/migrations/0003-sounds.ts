import { type Kysely, PostgresAdapter } from 'kysely';
import type { Migration } from 'kysely/migration';

/** A shop's own sounds, with the converted audio itself: one place to back up, and there on every node. */
export const sounds: Migration = {
  async up(db: Kysely<unknown>) {
    const bytes = db.getExecutor().adapter instanceof PostgresAdapter ? 'bytea' : 'blob';
    await db.schema
      .createTable('sounds')
      .addColumn('id', 'text', c => c.primaryKey())
      .addColumn('site_id', 'text', c => c.notNull().references('sites.id'))
      .addColumn('name', 'text', c => c.notNull())
      .addColumn('state', 'text', c => c.notNull())
      .addColumn('progress', 'double precision', c => c.notNull())
      .addColumn('problem', 'text', c => c.notNull())
      .addColumn('ms', 'bigint')
      .addColumn('uploaded_at', 'bigint', c => c.notNull())
      // Last, so that SQLite reads the others without walking over it.
      .addColumn('audio', bytes)
      .execute();
    await db.schema.createIndex('sounds_by_site').on('sounds').columns(['site_id', 'uploaded_at']).execute();
  },
};
