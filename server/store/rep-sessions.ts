/** Who is signed in where. A session that has no row here has ended, whatever its token says. */
import type { Kysely } from 'kysely';
import type { RepId } from '../../shared/ids.ts';
import type { Database, RepSessionRow } from './schema.ts';
import { oneWrittenOnce } from './written-once.ts';

/** When a session was used last is written down only as often as this, ms: it is read on every request. */
const seenEveryMs = 60_000;

export async function addRepSession(db: Kysely<Database>, session: RepSessionRow): Promise<void> {
  await db.deleteFrom('rep_sessions').where('expires_at', '<', session.created_at).execute();
  await db.insertInto('rep_sessions').values(session).execute();
}

const sessionById = oneWrittenOnce((db, { id }: { id: string }) =>
  db.selectFrom('rep_sessions').selectAll().where('id', '=', id),
);

/** The session, which is noted to be in use; undefined for one that has ended. */
export async function useRepSession(
  db: Kysely<Database>,
  id: string,
  now: number,
): Promise<RepSessionRow | undefined> {
  const session = await sessionById(db, { id });
  if (session && session.seen_at < now - seenEveryMs)
    await db.updateTable('rep_sessions').set({ seen_at: now }).where('id', '=', id).execute();
  return session;
}

/** True for whoever ended it; false when it had ended. */
export async function endRepSession(db: Kysely<Database>, id: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('rep_sessions').where('id', '=', id).executeTakeFirst();
  return numDeletedRows === 1n;
}

/** All of the person, `but` one if it is named. */
export async function endRepSessions(db: Kysely<Database>, repId: RepId, but?: string): Promise<void> {
  let query = db.deleteFrom('rep_sessions').where('rep_id', '=', repId);
  if (but !== undefined) query = query.where('id', '<>', but);
  await query.execute();
}

/** Those that can still be used, the one used last first. */
export const listRepSessions = (
  db: Kysely<Database>,
  repIds: readonly RepId[],
  now: number,
): Promise<RepSessionRow[]> =>
  db
    .selectFrom('rep_sessions')
    .selectAll()
    .where('rep_id', 'in', [...repIds])
    .where('expires_at', '>', now)
    .orderBy('seen_at', 'desc')
    .orderBy('id')
    .execute();

/** The session is good for everything from now on. */
export async function liftOnlySetUp(db: Kysely<Database>, id: string): Promise<void> {
  await db.updateTable('rep_sessions').set({ only_set_up: 0 }).where('id', '=', id).execute();
}
