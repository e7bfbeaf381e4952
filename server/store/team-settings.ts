/** What a whole team shares, as one document of its account. */
import { type Kysely, sql } from 'kysely';
import type { AccountId, RepId } from '../../shared/ids.ts';
import { type TeamSettings, teamSettings } from '../../shared/settings.ts';
import type { Database } from './schema.ts';

export async function readTeamSettings(db: Kysely<Database>, accountId: AccountId): Promise<TeamSettings> {
  const row = await db
    .selectFrom('accounts')
    .select('settings')
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow();
  return parse(row.settings);
}

/** The documents of all accounts that a rep is a member of, to be read along with the rep: a JSON array in no order. */
export const teamDocuments = sql<
  string | null
>`(select '[' || string_agg(accounts.settings, ',') || ']' from accounts
  inner join members on members.account_id = accounts.id
  where members.rep_id = reps.id and members.disabled_at is null)`.as('team_settings');

const parseAll = (documents: string | null): TeamSettings[] =>
  (JSON.parse(documents ?? '[{}]') as unknown[]).map(one => teamSettings.parse(one));

/** What a rep may choose: the lists of all their teams, each word once. */
export function uniteReasons(documents: string | null): Pick<TeamSettings, 'awayReasons' | 'declineReasons'> {
  const all = parseAll(documents);
  return {
    awayReasons: [...new Set(all.flatMap(one => one.awayReasons))],
    declineReasons: [...new Set(all.flatMap(one => one.declineReasons))],
  };
}

const documentsOf = async (db: Kysely<Database>, repId: RepId): Promise<string | null> =>
  (await db.selectFrom('reps').select(teamDocuments).where('id', '=', repId).executeTakeFirst())
    ?.team_settings ?? null;

/** The same for somebody whose row is not at hand. */
export const readReasonsOf = async (db: Kysely<Database>, repId: RepId) =>
  uniteReasons(await documentsOf(db, repId));

/** Whether any of the person's teams asks everybody for a second factor. */
export const needsTwoFactor = async (db: Kysely<Database>, repId: RepId): Promise<boolean> =>
  parseAll(await documentsOf(db, repId)).some(({ twoFactor }) => twoFactor === 'required');

const parse = (document: string): TeamSettings => teamSettings.parse(JSON.parse(document));

export async function writeTeamSettings(
  db: Kysely<Database>,
  accountId: AccountId,
  settings: TeamSettings,
): Promise<void> {
  await db
    .updateTable('accounts')
    .set({ settings: JSON.stringify(settings) })
    .where('id', '=', accountId)
    .execute();
}
