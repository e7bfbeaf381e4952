/**
 * The one way in which a call changes (design rule 2): pure and total. Due times are part of the state; that they have come
 * is for the timers to see, but an offer does not expire and a callback is not tried before its time. What each event
 * means is said by concern, in the files beside this one.
 */

import { limits } from '../../../shared/limits.ts';
import type { Call, LiveCall, WaitingCall } from './call.ts';
import * as callbacks from './callbacks.ts';
import * as connections from './connections.ts';
import type { CallEvent, EventOf, Outcome, Refusal, Transition } from './events.ts';
import * as line from './line.ts';
import { type Circumstances, nothingElse, Step } from './step.ts';
import * as talks from './talks.ts';

/** What `event` makes of `call`. */
export function transition(call: Call, event: CallEvent, circumstances: Circumstances): Transition {
  if (event.type === 'wrap-up') return wrapUp(call, event, circumstances);
  if (call.state === 'ended') return { refused: 'over' };
  const step = new Step(call, circumstances);
  const refused = take(step, call, event);
  return refused ? { refused } : { call: step.call, ...step.outcome };
}

/** A call that has just begun, and the event that its history starts with. */
export function beginning(call: WaitingCall): Outcome {
  const { queueId } = call.place;
  return {
    ...nothingElse(call),
    history: [{ type: 'started', rep: call.keptFor?.repId ?? null, data: { queue: queueId } }],
  };
}

/** After-call work is done; the call itself may be going on with somebody else. */
function wrapUp(call: Call, { repId, note = '' }: EventOf<'wrap-up'>, { now }: Circumstances): Transition {
  // Of a call that went from rep to rep again and again, the newest.
  const notes = [call.note, note].filter(Boolean).join('\n\n').slice(-limits.maxNotesLength);
  const written = { ...call, note: notes };
  const isLast = written.state === 'ended' && written.repId === repId;
  return {
    ...nothingElse(isLast ? { ...written, wrappedUpAt: now } : written),
    history: [{ type: 'wrapped-up', rep: repId, data: {} }],
    members: [{ repId, work: 'idle', idleFromNow: true }],
  };
}

/** @returns why not */
function take(
  step: Step,
  call: LiveCall,
  event: Exclude<CallEvent, { type: 'wrap-up' }>,
): Refusal | undefined {
  switch (event.type) {
    case 'offer':
      return line.offer(step, call, event.offer);
    case 'accept':
      return call.state === 'talking' ? talks.takeOver(step, call, event) : line.accept(step, call, event);
    case 'pick-up':
      return line.pickUp(step, call, event);
    case 'decline':
      return line.decline(step, call, event);
    case 'expire-offer':
      return line.expireOffer(step, call, event);
    case 'revoke-offer':
      return line.revokeOffer(step, call, event);
    case 'hold':
    case 'resume':
      return talks.hold(step, call, event);
    case 'hang-up':
      if (event.by === 'shopper') step.end('shopper-hung-up');
      else if (call.state === 'talking') step.end('rep-hung-up');
      else if (call.state === 'calling-back') callbacks.missed(step, call);
      else return 'not-party';
      return;
    case 'end':
      step.end(event.reason);
      return;
    case 'remove':
      return line.remove(step, call, event);
    case 'shopper-lost':
      connections.shopperLost(step, call);
      return;
    case 'shopper-back':
      connections.shopperBack(step, call);
      return;
    case 'rep-lost':
      return talks.repConnection(step, 'lost');
    case 'rep-back':
      return talks.repConnection(step, 'joined');
    case 'rep-gone':
      return talks.repGone(step, call);
    case 'move':
      if (call.state !== 'waiting') return 'not-in-line';
      line.move(step, call, null, event);
      return;
    case 'transfer':
      return talks.transfer(step, call, event);
    case 'transfer-to-rep':
      return talks.transferToRep(step, call, event);
    case 'take-back':
      return talks.takeBack(step, call, event);
    case 'boost':
      return line.boostTo(step, call, event);
    case 'keep-no-longer':
      return line.keepNoLonger(step, call);
    case 'become-callback':
      return callbacks.becomeCallback(step, event);
    case 'allow-push':
      return callbacks.allowPush(step, call, event);
    case 'push-gone':
      return callbacks.pushGone(step, call);
    case 'push-failed':
      return callbacks.pushFailed(step, call);
    case 'answer-callback':
      return callbacks.answer(step, call);
    case 'callback-missed':
      return callbacks.notReached(step, call);
    case 'callback-outcome':
      return callbacks.outcome(step, call, event);
    case 'hold-over':
      return line.holdOver(step, call);
    case 'context':
      step.call = {
        ...{ ...call, context: event.context, language: event.language },
        place: call.place.needs === event.needs ? call.place : { ...call.place, needs: event.needs },
      };
      return;
    case 'server-restarted':
      connections.serverRestarted(step, call);
      return;
    case 'outage-over':
      connections.outageOver(step, call);
      return;
    default:
      return event satisfies never;
  }
}
