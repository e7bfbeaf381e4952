import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Calls have parties in the place of one rep, and the history of a site has one sequence. */
export const callParties: Migration = {
  async up(db: Kysely<unknown>) {
    const { schema } = db;
    await schema
      .createTable('call_parties')
      .addColumn('id', 'text', c => c.primaryKey())
      .addColumn('site_id', 'text', c => c.notNull().references('sites.id'))
      .addColumn('call_id', 'text', c => c.notNull().references('calls.id'))
      .addColumn('kind', 'text', c => c.notNull())
      .addColumn('rep_id', 'text', c => c.references('reps.id'))
      .addColumn('mode', 'text', c => c.notNull())
      .addColumn('state', 'text', c => c.notNull())
      .addColumn('muted', 'integer', c => c.notNull())
      .addColumn('mos', 'real')
      .addColumn('joined_at', 'bigint', c => c.notNull())
      .addColumn('left_at', 'bigint')
      .addColumn('left_why', 'text')
      .execute();
    await fillParties(db);
    await schema.createIndex('call_parties_by_call').on('call_parties').columns(['call_id']).execute();
    // The database itself refuses a second call to one rep.
    await schema
      .createIndex('call_parties_one_call_per_rep')
      .unique()
      .on('call_parties')
      .columns(['rep_id'])
      .where(sql<boolean>`left_at is null and rep_id is not null`)
      .execute();
    await schema.dropIndex('calls_by_rep').execute();
    for (const column of ['rep_id', 'shopper_muted', 'rep_muted', 'shopper_mos', 'rep_mos'])
      await schema.alterTable('calls').dropColumn(column).execute();
    // A talk that came of a callback is none any more.
    await sql`update calls set callback_expires_at = null, callback_tries = 0
      where state = 'talking'`.execute(db);

    await numberEvents(db);

    await schema.alterTable('queues').addColumn('wait_due', 'bigint').execute();
    // Looked at once, which finds out.
    await sql`update queues set wait_due = 0`.execute(db);
    for (const column of ['wait_due', 'hours_due'])
      await schema
        .createIndex(`queues_${column}`)
        .on('queues')
        .columns([column])
        .where(sql<boolean>`${sql.ref(column)} is not null`)
        .execute();
  },
};

async function fillParties(db: Kysely<unknown>): Promise<void> {
  const columns = sql`id, site_id, call_id, kind, rep_id, mode, state, muted, mos, joined_at, left_at, left_why`;
  await sql`insert into call_parties (${columns})
    select id || ':shopper', site_id, id, 'shopper', null, 'talk', 'joined', shopper_muted, shopper_mos, started_at,
      ended_at, case when state = 'ended' then 'call-ended' end
    from calls`.execute(db);
  await sql`insert into call_parties (${columns})
    select id || ':rep', site_id, id, 'rep', rep_id, 'talk', 'joined', rep_muted, rep_mos,
      coalesce(answered_at, (select max(offers.ended_at) from offers
        where offers.call_id = calls.id and offers.rep_id = calls.rep_id and offers.state = 'accepted'), started_at),
      ended_at, case when state = 'ended' then 'call-ended' end
    from calls where rep_id is not null`.execute(db);
}

/** The events of a site, those of one call in their order, and calls in that of their beginnings. */
async function numberEvents(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .alterTable('sites')
    .addColumn('last_event_seq', 'integer', c => c.notNull().defaultTo(0))
    .execute();
  await schema.dropIndex('call_events_story').execute();
  await sql`create table numbered_events (id text primary key, seq integer not null)`.execute(db);
  await sql`insert into numbered_events (id, seq)
    select call_events.id, row_number() over (
      partition by call_events.site_id order by calls.started_at, calls.id, call_events.seq)
    from call_events inner join calls on calls.id = call_events.call_id`.execute(db);
  await sql`update call_events set seq = numbered_events.seq
    from numbered_events where numbered_events.id = call_events.id`.execute(db);
  await schema.dropTable('numbered_events').execute();
  await sql`update sites set last_event_seq = coalesce(
    (select max(call_events.seq) from call_events where call_events.site_id = sites.id), 0)`.execute(db);
  await schema
    .createIndex('call_events_story')
    .unique()
    .on('call_events')
    .columns(['call_id', 'seq'])
    .execute();
  await schema
    .createIndex('call_events_of_site')
    .unique()
    .on('call_events')
    .columns(['site_id', 'seq'])
    .execute();
}
