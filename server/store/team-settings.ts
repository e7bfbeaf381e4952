/** What the whole team shares, as one document. */
import type { Kysely } from 'kysely';
import { type TeamSettings, teamSettings } from '../../shared/settings.ts';
import type { Database } from './schema.ts';

export async function readTeamSettings(db: Kysely<Database>): Promise<TeamSettings> {
  const row = await db.selectFrom('team').select('settings').executeTakeFirst();
  return teamSettings.parse(row ? JSON.parse(row.settings) : {});
}

export async function writeTeamSettings(db: Kysely<Database>, settings: TeamSettings): Promise<void> {
  const text = JSON.stringify(settings);
  await db
    .insertInto('team')
    .values({ id: 'team', settings: text })
    .onConflict(conflict => conflict.column('id').doUpdateSet({ settings: text }))
    .execute();
}
