import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * The history has one sequence for each account. What there is keeps its order within a site; between sites it is
 * ordered by time, where a clock that was set back counts as having stood still.
 */
export const historyPerAccount: Migration = {
  async up(db: Kysely<unknown>) {
    const { schema } = db;
    await schema
      .createTable('history_sequences')
      .addColumn('account_id', 'text', c => c.primaryKey().references('accounts.id'))
      .addColumn('last_seq', 'integer', c => c.notNull())
      .execute();
    // SQLite adds no column that refers to another table and has a value in the rows that there are.
    await schema
      .alterTable('call_events')
      .addColumn('account_id', 'text', c => c.notNull().defaultTo('main'))
      .execute();
    await schema.dropIndex('call_events_story').execute();
    await schema.dropIndex('call_events_of_site').execute();
    await sql`create table numbered_events (id text primary key, account_id text not null, seq integer not null)`.execute(
      db,
    );
    await sql`insert into numbered_events (id, account_id, seq)
      select id, account_id, row_number() over (partition by account_id order by reached, site_id, seq)
      from (
        select call_events.id, call_events.site_id, call_events.seq, sites.account_id,
          max(call_events.at) over (partition by call_events.site_id order by call_events.seq) as reached
        from call_events inner join sites on sites.id = call_events.site_id
      ) as timed`.execute(db);
    await sql`update call_events set seq = numbered_events.seq, account_id = numbered_events.account_id
      from numbered_events where numbered_events.id = call_events.id`.execute(db);
    await sql`insert into history_sequences (account_id, last_seq)
      select account_id, max(seq) from numbered_events group by account_id`.execute(db);
    await schema.dropTable('numbered_events').execute();
    await schema.alterTable('sites').dropColumn('last_event_seq').execute();
    await schema
      .createIndex('call_events_story')
      .unique()
      .on('call_events')
      .columns(['call_id', 'seq'])
      .execute();
    await schema
      .createIndex('call_events_of_account')
      .unique()
      .on('call_events')
      .columns(['account_id', 'seq'])
      .execute();
  },
};
