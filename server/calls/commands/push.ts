/** Callbacks whose page is closed: a push through the browser's maker reaches the shopper all the same (RFC 8030). */
import type { CallId, ShopperId, SiteId } from '../../../shared/ids.ts';
import type { PushSubscription } from '../../../shared/protocol.ts';
import { literal } from '../../store/literals.ts';
import type { Change } from '../change.ts';
import { CallError } from '../errors.ts';
import { ownCall } from '../life/entry.ts';
import { callbackMissed } from './callbacks.ts';
import { shopperLost } from './shopper-commands.ts';

/**
 * Where a push finds the shopper: from now on the turn comes without an open page, too.
 * Throws `not-found` when it is not this shopper's callback on the page.
 */
export async function allowPush(
  change: Change,
  siteId: SiteId,
  shopperId: ShopperId,
  callId: CallId,
  subscription: PushSubscription,
): Promise<void> {
  const call = await ownCall(change, siteId, shopperId);
  if (call.id !== callId || call.callback_kind !== 'page')
    throw new CallError('not-found', 'That callback is not yours or is over.');
  await change.db
    .updateTable('calls')
    // The page may have closed right after it asked; from now on that is no reason to wait for it.
    .set({ callback_push: JSON.stringify(subscription), parked_until: null })
    .where('id', '=', call.id)
    .execute();
  await change.record(call, 'push-allowed');
  change.touch({ siteId, call: call.id });
}

/**
 * The push could not be sent now: the shopper counts as not reached at once, so that no rep waits for a page that nobody
 * was told to open, and is tried again later. `ringUntil`: of the ringing that it was sent for.
 */
export async function pushFailed(change: Change, callId: CallId, ringUntil: number | null): Promise<void> {
  const call = await change.db
    .selectFrom('calls')
    .selectAll()
    .where('id', '=', callId)
    .where('state', '=', literal.callingBack)
    .executeTakeFirst();
  // Answered, or rung anew meanwhile.
  if (!call || call.ring_until !== ringUntil) return;
  await change.record(call, 'push-failed');
  await callbackMissed(change, call);
}

/** The push service knows that browser no more: only an open page can be rung from now on. */
export async function pushIsGone(change: Change, callId: CallId, pageIsOpen: boolean): Promise<void> {
  const call = await change.db
    .updateTable('calls')
    .set({ callback_push: null })
    .where('id', '=', callId)
    .where('callback_push', 'is not', null)
    .returningAll()
    .executeTakeFirst();
  if (!call) return;
  await change.record(call, 'push-gone');
  change.touch({ siteId: call.site_id, call: callId });
  if (!pageIsOpen) await shopperLost(change, call.site_id, call.shopper_id);
}
