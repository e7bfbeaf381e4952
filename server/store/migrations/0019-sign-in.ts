import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Second factors with their recovery codes, and who somebody is at a sign-in provider. */
export const signIn: Migration = {
  async up({ schema }: Kysely<unknown>) {
    await schema
      .createTable('second_factors')
      .addColumn('rep_id', 'text', c => c.primaryKey().references('reps.id'))
      .addColumn('secret', 'text')
      .addColumn('last_step', 'bigint', c => c.notNull())
      .addColumn('pending', 'text')
      .execute();
    await schema
      .createTable('recovery_codes')
      .addColumn('rep_id', 'text', c => c.notNull().references('reps.id'))
      .addColumn('code_hash', 'text', c => c.notNull())
      .addPrimaryKeyConstraint('recovery_codes_key', ['rep_id', 'code_hash'])
      .execute();
    await schema
      .createTable('identities')
      .addColumn('issuer', 'text', c => c.notNull())
      .addColumn('subject', 'text', c => c.notNull())
      .addColumn('rep_id', 'text', c => c.notNull().references('reps.id'))
      .addColumn('created_at', 'bigint', c => c.notNull())
      .addPrimaryKeyConstraint('identities_key', ['issuer', 'subject'])
      .addUniqueConstraint('identities_by_rep', ['rep_id', 'issuer'])
      .execute();
    await schema
      .alterTable('rep_sessions')
      .addColumn('only_set_up', 'integer', c => c.notNull().defaultTo(0))
      .execute();
  },
};
