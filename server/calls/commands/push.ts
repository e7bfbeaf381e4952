/** Callbacks whose page is closed: a push through the browser's maker reaches the shopper all the same (RFC 8030). */
import type { CallId, ShopperId, SiteId } from '../../../shared/ids.ts';
import type { PushSubscription } from '../../../shared/protocol.ts';
import { CallError } from '../errors.ts';
import { apply, applyIfItFits } from '../writing/apply.ts';
import { loadCall } from '../writing/call-rows.ts';
import type { Change } from '../writing/change.ts';
import { ownCall } from './entry.ts';
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
  const own = await ownCall(change, siteId, shopperId);
  const push = JSON.stringify(subscription);
  if (own.call.id !== callId || !(await applyIfItFits(change, own, { type: 'allow-push', push })))
    throw new CallError('not-found', 'That callback is not yours or is over.');
}

/**
 * The push could not be sent now: the shopper counts as not reached at once, so that no rep waits for a page that nobody
 * was told to open, and is tried again later. `ringUntil`: of the ringing that it was sent for.
 */
export async function pushFailed(change: Change, callId: CallId, ringUntil: number | null): Promise<void> {
  const loaded = await loadCall(change.db, callId);
  // Answered, or rung anew meanwhile.
  if (loaded?.call.state !== 'calling-back' || loaded.call.ringUntil !== ringUntil) return;
  await apply(change, loaded, { type: 'push-failed' });
}

/** The push service knows that browser no more: only an open page can be rung from now on. */
export async function pushIsGone(change: Change, callId: CallId, pageIsOpen: boolean): Promise<void> {
  const loaded = await loadCall(change.db, callId);
  if (!loaded || !(await applyIfItFits(change, loaded, { type: 'push-gone' }))) return;
  const { siteId, shopperId } = loaded.call;
  if (!pageIsOpen) await shopperLost(change, siteId, shopperId);
}
