/** What happens to a talk: the shopper is put on hold, it is sent on, or the rep's connection goes and comes. */
import type { LiveCall } from './call.ts';
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
  step.leaves(call.rep, 'transferred');
  move(step, call, event.repId, { place: event.place, because: 'transfer' });
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
    step.countTalk(call);
    step.leaves(call.rep, 'lost');
    step.record({ type: 'returned', rep: call.rep.repId, data: {} });
    const { parkedUntil } = call;
    const place = { ...call.place, lineSince: step.now };
    step.call = { ...step.inLine(call), place, returnedAt: step.now, parkedUntil };
  } else return 'not-party';
  return;
}
