import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * Accounts, who is a member of which, and who is signed in where. What there was belongs to the one account that every
 * server has, `main`; whoever was signed in signs in anew.
 */
export const accounts: Migration = {
  async up(db: Kysely<unknown>) {
    const { schema } = db;
    await schema
      .createTable('accounts')
      .addColumn('id', 'text', c => c.primaryKey())
      .addColumn('name', 'text', c => c.notNull())
      .addColumn('settings', 'text', c => c.notNull())
      .addColumn('created_at', 'bigint', c => c.notNull())
      .execute();
    await sql`insert into accounts (id, name, settings, created_at)
      values ('main', '', coalesce((select settings from team), '{}'), 0)`.execute(db);
    await schema.dropTable('team').execute();
    // SQLite adds no column that refers to another table and has a value in the rows that there are.
    await schema
      .alterTable('sites')
      .addColumn('account_id', 'text', c => c.notNull().defaultTo('main'))
      .execute();
    await schema.createIndex('sites_by_account').on('sites').columns(['account_id', 'id']).execute();

    await schema
      .createTable('members')
      .addColumn('account_id', 'text', c => c.notNull().references('accounts.id'))
      .addColumn('rep_id', 'text', c => c.notNull().references('reps.id'))
      .addColumn('role', 'text', c => c.notNull())
      .addColumn('sites', 'text')
      .addColumn('disabled_at', 'bigint')
      .addColumn('kept_queues', 'text')
      .addColumn('created_at', 'bigint', c => c.notNull())
      .addPrimaryKeyConstraint('members_key', ['account_id', 'rep_id'])
      .execute();
    await schema.createIndex('members_by_rep').on('members').columns(['rep_id']).execute();
    await sql`insert into members (account_id, rep_id, role, created_at)
      select 'main', id, role, created_at from reps`.execute(db);
    await schema.alterTable('reps').dropColumn('role').execute();

    await schema.alterTable('rep_skills').renameTo('old_rep_skills').execute();
    await schema
      .createTable('rep_skills')
      .addColumn('account_id', 'text', c => c.notNull().references('accounts.id'))
      .addColumn('rep_id', 'text', c => c.notNull().references('reps.id'))
      .addColumn('skill', 'text', c => c.notNull())
      .addColumn('level', 'integer', c => c.notNull())
      .addPrimaryKeyConstraint('account_rep_skills_key', ['rep_id', 'account_id', 'skill'])
      .execute();
    await sql`insert into rep_skills (account_id, rep_id, skill, level)
      select 'main', rep_id, skill, level from old_rep_skills`.execute(db);
    await schema.dropTable('old_rep_skills').execute();

    await schema.alterTable('links').renameTo('old_links').execute();
    await schema
      .createTable('links')
      .addColumn('token_hash', 'text', c => c.primaryKey())
      .addColumn('account_id', 'text', c => c.notNull().references('accounts.id'))
      .addColumn('purpose', 'text', c => c.notNull())
      .addColumn('email', 'text')
      .addColumn('name', 'text')
      .addColumn('role', 'text', c => c.notNull())
      .addColumn('queues', 'text')
      .addColumn('rep_id', 'text', c => c.references('reps.id'))
      .addColumn('created_at', 'bigint', c => c.notNull())
      .addColumn('expires_at', 'bigint', c => c.notNull())
      .addColumn('used_at', 'bigint')
      .execute();
    await sql`insert into links (token_hash, account_id, purpose, email, name, role, created_at, expires_at, used_at)
      select token_hash, 'main', purpose, email, name, role, 0, expires_at, used_at from old_links`.execute(
      db,
    );
    await schema.dropTable('old_links').execute();

    await schema
      .createTable('rep_sessions')
      .addColumn('id', 'text', c => c.primaryKey())
      .addColumn('rep_id', 'text', c => c.notNull().references('reps.id'))
      .addColumn('browser', 'text', c => c.notNull())
      .addColumn('created_at', 'bigint', c => c.notNull())
      .addColumn('seen_at', 'bigint', c => c.notNull())
      .addColumn('expires_at', 'bigint', c => c.notNull())
      .execute();
    await schema.createIndex('rep_sessions_by_rep').on('rep_sessions').columns(['rep_id']).execute();
    await schema.createIndex('rep_sessions_by_end').on('rep_sessions').columns(['expires_at']).execute();

    await schema
      .createTable('audit')
      .addColumn('id', 'text', c => c.primaryKey())
      .addColumn('account_id', 'text', c => c.notNull().references('accounts.id'))
      .addColumn('at', 'bigint', c => c.notNull())
      .addColumn('rep_id', 'text', c => c.references('reps.id'))
      .addColumn('action', 'text', c => c.notNull())
      .addColumn('target', 'text', c => c.notNull())
      .addColumn('before', 'text')
      .addColumn('after', 'text')
      .execute();
    await schema.createIndex('audit_by_time').on('audit').columns(['account_id', 'at', 'id']).execute();
  },
};
