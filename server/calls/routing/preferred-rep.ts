/** A call may be kept a while for the rep who spoke to this shopper last. */
import { sql } from 'kysely';
import type { QueueId, RepId, ShopperId, SiteId } from '../../../shared/ids.ts';
import { hasTheCall } from '../../store/parties.ts';
import { writtenOnce } from '../../store/written-once.ts';
import { type OfferableRow, offerableColumns } from '../line/line.ts';
import { inReach } from '../line/reach.ts';
import { dutyReps } from '../line/rep-selection.ts';
import { applyTo } from '../writing/apply.ts';
import type { Change } from '../writing/change.ts';

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

export type KeptCall = OfferableRow;

const keptRows = writtenOnce((db, { siteIds }: { siteIds: readonly SiteId[] }) => {
  const isOnDuty = dutyReps(db)
    .select('reps.id')
    .where('reps.id', '=', sql.ref<RepId>('calls.reserved_rep_id'));
  return (
    db
      .selectFrom('calls')
      .select(offerableColumns)
      .select(['site_id', 'state', 'reserved_until', inReach.as('in_reach')])
      .select(({ exists }) => exists(isOnDuty).as('rep_on_duty'))
      .where('site_id', 'in', siteIds)
      // Only a call that waits or rings is kept for anybody; the index knows them.
      .where('reserved_rep_id', 'is not', null)
  );
});

/**
 * Waiting calls that are kept for one rep and could be offered to that one now. Those whose time for it is over, or whose
 * rep has gone, are anybody's from now on.
 */
export async function keptCalls(change: Change, siteIds: readonly SiteId[]): Promise<KeptCall[]> {
  const rows = await keptRows(change.db, { siteIds });
  const kept: KeptCall[] = [];
  for (const row of rows) {
    if (!row.rep_on_duty || (row.reserved_until ?? 0) <= change.now)
      await applyTo(change, row.id, { type: 'keep-no-longer' });
    else if (row.state === 'waiting' && row.in_reach) kept.push(row);
  }
  return kept;
}
