/** Who is signed in where. A session that has no row here has ended, whatever its token says. */
import type { Kysely } from 'kysely';
import type { RepId } from '../../shared/ids.ts';
import { limits } from '../../shared/limits.ts';
import { holdPerson } from './holds.ts';
import type { Database, RepSessionRow } from './schema.ts';
import { inTransaction } from './transaction.ts';
import { oneWrittenOnce } from './written-once.ts';

/** When a session was used last is written down only as often as this, ms: it is read on every request. */
const seenEveryMs = 60_000;

/** What somebody showed to be let in. */
export type Shown = {
  /** The hash that their password fitted. */
  passwordHash: string;
  /** A code of the second factor too. */
  code: boolean;
};

/**
 * Adds the session, unless another password, or a second factor that was not asked for, counts by now: who changes either ends
 * the sessions that there are, and this one is none of those yet. Null then. Of more than `limits.sessionsPerPerson` those end
 * that were used longest ago.
 *
 * @returns whether any of the others has ended
 */
export function addRepSession(
  db: Kysely<Database>,
  session: RepSessionRow,
  shown: Shown | null,
): Promise<{ othersEnded: boolean } | null> {
  return inTransaction(db, async trx => {
    await holdPerson(trx, session.rep_id);
    if (shown && !(await stillCounts(trx, session.rep_id, shown))) return null;
    await trx.deleteFrom('rep_sessions').where('expires_at', '<', session.created_at).execute();
    const kept = await trx
      .selectFrom('rep_sessions')
      .select('id')
      .where('rep_id', '=', session.rep_id)
      .orderBy('seen_at', 'desc')
      .orderBy('created_at', 'desc')
      .orderBy('id')
      .execute();
    const tooMany = kept.slice(limits.sessionsPerPerson - 1).map(({ id }) => id);
    if (tooMany.length > 0) await trx.deleteFrom('rep_sessions').where('id', 'in', tooMany).execute();
    await trx.insertInto('rep_sessions').values(session).execute();
    return { othersEnded: tooMany.length > 0 };
  });
}

async function stillCounts(
  db: Kysely<Database>,
  repId: RepId,
  { passwordHash, code }: Shown,
): Promise<boolean> {
  const person = await db
    .selectFrom('reps')
    .leftJoin('second_factors', 'second_factors.rep_id', 'reps.id')
    .select(['reps.password_hash', 'second_factors.secret'])
    .where('reps.id', '=', repId)
    .executeTakeFirst();
  return person?.password_hash === passwordHash && (code || !person.secret);
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
