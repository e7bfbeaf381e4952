import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Clicks that led to no call, counted by the hour: what a shop loses while it is closed, full or without anybody. */
export const unmetDemand: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('unmet_demand')
      .addColumn('site_id', 'text', c => c.notNull().references('sites.id'))
      .addColumn('queue_id', 'text', c => c.notNull().references('queues.id'))
      // When the hour began, ms UTC.
      .addColumn('hour', 'bigint', c => c.notNull())
      .addColumn('reason', 'text', c => c.notNull())
      .addColumn('count', 'bigint', c => c.notNull())
      .addPrimaryKeyConstraint('unmet_demand_key', ['site_id', 'hour', 'queue_id', 'reason'])
      .execute();
  },
};
