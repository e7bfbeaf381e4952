/** What happens to a call whose shopper is called back instead of waiting. */
import type { LeaveReason } from '../../../shared/domain.ts';
import { baseOf, type CallingBackCall, inLine, type LiveCall, type WaitingCall } from './call.ts';
import type { EventOf, Refusal } from './events.ts';
import type { Step } from './step.ts';

export function becomeCallback(step: Step, event: EventOf<'become-callback'>): Refusal | undefined {
  if (!inLine(step.call)) return 'not-in-line';
  const { kind, phone, network } = event;
  step.revokeOffers();
  const call = step.call as WaitingCall;
  const expiresAt = step.now + step.settings.callback.expireMs;
  step.call = {
    ...call,
    network: network ?? call.network,
    callback: { kind, phone, push: null, tries: call.callback?.tries ?? 0, expiresAt },
    // A page that is not there at the moment may come back until then; a telephone is always there.
    parkedUntil: call.parkedUntil === null || kind === 'phone' ? null : expiresAt,
  };
  step.record({ type: 'callback-asked', rep: null, data: { kind } });
  return;
}

export function allowPush(step: Step, call: LiveCall, event: EventOf<'allow-push'>): Refusal | undefined {
  if (!('callback' in call) || call.callback?.kind !== 'page') return 'not-a-page-callback';
  const callback = { ...call.callback, push: event.push };
  // The page may have closed right after it asked; from now on that is no reason to wait for it.
  step.call = call.state === 'waiting' ? { ...call, callback, parkedUntil: null } : { ...call, callback };
  step.record({ type: 'push-allowed', rep: null, data: {} });
  return;
}

export function pushGone(step: Step, call: LiveCall): Refusal | undefined {
  if (!('callback' in call) || call.callback?.push == null) return 'not-a-page-callback';
  step.call = { ...call, callback: { ...call.callback, push: null } };
  step.record({ type: 'push-gone', rep: null, data: {} });
  return;
}

export function pushFailed(step: Step, call: LiveCall): Refusal | undefined {
  if (call.state !== 'calling-back') return 'not-calling-back';
  step.record({ type: 'push-failed', rep: null, data: {} });
  missed(step, call);
  return;
}

export function answer(step: Step, call: LiveCall): Refusal | undefined {
  if (call.state !== 'calling-back' || call.callback.kind !== 'page') return 'not-calling-back';
  step.call = {
    ...baseOf(call),
    ...{ state: 'talking', rep: call.rep, answeredAt: step.now, parkedUntil: null, transfer: null },
  };
  step.record({ type: 'callback-answered', rep: call.rep.repId, data: {} });
  return;
}

export function notReached(step: Step, call: LiveCall): Refusal | undefined {
  if (call.state !== 'calling-back') return 'not-calling-back';
  missed(step, call);
  return;
}

export function outcome(step: Step, call: LiveCall, event: EventOf<'callback-outcome'>): Refusal | undefined {
  if (call.state !== 'calling-back' || call.rep.repId !== event.repId) return 'not-party';
  step.record({ type: 'callback-outcome', rep: event.repId, data: { outcome: event.outcome } });
  if (event.outcome === 'no-answer') missed(step, call);
  else if (event.outcome === 'wrong-number') step.end('callback-failed');
  // The talk was on the telephone, from when the rep took the callback.
  else step.end('callback-done', call.rep.joinedAt);
  return;
}

/** Nobody answered: back to the place for another try later, or, after the last one, the end. */
export function missed(step: Step, call: CallingBackCall): void {
  const { retryMs, tries: most } = step.settings.callback;
  const tries = call.callback.tries + 1;
  step.record({ type: 'callback-missed', rep: call.rep.repId, data: { tries } });
  backToPlace(step, { ...call, callback: { ...call.callback, tries } }, 'not-reached', step.now + retryMs);
  if (tries >= most) step.end('callback-failed');
  else endIfExpired(step, call);
}

/** The rep who was reaching the shopper is gone: somebody else tries, and it counts as no try. */
export function breakOff(step: Step, call: CallingBackCall): void {
  step.record({ type: 'returned', rep: call.rep.repId, data: {} });
  backToPlace(step, call, 'reaching-broken-off', null);
  endIfExpired(step, call);
}

function backToPlace(step: Step, call: CallingBackCall, why: LeaveReason, heldUntil: number | null): void {
  step.leaves(call.rep, why);
  step.call = { ...step.inLine(call), callback: call.callback, heldUntil };
}

/** Its time ran out while the shopper was being reached, which was still given the chance. */
function endIfExpired(step: Step, { callback }: CallingBackCall): void {
  if (callback.expiresAt <= step.now) step.end('callback-expired');
}
