/**
 * A callback instead of waiting: the call keeps its place without anybody listening to it. When its turn has come a rep
 * takes it, and then the shopper's page rings, or the rep dials the number that was left.
 */
import type { CallbackKind, CallbackOutcome } from '../../../shared/domain.ts';
import type { CallId, QueueId, RepId, ShopperId, SiteId } from '../../../shared/ids.ts';
import type { QueueSettings } from '../../../shared/settings.ts';
import { literal } from '../../store/literals.ts';
import { readQueueSettings } from '../../store/queue-settings.ts';
import type { CallRow } from '../../store/schema.ts';
import type { Change } from '../change.ts';
import { CallError } from '../errors.ts';
import { endCall } from '../life/call-life.ts';
import { enterLine, liveCallOf, ownCall, type StartCall } from '../life/entry.ts';
import { revokeOffers } from '../life/offers.ts';
import { setWork } from '../life/work.ts';
import { askedQueue } from '../routing/admission.ts';
import { mustBeWelcome } from './blocks.ts';
import { mustBeNew, numberToCall } from './callback-number.ts';

/** `networkMark`: of whoever asks, when that is known; it counts for the callback from then on. */
export type CallbackWish = { kind: CallbackKind; phone: string | null; networkMark?: string };

/**
 * Who waits leaves the line and keeps the place. Throws `not-allowed` where the shop offers no such callback, and
 * `bad-number`, `blocked` or `number-known` with words for the shopper.
 */
export async function leaveLineForCallback(
  change: Change,
  siteId: SiteId,
  shopperId: ShopperId,
  wish: CallbackWish,
): Promise<CallRow> {
  const call = await ownCall(change, siteId, shopperId);
  if (call.state !== 'waiting' && call.state !== 'ringing')
    throw new CallError('bad-request', 'Only who waits in line can be called back.');
  const settings = await mustBeOffered(change, call.queue_id, wish);
  const phone = wish.phone === null ? null : numberToCall(wish.phone, settings);
  await mustBeWelcome(change, siteId, { shopperId, networkMark: wish.networkMark, phone });
  if (phone !== null) await mustBeNew(change, siteId, phone, call);
  await revokeOffers(change, call.id);
  await becomeCallback(change, call, { ...wish, phone });
  return call;
}

/** Nobody can take the call now: the shopper leaves a number instead of a call. */
export async function askForCallback(change: Change, wanted: StartCall, phone: string): Promise<CallRow> {
  if (await liveCallOf(change, wanted.siteId, wanted.shopperId))
    throw new CallError('already-in-call', 'You are already in a call from this page.');
  const queue = await askedQueue(change.db, wanted.siteId, wanted.queueId);
  if (!queue) throw new CallError('unknown-queue', 'There is no such queue. Check the "queue" attribute.');
  const settings = await mustBeOffered(change, queue.id, { kind: 'phone', phone });
  const number = numberToCall(phone, settings);
  await mustBeWelcome(change, wanted.siteId, { ...wanted, phone: number });
  await mustBeNew(change, wanted.siteId, number, null);
  const call = await enterLine(change, queue, wanted);
  await becomeCallback(change, call, { kind: 'phone', phone: number });
  return call;
}

async function mustBeOffered(
  change: Change,
  queueId: QueueId,
  { kind }: CallbackWish,
): Promise<QueueSettings> {
  const settings = await settingsOf(change, queueId);
  if (!settings.callback[kind]) throw new CallError('not-allowed', 'This shop offers no such callback.');
  return settings;
}

/** Kept for nobody in particular, and silent from now on. */
export async function becomeCallback(
  change: Change,
  call: CallRow,
  { kind, phone, networkMark }: CallbackWish,
): Promise<void> {
  const { callback } = await settingsOf(change, call.queue_id);
  const expiresAt = change.now + callback.expireMs;
  await change.db
    .updateTable('calls')
    .set({
      state: 'waiting',
      callback_kind: kind,
      callback_phone: phone,
      ...(networkMark === undefined ? {} : { caller_network: networkMark }),
      callback_push: null,
      callback_expires_at: expiresAt,
      // A page that is not there at the moment may come back until then; a telephone is always there.
      parked_until: call.parked_until === null || kind === 'phone' ? null : expiresAt,
    })
    .where('id', '=', call.id)
    .execute();
  await change.record(call, 'callback-asked', null, { kind });
  change.touch({ siteId: call.site_id, call: call.id, queue: call.queue_id });
}

/** The shopper answers the ringing of the page. */
export async function answerCallback(
  change: Change,
  siteId: SiteId,
  shopperId: ShopperId,
  callId: CallId,
): Promise<CallRow> {
  const call = await ownCall(change, siteId, shopperId);
  if (call.id !== callId || call.state !== 'calling-back' || call.callback_kind !== 'page')
    throw new CallError('offer-gone', 'We are no longer ringing you. You have kept your place.');
  const answered = await change.db
    .updateTable('calls')
    .set({
      state: 'talking',
      answered_at: change.now,
      ring_until: null,
      callback_kind: null,
      callback_push: null,
    })
    .where('id', '=', call.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  await change.record(call, 'callback-answered', call.rep_id);
  change.touch({ siteId, call: call.id, rep: call.rep_id, queue: call.queue_id });
  return answered;
}

/** The shopper cannot talk at this moment: tried again later. */
export async function putOffCallback(
  change: Change,
  siteId: SiteId,
  shopperId: ShopperId,
  callId: CallId,
): Promise<void> {
  const call = await ownCall(change, siteId, shopperId);
  if (call.id !== callId || call.state !== 'calling-back')
    throw new CallError('offer-gone', 'We are no longer ringing you. You have kept your place.');
  await callbackMissed(change, call);
}

/** What came of dialling. Throws `not-found` when it is not this rep's callback. */
export async function callbackOutcome(
  change: Change,
  repId: RepId,
  callId: CallId,
  outcome: CallbackOutcome,
): Promise<void> {
  const call = await change.db
    .selectFrom('calls')
    .selectAll()
    .where('id', '=', callId)
    .where('rep_id', '=', repId)
    .where('state', '=', literal.callingBack)
    .executeTakeFirst();
  if (!call) throw new CallError('not-found', 'That callback is not yours or is over.');
  await change.record(call, 'callback-outcome', repId, { outcome });
  switch (outcome) {
    case 'reached': {
      const accepted = await change.db
        .selectFrom('offers')
        .select('ended_at')
        .where('call_id', '=', call.id)
        .where('state', '=', 'accepted')
        .orderBy('ended_at', 'desc')
        .executeTakeFirst();
      await change.db
        .updateTable('calls')
        .set({ answered_at: accepted?.ended_at ?? change.now })
        .where('id', '=', call.id)
        .execute();
      await endCall(change, call.id, 'callback-done');
      return;
    }
    case 'wrong-number':
      await endCall(change, call.id, 'callback-failed');
      return;
    case 'no-answer':
      await callbackMissed(change, call);
      return;
    default:
      return outcome satisfies never;
  }
}

/** Nobody answered: back to the place for another try later, or, after the last one, the end. */
export async function callbackMissed(change: Change, call: CallRow): Promise<void> {
  const { callback } = await settingsOf(change, call.queue_id);
  const tries = call.callback_tries + 1;
  await change.record(call, 'callback-missed', call.rep_id, { tries });
  await change.db.updateTable('calls').set({ callback_tries: tries }).where('id', '=', call.id).execute();
  await backToPlace(change, call, change.now + callback.retryMs);
  if (tries >= callback.tries) await endCall(change, call.id, 'callback-failed');
  else if (isExpired(change, call)) await endCall(change, call.id, 'callback-expired');
}

/** The rep who was reaching the shopper is gone: somebody else tries, and it counts as no try. */
export async function breakOffCallback(change: Change, call: CallRow): Promise<void> {
  await change.record(call, 'returned', call.rep_id);
  await backToPlace(change, call, null);
  if (isExpired(change, call)) await endCall(change, call.id, 'callback-expired');
}

/** @param heldUntil not rung for before then, ms UTC; null for at once */
async function backToPlace(change: Change, call: CallRow, heldUntil: number | null): Promise<void> {
  await change.db
    .updateTable('calls')
    .set({ state: 'waiting', rep_id: null, ring_until: null, held_until: heldUntil })
    .where('id', '=', call.id)
    .execute();
  if (call.rep_id) await setWork(change, call.rep_id, 'idle', { idle_since: change.now });
  change.touch({ siteId: call.site_id, call: call.id, rep: call.rep_id, queue: call.queue_id });
}

/** Its time ran out while the shopper was being reached, which was still given the chance. */
const isExpired = (change: Change, { callback_expires_at: expiresAt }: CallRow) =>
  expiresAt !== null && expiresAt <= change.now;

/** A try that was put off may be made from now on. */
export async function holdNoLonger(change: Change, siteId: SiteId): Promise<void> {
  await change.db
    .updateTable('calls')
    .set({ held_until: null })
    .where('site_id', '=', siteId)
    .where('held_until', '<=', change.now)
    .execute();
}

async function settingsOf(change: Change, queueId: QueueId): Promise<QueueSettings> {
  const queue = await change.db
    .selectFrom('queues')
    .select('settings')
    .where('id', '=', queueId)
    .executeTakeFirstOrThrow();
  return readQueueSettings(queue);
}
