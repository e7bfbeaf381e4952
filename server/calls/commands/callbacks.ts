/**
 * A callback instead of waiting: the call keeps its place without anybody listening to it. When its turn has come a rep
 * takes it, and then the shopper's page rings, or the rep dials the number that was left.
 */
import type { CallbackKind, CallbackOutcome } from '../../../shared/domain.ts';
import type { CallId, RepId, ShopperId, SiteId } from '../../../shared/ids.ts';
import type { QueueSettings } from '../../../shared/settings.ts';
import { readQueueSettings } from '../../store/queue-settings.ts';
import { CallError } from '../errors.ts';
import type { Call } from '../model/call.ts';
import { askedQueue } from '../routing/admission.ts';
import { apply } from '../writing/apply.ts';
import { loadCallOfRep, loadLiveCallOf } from '../writing/call-rows.ts';
import type { Change } from '../writing/change.ts';
import { mustBeWelcome } from './blocks.ts';
import { mustBeNew, numberToCall } from './callback-number.ts';
import { enterLine, ownCall, type StartCall } from './entry.ts';

/** `networkMark`: of whoever asks, when that is known; it counts for the callback from then on. */
export type CallbackWish = { kind: CallbackKind; phone: string | null; networkMark?: string };

/**
 * Who waits leaves the line and keeps the place. Throws `not-allowed` where the shop offers no such callback, and
 * `bad-number`, `blocked` or `number-known`.
 */
export async function leaveLineForCallback(
  change: Change,
  siteId: SiteId,
  shopperId: ShopperId,
  { kind, phone: typed, networkMark }: CallbackWish,
): Promise<Call> {
  const own = await ownCall(change, siteId, shopperId);
  const { call, settings } = own;
  if (call.state !== 'waiting' && call.state !== 'ringing')
    throw new CallError('bad-request', 'Only who waits in line can be called back.');
  mustBeOffered(settings, kind);
  const phone = typed === null ? null : numberToCall(typed, settings);
  await mustBeWelcome(change, siteId, { shopperId, networkMark, phone });
  if (phone !== null) await mustBeNew(change, siteId, phone, call);
  return apply(change, own, { type: 'become-callback', kind, phone, network: networkMark ?? null });
}

/** Nobody can take the call now: the shopper leaves a number instead of a call. */
export async function askForCallback(change: Change, wanted: StartCall, phone: string): Promise<Call> {
  if (await loadLiveCallOf(change.db, wanted.siteId, wanted.shopperId))
    throw new CallError('already-in-call', 'You are already in a call from this page.');
  const queue = await askedQueue(change.db, wanted.siteId, wanted.queueId);
  if (!queue) throw new CallError('unknown-queue', 'There is no such queue. Check the "queue" attribute.');
  const settings = readQueueSettings(queue);
  mustBeOffered(settings, 'phone');
  const number = numberToCall(phone, settings);
  await mustBeWelcome(change, wanted.siteId, { ...wanted, phone: number });
  await mustBeNew(change, wanted.siteId, number, null);
  const call = await enterLine(change, queue, wanted);
  return apply(change, call, { type: 'become-callback', kind: 'phone', phone: number, network: null });
}

function mustBeOffered({ callback }: QueueSettings, kind: CallbackKind): void {
  if (!callback[kind]) throw new CallError('not-allowed', 'This shop offers no such callback.');
}

/** The shopper answers the ringing of the page. */
export async function answerCallback(
  change: Change,
  siteId: SiteId,
  shopperId: ShopperId,
  callId: CallId,
): Promise<Call> {
  const own = await ownCall(change, siteId, shopperId);
  mustRing(own.call, callId);
  return apply(change, own, { type: 'answer-callback' });
}

/** The shopper cannot talk at this moment: tried again later. */
export async function putOffCallback(
  change: Change,
  siteId: SiteId,
  shopperId: ShopperId,
  callId: CallId,
): Promise<void> {
  const own = await ownCall(change, siteId, shopperId);
  mustRing(own.call, callId);
  await apply(change, own, { type: 'callback-missed' });
}

function mustRing({ id, state }: Call, callId: CallId): void {
  if (id !== callId || state !== 'calling-back')
    throw new CallError('offer-gone', 'We are no longer ringing you. You have kept your place.');
}

/** What came of dialling. Throws `not-found` when it is not this rep's callback. */
export async function callbackOutcome(
  change: Change,
  repId: RepId,
  callId: CallId,
  outcome: CallbackOutcome,
): Promise<void> {
  const own = await loadCallOfRep(change.db, repId);
  if (own?.call.id !== callId) throw new CallError('not-found', 'That callback is not yours or is over.');
  await apply(change, own, { type: 'callback-outcome', repId, outcome });
}
