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

/** What a rep may choose: the lists of all their teams, each word once. */
export function uniteTeamSettings(documents: string | null): TeamSettings {
  const all = (JSON.parse(documents ?? '[{}]') as unknown[]).map(one => teamSettings.parse(one));
  return {
    awayReasons: [...new Set(all.flatMap(one => one.awayReasons))],
    declineReasons: [...new Set(all.flatMap(one => one.declineReasons))],
  };
}

/** The same for somebody whose row is not at hand. */
export async function readTeamSettingsOf(db: Kysely<Database>, repId: RepId): Promise<TeamSettings> {
  const row = await db.selectFrom('reps').select(teamDocuments).where('id', '=', repId).executeTakeFirst();
  return uniteTeamSettings(row?.team_settings ?? null);
}

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
