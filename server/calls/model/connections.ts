/** What happens to a call when connections, the server or the store go and come. */
import { limits } from '../../../shared/limits.ts';
import { type LiveCall, offersOf, repIdOf } from './call.ts';
import { breakOff, missed } from './callbacks.ts';
import { into, type Step } from './step.ts';

export function shopperLost(step: Step, call: LiveCall): void {
  const callback = 'callback' in call ? call.callback : null;
  if ('parkedUntil' in call && call.parkedUntil !== null) return;
  // A telephone rings without a page.
  if (callback?.kind === 'phone') return;
  // So does a browser that a push can reach, for which it is time now if the page closed while it rang.
  if (callback && callback.push !== null) {
    step.outcome.needsPush = call.state === 'calling-back';
    return;
  }
  step.record({ type: 'shopper-lost', rep: repIdOf(call), data: {} });
  step.revokeOffers();
  if (call.state === 'calling-back') missed(step, call);
  const left = step.call;
  // Missed for the last time, a callback is over.
  if (left.state !== 'waiting' && left.state !== 'talking') return;
  step.call = { ...left, parkedUntil: callback?.expiresAt ?? step.now + limits.shopperGraceMs };
}

export function shopperBack(step: Step, call: LiveCall): void {
  if ((call.state !== 'waiting' && call.state !== 'talking') || call.parkedUntil === null) return;
  step.call = { ...call, parkedUntil: null };
  step.record({ type: 'shopper-back', rep: repIdOf(call), data: {} });
}

export function serverRestarted(step: Step, call: LiveCall): void {
  step.revokeOffers();
  // Nobody knows what came of it: it is tried again.
  if (call.state === 'calling-back') breakOff(step, call);
  const left = step.call;
  if (left.state === 'talking')
    step.call = {
      ...left,
      rep: into(left.rep, 'lost', step.now),
      parkedUntil: step.now + limits.shopperGraceMs,
    };
  if (left.state !== 'waiting') return;
  const { callback } = left;
  if (callback === null) step.call = { ...left, parkedUntil: step.now + limits.shopperGraceMs };
  // An open page comes back by itself; a closed one has until the callback expires, unless a push reaches it.
  else if (callback.kind === 'page' && callback.push === null)
    step.call = { ...left, parkedUntil: callback.expiresAt };
}

export function outageOver(step: Step, call: LiveCall): void {
  for (const offer of offersOf(call)) if (offer.dueAt <= step.now) step.endOffer(offer, 'revoked');
  if (call.state === 'calling-back' && call.ringUntil !== null && call.ringUntil <= step.now)
    breakOff(step, call);
  const left = step.call;
  if ((left.state !== 'waiting' && left.state !== 'talking') || left.parkedUntil === null) return;
  if (left.state === 'waiting' && left.callback !== null) return;
  step.call = { ...left, parkedUntil: Math.max(left.parkedUntil, step.now + limits.shopperGraceMs) };
}
