import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Sites, queues, reps, calls, offers and what goes with them. */
export const firstCall: Migration = {
  async up(db: Kysely<unknown>) {
    const { schema } = db;
    await schema
      .createTable('sites')
      .addColumn('id', 'text', c => c.primaryKey())
      .addColumn('key', 'text', c => c.notNull().unique())
      .addColumn('name', 'text', c => c.notNull())
      .addColumn('allowed_origins', 'text', c => c.notNull())
      .addColumn('created_at', 'bigint', c => c.notNull())
      .execute();

    await schema
      .createTable('queues')
      .addColumn('id', 'text', c => c.primaryKey())
      .addColumn('site_id', 'text', c => c.notNull().references('sites.id'))
      .addColumn('name', 'text', c => c.notNull())
      .addColumn('strategy', 'text', c => c.notNull())
      .addColumn('max_length', 'integer', c => c.notNull())
      .addColumn('max_wait_ms', 'bigint', c => c.notNull())
      .addColumn('offer_ms', 'bigint', c => c.notNull())
      .addColumn('wrap_up_ms', 'bigint', c => c.notNull())
      .addColumn('priority', 'integer', c => c.notNull())
      .addColumn('no_rep_since', 'bigint')
      .addColumn('created_at', 'bigint', c => c.notNull())
      .execute();
    await schema.createIndex('queues_by_site').on('queues').columns(['site_id', 'created_at']).execute();

    await schema
      .createTable('reps')
      .addColumn('id', 'text', c => c.primaryKey())
      .addColumn('email', 'text', c => c.notNull().unique())
      .addColumn('name', 'text', c => c.notNull())
      .addColumn('password_hash', 'text', c => c.notNull())
      .addColumn('role', 'text', c => c.notNull())
      .addColumn('status', 'text', c => c.notNull())
      .addColumn('status_reason', 'text', c => c.notNull())
      .addColumn('status_since', 'bigint', c => c.notNull())
      .addColumn('idle_since', 'bigint', c => c.notNull())
      .addColumn('session_id', 'text')
      .addColumn('media_ready', 'integer', c => c.notNull().defaultTo(0))
      .addColumn('lost_until', 'bigint')
      .addColumn('wrap_up_call_id', 'text')
      .addColumn('wrap_up_until', 'bigint')
      .addColumn('created_at', 'bigint', c => c.notNull())
      .execute();

    await schema
      .createTable('queue_members')
      .addColumn('site_id', 'text', c => c.notNull().references('sites.id'))
      .addColumn('queue_id', 'text', c => c.notNull().references('queues.id'))
      .addColumn('rep_id', 'text', c => c.notNull().references('reps.id'))
      .addColumn('tier', 'integer', c => c.notNull().defaultTo(1))
      .addPrimaryKeyConstraint('queue_members_key', ['site_id', 'queue_id', 'rep_id'])
      .execute();
    await schema.createIndex('queue_members_by_rep').on('queue_members').columns(['rep_id']).execute();

    await schema
      .createTable('calls')
      .addColumn('id', 'text', c => c.primaryKey())
      .addColumn('site_id', 'text', c => c.notNull().references('sites.id'))
      .addColumn('queue_id', 'text', c => c.notNull().references('queues.id'))
      .addColumn('shopper_id', 'text', c => c.notNull())
      .addColumn('state', 'text', c => c.notNull())
      .addColumn('priority', 'integer', c => c.notNull())
      .addColumn('context', 'text', c => c.notNull())
      .addColumn('started_at', 'bigint', c => c.notNull())
      .addColumn('queued_at', 'bigint', c => c.notNull())
      .addColumn('answered_at', 'bigint')
      .addColumn('ended_at', 'bigint')
      .addColumn('end_reason', 'text')
      .addColumn('rep_id', 'text', c => c.references('reps.id'))
      .addColumn('parked_until', 'bigint')
      .addColumn('returned_at', 'bigint')
      .addColumn('shopper_muted', 'integer', c => c.notNull().defaultTo(0))
      .addColumn('rep_muted', 'integer', c => c.notNull().defaultTo(0))
      .addColumn('shopper_mos', 'real')
      .addColumn('rep_mos', 'real')
      .addColumn('wrapped_up_at', 'bigint')
      .addColumn('note', 'text', c => c.notNull().defaultTo(''))
      .execute();
    // The line of a queue, in the order it is served, without touching ended calls.
    await schema
      .createIndex('calls_line')
      .on('calls')
      .columns(['site_id', 'queue_id', 'priority desc', 'queued_at', 'id'])
      .where(sql.ref('state'), 'in', ['waiting', 'ringing'])
      .execute();
    await schema
      .createIndex('calls_live')
      .on('calls')
      .columns(['site_id', 'state'])
      .where(sql.ref('state'), '<>', 'ended')
      .execute();
    await schema
      .createIndex('calls_by_shopper')
      .on('calls')
      .columns(['site_id', 'shopper_id', 'started_at'])
      .execute();
    await schema.createIndex('calls_by_rep').on('calls').columns(['rep_id', 'state']).execute();
    await schema
      .createIndex('calls_history')
      .on('calls')
      .columns(['site_id', 'queue_id', 'ended_at'])
      .execute();

    await schema
      .createTable('offers')
      .addColumn('id', 'text', c => c.primaryKey())
      .addColumn('site_id', 'text', c => c.notNull().references('sites.id'))
      .addColumn('call_id', 'text', c => c.notNull().references('calls.id'))
      .addColumn('rep_id', 'text', c => c.notNull().references('reps.id'))
      .addColumn('state', 'text', c => c.notNull())
      .addColumn('made_at', 'bigint', c => c.notNull())
      .addColumn('due_at', 'bigint', c => c.notNull())
      .addColumn('ended_at', 'bigint')
      .execute();
    // The database itself refuses a second live offer to one rep.
    await schema
      .createIndex('offers_one_live_per_rep')
      .unique()
      .on('offers')
      .columns(['rep_id'])
      .where(sql.ref('state'), '=', 'live')
      .execute();
    await schema.createIndex('offers_by_call').on('offers').columns(['call_id', 'state']).execute();

    await schema
      .createTable('call_events')
      .addColumn('id', 'text', c => c.primaryKey())
      .addColumn('site_id', 'text', c => c.notNull().references('sites.id'))
      .addColumn('call_id', 'text', c => c.notNull().references('calls.id'))
      .addColumn('at', 'bigint', c => c.notNull())
      .addColumn('type', 'text', c => c.notNull())
      .addColumn('rep_id', 'text')
      .addColumn('data', 'text', c => c.notNull())
      .execute();
    await schema.createIndex('call_events_by_call').on('call_events').columns(['call_id', 'at']).execute();

    await schema
      .createTable('links')
      .addColumn('token_hash', 'text', c => c.primaryKey())
      .addColumn('purpose', 'text', c => c.notNull())
      .addColumn('email', 'text')
      .addColumn('name', 'text')
      .addColumn('role', 'text', c => c.notNull())
      .addColumn('expires_at', 'bigint', c => c.notNull())
      .addColumn('used_at', 'bigint')
      .execute();

    await schema
      .createTable('used_tickets')
      .addColumn('jti', 'text', c => c.primaryKey())
      .addColumn('expires_at', 'bigint', c => c.notNull())
      .execute();
  },
};
