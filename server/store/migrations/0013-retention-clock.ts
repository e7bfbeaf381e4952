import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** By which time old calls are forgotten: not simply that of the wall clock, see `calls/due/retention-clock.ts`. */
export const retentionClock: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('retention_clock')
      .addColumn('id', 'text', c => c.primaryKey())
      .addColumn('reached', 'bigint', c => c.notNull())
      .execute();
  },
};
