import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Callers whom a shop takes no calls from, and the networks of calls that are over but may still be blocked. */
export const blocks: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('blocks')
      .addColumn('id', 'text', c => c.primaryKey())
      .addColumn('site_id', 'text', c => c.notNull().references('sites.id'))
      .addColumn('label', 'text', c => c.notNull())
      .addColumn('reason', 'text', c => c.notNull())
      .addColumn('rep_id', 'text', c => c.notNull().references('reps.id'))
      .addColumn('created_at', 'bigint', c => c.notNull())
      // Null for good.
      .addColumn('expires_at', 'bigint')
      .execute();
    await db.schema
      .createIndex('blocks_of_site')
      .on('blocks')
      .columns(['site_id', 'created_at', 'id'])
      .execute();
    // Several blocks may be about the same caller: to lift one leaves the others.
    await db.schema
      .createTable('block_marks')
      .addColumn('site_id', 'text', c => c.notNull())
      .addColumn('mark', 'text', c => c.notNull())
      .addColumn('block_id', 'text', c => c.notNull().references('blocks.id'))
      .addPrimaryKeyConstraint('block_marks_key', ['site_id', 'mark', 'block_id'])
      .execute();
    await db.schema.createIndex('block_marks_of_block').on('block_marks').columns(['block_id']).execute();
    await db.schema
      .createIndex('calls_network_kept')
      .on('calls')
      .columns(['site_id', 'ended_at'])
      .where(sql<boolean>`caller_network <> '' and ended_at is not null`)
      .execute();
  },
};
