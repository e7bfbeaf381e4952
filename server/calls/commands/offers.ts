/** What a rep says to the call that rings. */
import type { OfferId, RepId } from '../../../shared/ids.ts';
import { readReasonsOf } from '../../store/team-settings.ts';
import { CallError } from '../errors.ts';
import type { Call } from '../model/call.ts';
import { apply, applyIfItFits } from '../writing/apply.ts';
import { type LoadedCall, loadCallRingingAt } from '../writing/call-rows.ts';
import type { Change } from '../writing/change.ts';

/**
 * The rep takes the call; of a callback, the shopper is reached next. Refused with `offer-gone` when it expired, was
 * revoked, or somebody else won.
 */
export async function acceptOffer(change: Change, repId: RepId, offerId: OfferId): Promise<Call> {
  const ringing = await callRingingAt(change, repId);
  return apply(change, ringing, { type: 'accept', offerId, repId, partyId: change.newId() });
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
  const ringing = await callRingingAt(change, repId);
  if (reason !== '' && !(await readReasonsOf(change.db, repId)).declineReasons.includes(reason))
    throw new CallError('bad-request', 'That reason is not on the list any more. Choose another one.');
  await apply(change, ringing, { type: 'decline', offerId, repId, reason });
}

/** Stop what rings at one rep; that call goes back to its place. */
export async function revokeOfferOfRep(change: Change, repId: RepId): Promise<void> {
  const ringing = await loadCallRingingAt(change.db, repId);
  if (ringing) await applyIfItFits(change, ringing, { type: 'revoke-offer', repId });
}

async function callRingingAt(change: Change, repId: RepId): Promise<LoadedCall> {
  const ringing = await loadCallRingingAt(change.db, repId);
  if (!ringing) throw new CallError('offer-gone', 'This call is no longer ringing for you.');
  return ringing;
}
