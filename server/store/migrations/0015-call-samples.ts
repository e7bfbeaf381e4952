import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What each side of a call measured, every few seconds. */
export const callSamples: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('call_samples')
      .addColumn('site_id', 'text', c => c.notNull().references('sites.id'))
      .addColumn('call_id', 'text', c => c.notNull().references('calls.id'))
      .addColumn('party_id', 'text', c => c.notNull().references('call_parties.id'))
      .addColumn('at', 'bigint', c => c.notNull())
      .addColumn('rtt_ms', 'integer', c => c.notNull())
      .addColumn('jitter_ms', 'integer', c => c.notNull())
      .addColumn('loss_percent', 'real', c => c.notNull())
      .addColumn('mos', 'real', c => c.notNull())
      .execute();
    await db.schema
      .createIndex('call_samples_by_call')
      .on('call_samples')
      .columns(['call_id', 'at'])
      .execute();
  },
};
