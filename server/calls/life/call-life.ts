/** The transitions of a call that are not about offers: started, back in line, ended. */
import type { EndReason } from '../../../shared/domain.ts';
import type { CallId, RepId } from '../../../shared/ids.ts';
import { literal } from '../../store/literals.ts';
import { readQueueSettings } from '../../store/queue-settings.ts';
import type { CallRow } from '../../store/schema.ts';
import type { Change } from '../change.ts';
import { countToday } from './counts.ts';
import { revokeOffers } from './offers.ts';
import { setWork } from './work.ts';

/** End a call that is not over; the rep who talked goes to wrap-up. Idempotent. */
export async function endCall(
  change: Change,
  callId: CallId,
  reason: EndReason,
): Promise<CallRow | undefined> {
  await revokeOffers(change, callId);
  const call = await change.db
    .updateTable('calls')
    .set({
      state: 'ended',
      ended_at: change.now,
      end_reason: reason,
      parked_until: null,
      reserved_rep_id: null,
      reserved_until: null,
      held_until: null,
      ring_until: null,
      callback_push: null,
    })
    .where('id', '=', callId)
    .where('state', '<>', literal.ended)
    .returningAll()
    .executeTakeFirst();
  if (!call) return undefined;
  await change.record(call, 'ended', call.rep_id, { reason });
  await countTalk(change, call);
  // Of a callback that reached nobody there is nothing to write down.
  if (call.rep_id && call.answered_at === null)
    await setWork(change, call.rep_id, 'idle', { idle_since: change.now });
  else if (call.rep_id) await startWrapUp(change, call, call.rep_id);
  change.touch({ siteId: call.site_id, ended: call.id, rep: call.rep_id, queue: call.queue_id });
  return call;
}

/** The rep is gone for good: the call goes back to its old place, first among equals by its original wait. */
export async function returnToLine(change: Change, call: CallRow): Promise<void> {
  await change.db
    .updateTable('calls')
    .set({
      state: 'waiting',
      rep_id: null,
      answered_at: null,
      returned_at: change.now,
      ring_until: null,
      line_since: change.now,
    })
    .where('id', '=', call.id)
    .execute();
  await countTalk(change, call);
  if (call.rep_id) await setWork(change, call.rep_id, 'idle', { idle_since: change.now });
  await change.record(call, 'returned', call.rep_id);
  change.touch({ siteId: call.site_id, call: call.id, rep: call.rep_id, queue: call.queue_id });
}

/** To the rep's figures of today. */
export const countTalk = (change: Change, call: CallRow) =>
  countToday(change, call, { calls: 0, talkMs: change.now - (call.answered_at ?? change.now) });

async function startWrapUp(change: Change, call: CallRow, repId: RepId): Promise<void> {
  const queue = await change.db
    .selectFrom('queues')
    .select('settings')
    .where('id', '=', call.queue_id)
    .executeTakeFirstOrThrow();
  const { kind, ms } = readQueueSettings(queue).wrapUp;
  if (kind === 'none') await setWork(change, repId, 'idle', { idle_since: change.now });
  else
    await setWork(change, repId, 'wrap-up', {
      wrap_up_call_id: call.id,
      wrap_up_until: change.now + ms,
      wrap_up_open: kind === 'open' ? 1 : 0,
    });
}
