/** What happens to a call in a line: it rings, somebody takes it or does not, it changes its place. */
import type { RepId } from '../../../shared/ids.ts';
import {
  baseOf,
  inLine,
  type LiveCall,
  type Offer,
  offerIn,
  offersOf,
  type TalkingCall,
  type WaitingCall,
} from './call.ts';
import type { EventOf, Refusal } from './events.ts';
import type { Step } from './step.ts';

export function offer(step: Step, call: LiveCall, made: Offer): Refusal | undefined {
  if (!inLine(call)) return 'not-in-line';
  if (call.state === 'waiting') {
    if (call.parkedUntil !== null || call.heldUntil !== null) return 'shopper-away';
    const { callback, keptFor, returnedAt } = call;
    step.call = { ...baseOf(call), callback, keptFor, returnedAt, state: 'ringing', offers: [made] };
  } else {
    if (call.offers.some(one => one.repId === made.repId)) return 'not-in-line';
    step.call = { ...call, offers: [...call.offers, made] };
  }
  step.outcome.offersMade.push(made);
  step.outcome.members.push({ repId: made.repId, work: 'ringing' });
  step.record({ type: 'offered', rep: made.repId, data: {} });
  return;
}

export function accept(step: Step, call: LiveCall, event: EventOf<'accept'>): Refusal | undefined {
  const made = offerIn(call, event.offerId);
  if (made?.repId !== event.repId || made.dueAt <= step.now) return 'not-ringing';
  step.endOffer(made, 'accepted');
  step.assign(event.repId, event.partyId);
  return;
}

export function pickUp(step: Step, call: LiveCall, event: EventOf<'pick-up'>): Refusal | undefined {
  if (!inLine(call)) return 'not-in-line';
  if (call.state === 'waiting' && call.parkedUntil !== null) return 'shopper-away';
  const own = offersOf(call).find(one => one.repId === event.repId);
  if (own) step.endOffer(own, 'accepted');
  step.assign(event.repId, event.partyId, { pickedUp: true });
  return;
}

export function decline(step: Step, call: LiveCall, event: EventOf<'decline'>): Refusal | undefined {
  const made = offerIn(call, event.offerId);
  if (made?.repId !== event.repId) return 'not-ringing';
  step.endOffer(made, 'declined', event.reason === '' ? {} : { reason: event.reason });
  // Kept for somebody who does not want it, the call would wait for nothing.
  const left = step.call;
  if (inLine(left) && left.keptFor?.repId === event.repId) step.call = { ...left, keptFor: null };
  return;
}

export function expireOffer(step: Step, call: LiveCall, event: EventOf<'expire-offer'>): Refusal | undefined {
  const made = offerIn(call, event.offerId);
  if (!made || made.dueAt > step.now) return 'not-ringing';
  step.endOffer(made, 'expired');
  return;
}

export function revokeOffer(step: Step, call: LiveCall, event: EventOf<'revoke-offer'>): Refusal | undefined {
  const made = offersOf(call).find(one => one.repId === event.repId);
  if (!made) return 'not-ringing';
  step.endOffer(made, 'revoked');
  return;
}

export function remove(step: Step, call: LiveCall, event: EventOf<'remove'>): Refusal | undefined {
  if (call.state === 'talking') return 'not-in-line';
  const data = event.note === '' ? {} : { reason: event.note };
  step.record({ type: 'removed', rep: event.repId, data });
  step.end('removed');
  return;
}

/** It goes on to another place, out of a line or out of a talk. */
export function move(
  step: Step,
  call: WaitingCall | TalkingCall,
  repId: RepId | null,
  { place, because }: { place: WaitingCall['place']; because: 'max-wait' | 'no-rep' | 'transfer' },
): void {
  const data = { from: call.place.queueId, to: place.queueId, because };
  step.record({ type: 'moved', rep: repId, data });
  const { parkedUntil } = call;
  const before = call.state === 'waiting' ? { callback: call.callback, returnedAt: call.returnedAt } : {};
  step.call = { ...step.inLine(call), ...before, parkedUntil, place };
}

export function boostTo(step: Step, call: LiveCall, { boost }: EventOf<'boost'>): Refusal | undefined {
  if (!inLine(call)) return 'not-in-line';
  const { place } = call;
  step.call = { ...call, place: { ...place, boost, priority: place.priority - place.boost + boost } };
  step.record({ type: 'boosted', rep: null, data: { boost } });
  return;
}

export function keepNoLonger(step: Step, call: LiveCall): Refusal | undefined {
  if (!inLine(call)) return 'not-in-line';
  step.call = { ...call, keptFor: null };
  return;
}

export function holdOver(step: Step, call: LiveCall): Refusal | undefined {
  if (call.state !== 'waiting' || call.heldUntil === null || call.heldUntil > step.now) return 'not-in-line';
  step.call = { ...call, heldUntil: null };
  return;
}
