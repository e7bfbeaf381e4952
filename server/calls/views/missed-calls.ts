/** What rang at a rep and was not taken. */
import type { Kysely } from 'kysely';
import type { CallId, RepId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import type { MissedCall } from '../../../shared/views.ts';
import { literal } from '../../store/literals.ts';
import { repOfCall } from '../../store/parties.ts';
import type { Database, RepRow } from '../../store/schema.ts';
import { atAGlance, type CardRow, cards, toCard } from '../history/call-cards.ts';

/** The last one; what the rep took after all is not missed. */
export async function missedCall(
  db: Kysely<Database>,
  rep: Pick<RepRow, 'id' | 'missed_seen_at'>,
): Promise<MissedCall | null> {
  const row = await cards(db)
    .innerJoin('offers', 'offers.call_id', 'calls.id')
    .leftJoin('reps', join => join.on('reps.id', '=', repOfCall))
    .select(['offers.ended_at as missed_at', 'reps.name as rep_name'])
    .where('offers.rep_id', '=', rep.id)
    .where('offers.state', '=', literal.expired)
    .where('offers.ended_at', '>', rep.missed_seen_at)
    .where(({ eb, or }) => or([eb('reps.id', 'is', null), eb('reps.id', '<>', rep.id)]))
    .orderBy('offers.ended_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!row) return null;
  return {
    call: atAGlance(await toCard(db, row)),
    at: row.missed_at ?? 0,
    became: becameOf(row, row.rep_name),
  };
}

function becameOf(row: CardRow, repName: string | null): MissedCall['became'] {
  if (row.state === 'waiting' || row.state === 'ringing') return { state: 'waiting' };
  if (row.state !== 'ended' || row.answered_at !== null) return { state: 'answered', repName: repName ?? '' };
  return { state: 'gone' };
}

/** When each call that one of these reps declined may ring there again, ms UTC. */
export async function ringsAgain(
  db: Kysely<Database>,
  reps: readonly RepId[],
  now: number,
): Promise<Map<RepId, Map<CallId, number>>> {
  const rows = await db
    .selectFrom('offers')
    .select(['rep_id', 'call_id', 'ended_at'])
    .where('rep_id', 'in', [...new Set(reps)])
    .where('state', 'in', [...literal.refused])
    .where('ended_at', '>', now - limits.refusalBackOffMs)
    .orderBy('ended_at')
    .execute();
  const again = new Map<RepId, Map<CallId, number>>();
  for (const { rep_id, call_id, ended_at } of rows) {
    const own = again.get(rep_id) ?? new Map<CallId, number>();
    again.set(rep_id, own.set(call_id, (ended_at ?? 0) + limits.refusalBackOffMs));
  }
  return again;
}
