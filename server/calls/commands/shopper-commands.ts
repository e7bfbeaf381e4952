/** What a shopper, or the loss of one, can change. */

import type { CallContext } from '../../../shared/call-context.ts';
import type { CallId, ShopperId, SiteId } from '../../../shared/ids.ts';
import { languageOf } from '../../../shared/own-words.ts';
import { needsIn } from '../../store/queue-settings.ts';
import { CallError } from '../errors.ts';
import { ensureLine } from '../line/line.ts';
import type { Call } from '../model/call.ts';
import { admit, askedQueue, countFor, type Refusal } from '../routing/admission.ts';
import { apply } from '../writing/apply.ts';
import { loadLiveCallOf } from '../writing/call-rows.ts';
import type { Change } from '../writing/change.ts';
import { mustBeWelcome } from './blocks.ts';
import { enterLine, ownCall, type StartCall } from './entry.ts';

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
export async function startCall(change: Change, wanted: StartCall): Promise<Call> {
  if (await loadLiveCallOf(change.db, wanted.siteId, wanted.shopperId))
    throw new CallError('already-in-call', 'You are already in a call from this page.');
  await mustBeWelcome(change, wanted.siteId, wanted);
  const asked = await askedQueue(change.db, wanted.siteId, wanted.queueId);
  if (!asked) throw new CallError('unknown-queue', 'There is no such queue. Check the "queue" attribute.');
  const admission = await admit(change.db, asked, change.now, countFor(change.db, wanted.networkMark ?? ''));
  if ('refusal' in admission) {
    const { why, forNetwork } = admission.refusal;
    if (forNetwork) throw new CallError('too-many', tooManyOfNetwork);
    throw new CallError(why, refusals[why]);
  }
  return (await enterLine(change, admission.queue, wanted)).call;
}

/** The shopper hung up, whatever the call was doing. */
export async function shopperHangUp(change: Change, siteId: SiteId, shopperId: ShopperId, callId: CallId) {
  const own = await ownCall(change, siteId, shopperId);
  if (own.call.id !== callId) throw new CallError('not-found', 'That call is not yours or is over.');
  await apply(change, own, { type: 'hang-up', by: 'shopper' });
}

/** The shopper's page, cart or name changed; the rep sees it at once. */
export async function updateContext(
  change: Change,
  siteId: SiteId,
  shopperId: ShopperId,
  context: CallContext,
): Promise<void> {
  const own = await ownCall(change, siteId, shopperId);
  const language = languageOf(context.language) ?? '';
  const needs = needsIn(own.settings, language);
  const { siteId: site_id, place } = own.call;
  if (needs !== place.needs)
    await ensureLine(change.db, { site_id, queue_id: place.queueId, priority: place.priority, needs });
  await apply(change, own, { type: 'context', context: JSON.stringify(context), language, needs });
}

/** The shopper is here (again): a parked call goes on. */
export async function shopperConnected(change: Change, siteId: SiteId, shopperId: ShopperId): Promise<void> {
  const own = await loadLiveCallOf(change.db, siteId, shopperId);
  if (own) await apply(change, own, { type: 'shopper-back' });
}

/** The shopper's connection is lost: park the call for a grace period, and ring nobody for it meanwhile. */
export async function shopperLost(change: Change, siteId: SiteId, shopperId: ShopperId): Promise<void> {
  const own = await loadLiveCallOf(change.db, siteId, shopperId);
  if (own) await apply(change, own, { type: 'shopper-lost' });
}
