/** What a shopper, or the loss of one, can change. */

import type { CallContext } from '../../../shared/call-context.ts';
import type { CallId, ShopperId, SiteId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import { literal } from '../../store/literals.ts';
import type { CallRow } from '../../store/schema.ts';
import type { Change } from '../change.ts';
import { CallError } from '../errors.ts';
import { endCall } from '../life/call-life.ts';
import { enterLine, liveCallOf, ownCall, type StartCall } from '../life/entry.ts';
import { revokeOffers } from '../life/offers.ts';
import { admit, askedQueue, type Refusal } from '../routing/admission.ts';
import { mustBeWelcome } from './blocks.ts';
import { callbackMissed } from './callbacks.ts';

const refusals: Record<Refusal['why'], string> = {
  closed: 'The shop takes no calls at this time.',
  'no-rep': 'Nobody is available to talk right now.',
  'queue-full': 'Too many people are waiting right now.',
};

const tooManyOfNetwork =
  'Many people of your network are in line already. Please try again in a few minutes.';

/**
 * A shopper clicked: the call enters the line of the queue that was asked for, or of the one its rules name. Throws
 * `already-in-call`, `blocked`, `unknown-queue`, `closed`, `no-rep` (nobody is on duty), `queue-full`, or
 * `too-many` (for the line, of one network).
 */
export async function startCall(change: Change, wanted: StartCall): Promise<CallRow> {
  if (await liveCallOf(change, wanted.siteId, wanted.shopperId))
    throw new CallError('already-in-call', 'You are already in a call from this page.');
  await mustBeWelcome(change, wanted.siteId, wanted);
  const asked = await askedQueue(change.db, wanted.siteId, wanted.queueId);
  if (!asked) throw new CallError('unknown-queue', 'There is no such queue. Check the "queue" attribute.');
  const admission = await admit(change.db, asked, change.now, wanted.networkMark);
  if ('refusal' in admission) {
    const { why, forNetwork } = admission.refusal;
    if (forNetwork) throw new CallError('too-many', tooManyOfNetwork);
    throw new CallError(why, refusals[why]);
  }
  return enterLine(change, admission.queue, wanted);
}

/** The shopper hung up, whatever the call was doing. */
export async function shopperHangUp(change: Change, siteId: SiteId, shopperId: ShopperId, callId: CallId) {
  const call = await ownCall(change, siteId, shopperId);
  if (call.id !== callId) throw new CallError('not-found', 'That call is not yours or is over.');
  await endCall(change, call.id, 'shopper-hung-up');
}

/** The shopper's page, cart or name changed; the rep sees it at once. */
export async function updateContext(
  change: Change,
  siteId: SiteId,
  shopperId: ShopperId,
  context: CallContext,
): Promise<void> {
  const call = await ownCall(change, siteId, shopperId);
  await change.db
    .updateTable('calls')
    .set({ context: JSON.stringify(context) })
    .where('id', '=', call.id)
    .execute();
  change.touch({ siteId, call: call.id, rep: call.rep_id, queue: call.queue_id });
}

/** The shopper is here (again): a parked call goes on. */
export async function shopperConnected(change: Change, siteId: SiteId, shopperId: ShopperId): Promise<void> {
  const call = await liveCallOf(change, siteId, shopperId);
  if (!call || call.parked_until === null) return;
  await change.db.updateTable('calls').set({ parked_until: null }).where('id', '=', call.id).execute();
  await change.record(call, 'shopper-back', call.rep_id);
  change.touch({ siteId, call: call.id, rep: call.rep_id, queue: call.queue_id });
}

/** The shopper's connection is lost: park the call for a grace period, and ring nobody for it meanwhile. */
export async function shopperLost(change: Change, siteId: SiteId, shopperId: ShopperId): Promise<void> {
  const call = await liveCallOf(change, siteId, shopperId);
  // A telephone rings without a page.
  if (!call || call.parked_until !== null || call.callback_kind === 'phone') return;
  // So does a browser that a push can reach, for which it is time now if the page closed while it rang.
  if (call.callback_push !== null) {
    if (call.state === 'calling-back') change.touch({ siteId, wakes: call.id });
    return;
  }
  await revokeOffers(change, call.id);
  if (call.state === 'calling-back') await callbackMissed(change, call);
  await change.db
    .updateTable('calls')
    .set({
      parked_until: call.callback_expires_at ?? change.now + limits.shopperGraceMs,
      ...(call.state === 'ringing' ? { state: 'waiting' as const } : {}),
    })
    .where('id', '=', call.id)
    // Missed for the last time, a callback is over.
    .where('state', '<>', literal.ended)
    .execute();
  await change.record(call, 'shopper-lost', call.rep_id);
  change.touch({ siteId, call: call.id, rep: call.rep_id, queue: call.queue_id });
}
