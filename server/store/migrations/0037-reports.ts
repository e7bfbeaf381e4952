import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Rows that reports are summed from. What there is of history is folded into them at the start of the server. */
export const reports: Migration = {
  async up({ schema }: Kysely<unknown>) {
    await schema
      .createTable('call_entries')
      .addColumn('site_id', 'text', c => c.notNull().references('sites.id'))
      .addColumn('quarter', 'integer', c => c.notNull())
      .addColumn('call_id', 'text', c => c.notNull())
      .addColumn('n', 'integer', c => c.notNull())
      .addColumn('queue_id', 'text', c => c.notNull())
      .addColumn('rep_id', 'text')
      .addColumn('entered_at', 'bigint', c => c.notNull())
      .addColumn('outcome', 'text', c => c.notNull())
      .addColumn('waited_ms', 'bigint', c => c.notNull())
      .addColumn('talk_ms', 'bigint', c => c.notNull())
      .addColumn('wrap_ms', 'bigint', c => c.notNull())
      .addColumn('missed', 'integer', c => c.notNull())
      .addColumn('language', 'text', c => c.notNull())
      .addColumn('page', 'text', c => c.notNull())
      .addPrimaryKeyConstraint('call_entries_key', ['call_id', 'n'])
      .execute();
    await schema
      .createIndex('call_entries_of_time')
      .on('call_entries')
      // With all that is summed, so that a year is read from the index alone.
      .columns([
        ...['site_id', 'quarter', 'outcome', 'waited_ms', 'talk_ms', 'wrap_ms', 'missed'],
        ...['queue_id', 'rep_id', 'language', 'page'],
      ])
      .execute();
    await schema
      .createTable('rep_work')
      .addColumn('site_id', 'text', c => c.notNull().references('sites.id'))
      .addColumn('quarter', 'integer', c => c.notNull())
      .addColumn('call_id', 'text', c => c.notNull())
      .addColumn('queue_id', 'text', c => c.notNull())
      .addColumn('rep_id', 'text', c => c.notNull())
      .addColumn('handling_ms', 'bigint', c => c.notNull())
      .addColumn('ringing_ms', 'bigint', c => c.notNull())
      .addColumn('on_duty_ms', 'bigint', c => c.notNull())
      .addColumn('missed', 'integer', c => c.notNull())
      .addPrimaryKeyConstraint('rep_work_key', ['call_id', 'rep_id', 'queue_id', 'quarter'])
      .execute();
    await schema
      .createIndex('rep_work_of_rep')
      .on('rep_work')
      .columns(['rep_id', 'quarter', 'handling_ms', 'on_duty_ms'])
      .execute();
    await schema
      .createIndex('rep_work_missed')
      .on('rep_work')
      .columns(['site_id', 'quarter'])
      .where(sql.ref('missed'), '>', sql.lit(0))
      .execute();
    await schema
      .createTable('figures_state')
      .addColumn('id', 'text', c => c.primaryKey())
      .addColumn('version', 'integer', c => c.notNull())
      .execute();
  },
};
