import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** How far an owner has set up the account. Whoever worked without being led before is not led now. */
export const firstRun: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .alterTable('accounts')
      .addColumn('first_run', 'text', c => c.notNull().defaultTo('{}'))
      .execute();
    await sql`update accounts set first_run = '{"state":"dismissed"}'
      where id in (select account_id from members)`.execute(db);
  },
};
