/** A call may be kept a while for the rep who spoke to this shopper last. */
import type { QueueId, RepId, ShopperId, SiteId } from '../../../shared/ids.ts';
import { hasTheCall } from '../../store/parties.ts';
import type { Change } from '../change.ts';
import { dutyReps } from '../line/rep-selection.ts';
import { applyTo } from '../transaction/apply.ts';

type Newcomer = { siteId: SiteId; queueId: QueueId; shopperId: ShopperId };

/** Who spoke to this shopper last, if that rep is on duty for the queue now. */
export async function preferredRep(
  change: Change,
  { siteId, queueId, shopperId }: Newcomer,
): Promise<RepId | null> {
  const last = await change.db
    .selectFrom('calls')
    .innerJoin('call_parties', 'call_parties.call_id', 'calls.id')
    .select('call_parties.rep_id')
    .where('calls.site_id', '=', siteId)
    .where('calls.shopper_id', '=', shopperId)
    .where('calls.answered_at', 'is not', null)
    .where(hasTheCall)
    .orderBy('calls.started_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!last?.rep_id) return null;
  const here = await dutyReps(change.db)
    .innerJoin('queue_members', 'queue_members.rep_id', 'reps.id')
    .select('reps.id')
    .where('reps.id', '=', last.rep_id)
    .where('queue_members.site_id', '=', siteId)
    .where('queue_members.queue_id', '=', queueId)
    .executeTakeFirst();
  return here?.id ?? null;
}

/** Calls whose time for the one rep is over, or whose rep has gone, are anybody's. */
export async function keepNoLonger(change: Change, siteId: SiteId): Promise<void> {
  const kept = await change.db
    .selectFrom('calls')
    .select('id')
    .where('site_id', '=', siteId)
    // Only a call that waits or rings is kept for anybody; the index knows them.
    .where('reserved_rep_id', 'is not', null)
    .where(({ eb, or, not, exists, ref }) =>
      or([
        eb('reserved_until', '<=', change.now),
        not(
          exists(dutyReps(change.db).select('reps.id').where('reps.id', '=', ref('calls.reserved_rep_id'))),
        ),
      ]),
    )
    .execute();
  for (const { id } of kept) await applyTo(change, id, { type: 'keep-no-longer' });
}
