/** Forward-only migrations, run at every start. */
import type { Kysely } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { firstCall } from './migrations/0001-first-call.ts';
import { queueing } from './migrations/0002-queueing.ts';
import { sounds } from './migrations/0003-sounds.ts';
import { callerNetwork } from './migrations/0005-caller-network.ts';
import { soundPieces } from './migrations/0006-sound-pieces.ts';
import { steady } from './migrations/0007-steady.ts';
import { missedCalls } from './migrations/0009-missed-calls.ts';
import { refusedOrigins } from './migrations/0010-refused-origins.ts';
import { unmetDemand } from './migrations/0011-unmet-demand.ts';
import { blocks } from './migrations/0012-blocks.ts';
import { retentionClock } from './migrations/0013-retention-clock.ts';
import { callParties } from './migrations/0014-call-parties.ts';
import { callSamples } from './migrations/0015-call-samples.ts';
import { dueTimesOfReps } from './migrations/0016-due-times-of-reps.ts';
import { accounts } from './migrations/0018-accounts.ts';
import { signIn } from './migrations/0019-sign-in.ts';
import { languages } from './migrations/0020-languages.ts';
import { images } from './migrations/0021-images.ts';
import { firstRun } from './migrations/0022-first-run.ts';
import { historyPerAccount } from './migrations/0024-history-per-account.ts';
import { personalWords } from './migrations/0025-personal-words.ts';
import { soundProblems } from './migrations/0026-sound-problems.ts';
import { givenReasons } from './migrations/0028-given-reasons.ts';
import { partyStateSince } from './migrations/0030-party-state-since.ts';
import { transferNotes } from './migrations/0031-transfer-notes.ts';
import { reports } from './migrations/0037-reports.ts';
import { directedReps } from './migrations/0040-directed-reps.ts';
import type { Database } from './schema.ts';
import { StoreError } from './store-error.ts';

/** Applied in the order of their names; a released migration is never edited. */
export const migrations: Record<string, Migration> = {
  '0001-first-call': firstCall,
  '0002-queueing': queueing,
  '0003-sounds': sounds,
  '0005-caller-network': callerNetwork,
  '0006-sound-pieces': soundPieces,
  '0007-steady': steady,
  '0009-missed-calls': missedCalls,
  '0010-refused-origins': refusedOrigins,
  '0011-unmet-demand': unmetDemand,
  '0012-blocks': blocks,
  '0013-retention-clock': retentionClock,
  '0014-call-parties': callParties,
  '0015-call-samples': callSamples,
  '0016-due-times-of-reps': dueTimesOfReps,
  '0018-accounts': accounts,
  '0019-sign-in': signIn,
  '0020-languages': languages,
  '0021-images': images,
  '0022-first-run': firstRun,
  '0024-history-per-account': historyPerAccount,
  '0025-personal-words': personalWords,
  '0026-sound-problems': soundProblems,
  '0028-given-reasons': givenReasons,
  '0030-party-state-since': partyStateSince,
  '0031-transfer-notes': transferNotes,
  '0037-reports': reports,
  '0040-directed-reps': directedReps,
};

/**
 * Bring the database to the newest schema. Throws the first migration error, after which nothing of it stays, and
 * `StoreError` for a database that a newer version has changed already: there is no way back.
 */
export async function migrate(db: Kysely<Database>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  await mustNotBeNewer(db);
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}

async function mustNotBeNewer(db: Kysely<Database>): Promise<void> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(table => table.name === 'kysely_migration')) return;
  const done = await (db as unknown as Kysely<{ kysely_migration: { name: string } }>)
    .selectFrom('kysely_migration')
    .select('name')
    .execute();
  const unknown = done.find(({ name }) => !(name in migrations));
  if (unknown)
    throw new StoreError(
      `A newer version of Talk to Us has used this database (its change ${unknown.name} is not known here). Start that version or a newer one, or put back a backup from before.`,
    );
}
