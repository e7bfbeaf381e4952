import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

type OldQueue = {
  id: string;
  strategy: string;
  max_length: number;
  max_wait_ms: number;
  offer_ms: number;
  wrap_up_ms: number;
  priority: number;
  settings: string;
};
type OldDatabase = { queues: OldQueue; reps: { id: string; work: string } };

const replaced = ['strategy', 'max_length', 'max_wait_ms', 'offer_ms', 'wrap_up_ms', 'priority'] as const;

/** A queue's settings as one document; skills, members' order and counts, lines, kept calls, kinds of wrap-up. */
export const queueing: Migration = {
  async up(db: Kysely<unknown>) {
    const { schema } = db;
    // Filled at every start, see `regroup`.
    await schema
      .alterTable('sites')
      .addColumn('routing_group', 'text', c => c.notNull().defaultTo(''))
      .execute();
    await schema.createIndex('sites_by_routing_group').on('sites').columns(['routing_group']).execute();
    for (const table of ['sites', 'queues'])
      await schema
        .alterTable(table)
        .addColumn('settings', 'text', c => c.notNull().defaultTo('{}'))
        .execute();
    await schema.alterTable('queues').addColumn('removed_at', 'bigint').execute();
    await schema.alterTable('queues').addColumn('last_rung_rep_id', 'text').execute();
    await schema.alterTable('queues').addColumn('last_rung_position', 'integer').execute();
    await schema.alterTable('queues').addColumn('hours_due', 'bigint').execute();
    await foldQueueColumns(db as Kysely<OldDatabase>);
    for (const column of replaced) await schema.alterTable('queues').dropColumn(column).execute();

    await schema
      .alterTable('reps')
      .addColumn('work', 'text', c => c.notNull().defaultTo('idle'))
      .execute();
    await schema.alterTable('reps').addColumn('microphone_due', 'bigint').execute();
    await schema
      .alterTable('reps')
      .addColumn('wrap_up_open', 'integer', c => c.notNull().defaultTo(0))
      .execute();
    await schema
      .alterTable('reps')
      .addColumn('status_note', 'text', c => c.notNull().defaultTo(''))
      .execute();
    await noteWork(db as Kysely<OldDatabase>);
    // Who could be rung this moment, without looking at anybody who is busy.
    await schema
      .createIndex('reps_free')
      .on('reps')
      .columns(['id', 'idle_since'])
      .where(
        sql<boolean>`status = 'available' and session_id is not null and media_ready = 1 and work = 'idle'`,
      )
      .execute();

    for (const column of ['position', 'penalty', 'calls'])
      await schema
        .alterTable('queue_members')
        .addColumn(column, 'integer', c => c.notNull().defaultTo(0))
        .execute();
    await schema
      .alterTable('queue_members')
      .addColumn('talk_ms', 'bigint', c => c.notNull().defaultTo(0))
      .execute();
    await schema
      .alterTable('queue_members')
      .addColumn('counted_day', 'text', c => c.notNull().defaultTo(''))
      .execute();

    await schema
      .createTable('rep_skills')
      .addColumn('rep_id', 'text', c => c.notNull().references('reps.id'))
      .addColumn('skill', 'text', c => c.notNull())
      .addColumn('level', 'integer', c => c.notNull())
      .addPrimaryKeyConstraint('rep_skills_key', ['rep_id', 'skill'])
      .execute();

    await schema
      .alterTable('calls')
      .addColumn('boost', 'integer', c => c.notNull().defaultTo(0))
      .execute();
    await schema
      .alterTable('calls')
      .addColumn('needs', 'text', c => c.notNull().defaultTo(''))
      .execute();
    await schema
      .alterTable('calls')
      .addColumn('outlook', 'text', c => c.notNull().defaultTo(''))
      .execute();
    await schema
      .alterTable('calls')
      .addColumn('line_since', 'bigint', c => c.notNull().defaultTo(0))
      .execute();
    await sql`update calls set line_since = coalesce(returned_at, queued_at)`.execute(db);
    await schema.alterTable('calls').addColumn('reserved_rep_id', 'text').execute();
    await schema.alterTable('calls').addColumn('reserved_until', 'bigint').execute();

    for (const column of ['callback_kind', 'callback_phone', 'callback_push'])
      await schema.alterTable('calls').addColumn(column, 'text').execute();
    for (const column of ['callback_expires_at', 'held_until', 'ring_until'])
      await schema.alterTable('calls').addColumn(column, 'bigint').execute();
    await schema
      .alterTable('calls')
      .addColumn('callback_tries', 'integer', c => c.notNull().defaultTo(0))
      .execute();
    // The newest first, for the list of calls.
    await schema.createIndex('calls_by_start').on('calls').columns(['site_id', 'started_at', 'id']).execute();
    // What is too old, found without looking at what is not.
    await schema
      .createIndex('calls_ended')
      .on('calls')
      .columns(['site_id', 'ended_at'])
      .where(sql<boolean>`state = 'ended'`)
      .execute();
    await schema
      .createIndex('calls_personal')
      .on('calls')
      .columns(['site_id', 'ended_at'])
      .where(sql<boolean>`state = 'ended' and (context <> '{}' or note <> '' or callback_phone is not null)`)
      .execute();
    // Few at a time, whose times are looked at often.
    await schema
      .createIndex('calls_callbacks')
      .on('calls')
      .columns(['site_id', 'callback_expires_at'])
      .where(sql<boolean>`callback_kind is not null and state <> 'ended'`)
      .execute();

    await schema
      .alterTable('call_events')
      .addColumn('seq', 'integer', c => c.notNull().defaultTo(0))
      .execute();
    await sql`update call_events set seq = (select count(*) from call_events as earlier
      where earlier.call_id = call_events.call_id
        and (earlier.at, earlier.id) <= (call_events.at, call_events.id))`.execute(db);
    await schema.dropIndex('call_events_by_call').execute();
    await schema
      .createIndex('call_events_story')
      .unique()
      .on('call_events')
      .columns(['call_id', 'seq'])
      .execute();
    await schema
      .createTable('rep_events')
      .addColumn('rep_id', 'text', c => c.notNull().references('reps.id'))
      .addColumn('at', 'bigint', c => c.notNull())
      .addColumn('status', 'text', c => c.notNull())
      .addColumn('reason', 'text', c => c.notNull())
      .addColumn('note', 'text', c => c.notNull())
      .execute();
    await schema.createIndex('rep_events_by_rep').on('rep_events').columns(['rep_id', 'at']).execute();
    await schema.createIndex('rep_events_by_time').on('rep_events').columns(['at']).execute();
    await schema
      .createTable('team')
      .addColumn('id', 'text', c => c.primaryKey())
      .addColumn('settings', 'text', c => c.notNull())
      .execute();

    await schema
      .createTable('lines')
      .addColumn('site_id', 'text', c => c.notNull().references('sites.id'))
      .addColumn('queue_id', 'text', c => c.notNull().references('queues.id'))
      .addColumn('priority', 'integer', c => c.notNull())
      .addColumn('needs', 'text', c => c.notNull())
      .addPrimaryKeyConstraint('lines_key', ['site_id', 'queue_id', 'priority', 'needs'])
      .execute();
    await sql`insert into lines (site_id, queue_id, priority, needs)
      select distinct site_id, queue_id, priority, needs from calls where state <> 'ended'`.execute(db);
    // The head of a line, past whom may be offered to nobody or to one rep alone.
    await schema
      .createIndex('calls_offerable')
      .on('calls')
      .columns(['site_id', 'queue_id', 'priority', 'needs', 'queued_at', 'id'])
      .where(
        sql<boolean>`state = 'waiting' and parked_until is null and reserved_rep_id is null and held_until is null`,
      )
      .execute();
    // Whose wait ends first.
    await schema
      .createIndex('calls_in_line_since')
      .on('calls')
      .columns(['site_id', 'queue_id', 'line_since'])
      .where(sql<boolean>`state = 'waiting' and parked_until is null and callback_kind is null`)
      .execute();
    await schema
      .createIndex('offers_refused')
      .on('offers')
      .columns(['site_id', 'ended_at'])
      .where(sql<boolean>`state in ('declined', 'transferred')`)
      .execute();
    await schema
      .createIndex('offers_live')
      .on('offers')
      .columns(['site_id', 'due_at'])
      .where(sql<boolean>`state = 'live'`)
      .execute();
    await schema
      .createIndex('calls_reserved')
      .on('calls')
      .columns(['site_id', 'reserved_rep_id'])
      .where(sql<boolean>`reserved_rep_id is not null`)
      .execute();
  },
};

async function foldQueueColumns(db: Kysely<OldDatabase>): Promise<void> {
  for (const queue of await db.selectFrom('queues').selectAll().execute()) {
    const settings = {
      strategy: queue.strategy,
      priority: queue.priority,
      offerMs: queue.offer_ms,
      wrapUp:
        queue.wrap_up_ms > 0 ? { kind: 'fixed', ms: Number(queue.wrap_up_ms) } : { kind: 'none', ms: 15_000 },
      maxLength: queue.max_length,
      maxWaitMs: queue.max_wait_ms,
    };
    await db
      .updateTable('queues')
      .set({ settings: JSON.stringify(settings) })
      .where('id', '=', queue.id)
      .execute();
  }
}

/** What `work` says from now on was read from calls and offers until now. */
async function noteWork(db: Kysely<OldDatabase>): Promise<void> {
  await sql`update reps set work = case
    when exists (select 1 from calls where calls.rep_id = reps.id and calls.state = 'talking') then 'talking'
    when exists (select 1 from offers where offers.rep_id = reps.id and offers.state = 'live') then 'ringing'
    when wrap_up_until is not null then 'wrap-up'
    else 'idle' end`.execute(db);
}
