/** What happens to a talk: the shopper is put on hold, it is sent on, or the rep's connection goes and comes. */
import type { LiveCall, TalkingCall, WaitingCall } from './call.ts';
import { breakOff } from './callbacks.ts';
import type { EventOf, Refusal } from './events.ts';
import { move } from './line.ts';
import { into, type Step } from './step.ts';

/** The shopper hears the queue's music and nobody hears them, until the rep takes them back. */
export function hold(
  step: Step,
  call: LiveCall,
  { repId, type }: EventOf<'hold' | 'resume'>,
): Refusal | undefined {
  if (call.state !== 'talking' || call.rep.repId !== repId) return 'not-party';
  if (call.transfer) return 'being-transferred';
  const shopper = into(call.shopper, type === 'hold' ? 'held' : 'joined', step.now);
  if (shopper === call.shopper) return;
  step.call = { ...call, shopper };
  step.record({ type: type === 'hold' ? 'held' : 'resumed', rep: repId, data: {} });
  return;
}

export function transfer(step: Step, call: LiveCall, event: EventOf<'transfer'>): Refusal | undefined {
  if (call.state !== 'talking' || call.rep.repId !== event.repId) return 'not-party';
  step.countTalk(call);
  step.outcome.refusal = { id: event.refusalId, repId: event.repId };
  step.revokeOffers();
  step.leaves(call.rep, 'transferred');
  move(step, step.call as TalkingCall, event.repId, { place: event.place, because: 'transfer' });
  step.call = { ...(step.call as WaitingCall), handed: { by: event.repId, note: event.note } };
  return;
}

/** The other rep is rung, and the shopper hears music until somebody talks to them again. The sender stays until then. */
export function transferToRep(
  step: Step,
  call: LiveCall,
  { repId, offer, note }: EventOf<'transfer-to-rep'>,
): Refusal | undefined {
  if (call.state !== 'talking' || call.rep.repId !== repId) return 'not-party';
  if (call.parkedUntil !== null) return 'shopper-away';
  if (call.transfer) return 'being-transferred';
  step.call = { ...call, shopper: into(call.shopper, 'held', step.now), transfer: { offer, note } };
  step.outcome.offersMade.push(offer);
  step.outcome.members.push({ repId: offer.repId, work: 'ringing' });
  step.record({ type: 'transfer-offered', rep: offer.repId, data: { from: repId } });
  return;
}

export function takeBack(step: Step, call: LiveCall, { repId }: EventOf<'take-back'>): Refusal | undefined {
  if (call.state !== 'talking' || call.rep.repId !== repId) return 'not-party';
  if (!call.transfer) return 'not-ringing';
  step.endOffer(call.transfer.offer, 'withdrawn');
  return;
}

/** The rep who was rung has the talk from now on; the one who sent it on writes down what there is to write. */
export function takeOver(step: Step, call: TalkingCall, event: EventOf<'accept'>): Refusal | undefined {
  const { offerId, repId, partyId } = event;
  const { transfer, rep: sender } = call;
  if (!transfer || transfer.offer.id !== offerId || transfer.offer.repId !== repId) return 'not-ringing';
  if (transfer.offer.dueAt <= step.now) return 'not-ringing';
  step.endOffer(transfer.offer, 'accepted');
  const left = step.call as TalkingCall;
  step.countTalk(call);
  step.outcome.left.push({ partyId: sender.id, why: 'transferred' });
  step.wrapsUp(sender.repId);
  step.call = {
    ...{ ...left, shopper: { ...left.shopper, mos: null }, rep: step.newRep(repId, partyId) },
    ...{ answeredAt: step.now, handed: { by: sender.repId, note: transfer.note } },
  };
  step.record({ type: 'transfer-accepted', rep: repId, data: { from: sender.repId } });
  step.outcome.members.push({ repId, work: 'talking' });
  step.outcome.counted.push({ repId, queueId: call.place.queueId, calls: 1, talkMs: 0 });
  return;
}

export function repConnection(step: Step, state: 'joined' | 'lost'): Refusal | undefined {
  const { call } = step;
  if (call.state !== 'talking' && call.state !== 'calling-back') return 'not-party';
  if (call.rep.state === state) return;
  step.call = { ...call, rep: into(call.rep, state, step.now) };
  step.record({ type: state === 'lost' ? 'rep-lost' : 'rep-back', rep: call.rep.repId, data: {} });
  return;
}

/** The call goes back to its place, first among equals by its original wait. */
export function repGone(step: Step, call: LiveCall): Refusal | undefined {
  if (call.state === 'calling-back') breakOff(step, call);
  else if (call.state === 'talking') {
    step.revokeOffers();
    step.countTalk(call);
    step.leaves(call.rep, 'lost');
    step.record({ type: 'returned', rep: call.rep.repId, data: {} });
    const { parkedUntil } = call;
    const place = { ...call.place, lineSince: step.now };
    step.call = { ...step.inLine(call), place, returnedAt: step.now, parkedUntil };
  } else return 'not-party';
  return;
}
