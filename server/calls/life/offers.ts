/** The life of an offer: made, then accepted, declined, expired or revoked. */
import type { CallId, OfferId, RepId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import type { OfferDecision } from '../../acd/match.ts';
import { literal } from '../../store/literals.ts';
import type { CallRow, OfferRow } from '../../store/schema.ts';
import { readTeamSettings } from '../../store/team-settings.ts';
import type { Change } from '../change.ts';
import { CallError } from '../errors.ts';
import { countToday } from './counts.ts';
import { setStatus } from './status.ts';
import { setWork } from './work.ts';

/** Ring a rep for a call. */
export async function makeOffer(change: Change, { callId, repId, dueAt }: OfferDecision): Promise<void> {
  const call = await change.db
    .updateTable('calls')
    .set({ state: 'ringing' })
    .where('id', '=', callId)
    .returningAll()
    .executeTakeFirstOrThrow();
  await change.db
    .insertInto('offers')
    .values({
      id: change.newId<OfferId>(),
      site_id: call.site_id,
      call_id: callId,
      rep_id: repId,
      state: 'live',
      made_at: change.now,
      due_at: dueAt,
      ended_at: null,
    })
    .execute();
  await setWork(change, repId, 'ringing');
  await change.record(call, 'offered', repId);
  change.touch({ siteId: call.site_id, call: callId, rep: repId, queue: call.queue_id });
}

/** The rep takes the call; of a callback, the shopper is reached next. Refused with `offer-gone` when it expired, was revoked, or somebody else won. */
export async function acceptOffer(change: Change, repId: RepId, offerId: OfferId): Promise<CallRow> {
  const offer = await liveOffer(change, repId, offerId);
  if (offer.due_at <= change.now) throw offerGone();
  await endOffer(change, offer, 'accepted');
  return takeCall(change, repId, offer.call_id);
}

/**
 * The rep has the call now, or reaches for the shopper of a callback. The caller has seen to it that the call is in
 * line, the rep has nothing else in hand, and there is an accepted offer.
 *
 * @param story what else stands in the call's story
 */
export async function takeCall(
  change: Change,
  repId: RepId,
  callId: CallId,
  story: Record<string, unknown> = {},
): Promise<CallRow> {
  await revokeOffers(change, callId);
  const { callback_kind: callback, callback_push: push } = await change.db
    .selectFrom('calls')
    .select(['callback_kind', 'callback_push'])
    .where('id', '=', callId)
    .executeTakeFirstOrThrow();
  const call = await change.db
    .updateTable('calls')
    .set({
      ...(callback === null
        ? { state: 'talking', answered_at: change.now }
        : {
            state: 'calling-back',
            ring_until:
              callback === 'page'
                ? change.now + (push === null ? limits.callbackRingMs : limits.pushRingMs)
                : null,
          }),
      rep_id: repId,
      shopper_mos: null,
      rep_mos: null,
      rep_muted: 0,
      returned_at: null,
      reserved_rep_id: null,
      reserved_until: null,
      held_until: null,
    })
    .where('id', '=', callId)
    .returningAll()
    .executeTakeFirstOrThrow();
  await setWork(change, repId, 'talking');
  await countToday(change, call, { calls: 1, talkMs: 0 });
  if (callback === null)
    await change.record(call, 'answered', repId, { waitedMs: change.now - call.queued_at, ...story });
  else await change.record(call, 'calling-back', repId, { kind: callback, ...story });
  change.touch({ siteId: call.site_id, call: call.id, rep: repId, queue: call.queue_id });
  if (push !== null) change.touch({ siteId: call.site_id, wakes: call.id });
  return call;
}

/**
 * The rep says no; the call keeps its place and the rep stays available for others.
 *
 * @param reason one of the team's reasons to decline, or empty; throws `bad-request` for any other
 */
export async function declineOffer(
  change: Change,
  repId: RepId,
  offerId: OfferId,
  reason = '',
): Promise<void> {
  const offer = await liveOffer(change, repId, offerId);
  if (reason !== '' && !(await readTeamSettings(change.db)).declineReasons.includes(reason))
    throw new CallError('bad-request', 'That reason is not on the list any more. Choose another one.');
  await endOffer(change, offer, 'declined', reason === '' ? {} : { reason });
  await backToLineUnlessRinging(change, offer.call_id);
  // Kept for somebody who does not want it, the call would wait for nothing.
  await change.db
    .updateTable('calls')
    .set({ reserved_rep_id: null, reserved_until: null })
    .where('id', '=', offer.call_id)
    .where('reserved_rep_id', '=', repId)
    .execute();
}

/** No answer in time: the rep is made `away`, so that it rings nobody who is not there; the call keeps its place. */
export async function expireOffer(change: Change, offer: OfferRow): Promise<void> {
  await endOffer(change, offer, 'expired');
  await setStatus(change, offer.rep_id, { status: 'away', reason: 'no-answer' });
  await backToLineUnlessRinging(change, offer.call_id);
}

/** Stop every ringing for a call, with nobody to blame. */
export async function revokeOffers(change: Change, callId: CallId): Promise<void> {
  const offers = await change.db
    .selectFrom('offers')
    .selectAll()
    .where('call_id', '=', callId)
    .where('state', '=', literal.live)
    .execute();
  for (const offer of offers) await endOffer(change, offer, 'revoked');
}

/** Stop what rings at one rep; that call goes back to its place. */
export async function revokeOfferOfRep(change: Change, repId: RepId): Promise<void> {
  const offer = await change.db
    .selectFrom('offers')
    .selectAll()
    .where('rep_id', '=', repId)
    .where('state', '=', literal.live)
    .executeTakeFirst();
  if (!offer) return;
  await endOffer(change, offer, 'revoked');
  await backToLineUnlessRinging(change, offer.call_id);
}

async function liveOffer(change: Change, repId: RepId, offerId: OfferId): Promise<OfferRow> {
  const offer = await change.db
    .selectFrom('offers')
    .selectAll()
    .where('id', '=', offerId)
    .where('rep_id', '=', repId)
    .where('state', '=', literal.live)
    .executeTakeFirst();
  if (!offer) throw offerGone();
  return offer;
}

const offerGone = () => new CallError('offer-gone', 'This call is no longer ringing for you.');

async function endOffer(
  change: Change,
  offer: OfferRow,
  state: OfferRow['state'],
  story: Record<string, unknown> = {},
): Promise<void> {
  await change.db
    .updateTable('offers')
    .set({ state, ended_at: change.now })
    .where('id', '=', offer.id)
    .execute();
  if (state !== 'accepted') await setWork(change, offer.rep_id, 'idle');
  // An accepted offer is told as the call's `answered`.
  if (state !== 'accepted')
    await change.record({ id: offer.call_id, site_id: offer.site_id }, `offer-${state}`, offer.rep_id, story);
  change.touch({ siteId: offer.site_id, call: offer.call_id, rep: offer.rep_id });
}

async function backToLineUnlessRinging(change: Change, callId: CallId): Promise<void> {
  const stillRinging = await change.db
    .selectFrom('offers')
    .select('id')
    .where('call_id', '=', callId)
    .where('state', '=', literal.live)
    .executeTakeFirst();
  if (stillRinging) return;
  const call = await change.db
    .updateTable('calls')
    .set({ state: 'waiting' })
    .where('id', '=', callId)
    .where('state', '=', literal.ringing)
    .returningAll()
    .executeTakeFirst();
  if (call) change.touch({ siteId: call.site_id, call: callId, queue: call.queue_id });
}
