/** What the whole team shares, as one document. */
import { type Kysely, sql } from 'kysely';
import { type TeamSettings, teamSettings } from '../../shared/settings.ts';
import type { Database } from './schema.ts';

export async function readTeamSettings(db: Kysely<Database>): Promise<TeamSettings> {
  const row = await db.selectFrom('team').select('settings').executeTakeFirst();
  return parseTeamSettings(row?.settings ?? null);
}

/** The document, to be read along with something else. */
export const teamDocument = sql<string | null>`(select settings from team)`.as('team_settings');

/** Null where nobody has changed any. */
export const parseTeamSettings = (document: string | null): TeamSettings =>
  teamSettings.parse(document === null ? {} : JSON.parse(document));

export async function writeTeamSettings(db: Kysely<Database>, settings: TeamSettings): Promise<void> {
  const text = JSON.stringify(settings);
  await db
    .insertInto('team')
    .values({ id: 'team', settings: text })
    .onConflict(conflict => conflict.column('id').doUpdateSet({ settings: text }))
    .execute();
}
