/** The transitions of a call that are not about offers: started, back in line, ended. */
import type { EndReason } from '../../shared/domain.ts';
import type { CallId } from '../../shared/ids.ts';
import type { CallRow, QueueRow } from '../store/schema.ts';
import type { Change } from './change.ts';
import { revokeOffers } from './offers.ts';

/** End a call that is not over; the rep who talked goes to wrap-up. Idempotent. */
export async function endCall(
  change: Change,
  callId: CallId,
  reason: EndReason,
): Promise<CallRow | undefined> {
  await revokeOffers(change, callId);
  const call = await change.db
    .updateTable('calls')
    .set({ state: 'ended', ended_at: change.now, end_reason: reason, parked_until: null })
    .where('id', '=', callId)
    .where('state', '<>', 'ended')
    .returningAll()
    .executeTakeFirst();
  if (!call) return undefined;
  await change.record(call, 'ended', call.rep_id, { reason });
  if (call.rep_id) await startWrapUp(change, call);
  change.touch({ siteId: call.site_id, call: call.id, rep: call.rep_id, queue: call.queue_id });
  return call;
}

/** The rep is gone for good: the call goes back to its old place, first among equals by its original wait. */
export async function returnToLine(change: Change, call: CallRow): Promise<void> {
  await change.db
    .updateTable('calls')
    .set({ state: 'waiting', rep_id: null, answered_at: null, returned_at: change.now })
    .where('id', '=', call.id)
    .execute();
  await change.record(call, 'returned', call.rep_id);
  change.touch({ siteId: call.site_id, call: call.id, rep: call.rep_id, queue: call.queue_id });
}

async function startWrapUp(change: Change, call: CallRow): Promise<void> {
  const queue: Pick<QueueRow, 'wrap_up_ms'> = await change.db
    .selectFrom('queues')
    .select('wrap_up_ms')
    .where('id', '=', call.queue_id)
    .executeTakeFirstOrThrow();
  const wrapUp =
    queue.wrap_up_ms > 0
      ? { wrap_up_call_id: call.id, wrap_up_until: change.now + queue.wrap_up_ms }
      : { idle_since: change.now };
  await change.db.updateTable('reps').set(wrapUp).where('id', '=', call.rep_id).execute();
}
