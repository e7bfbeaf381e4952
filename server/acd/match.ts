/**
 * Who is offered which call. Pure: no clock, no I/O, no randomness of its own (design rule 4), so that a
 * million histories can be run through it.
 */
import type { Strategy } from '../../shared/domain.ts';
import type { CallId, QueueId, RepId } from '../../shared/ids.ts';
import { pickRep } from './strategies.ts';

/** A call that waits and may be offered. */
export type WaitingCall = {
  callId: CallId;
  queueId: QueueId;
  /** Higher goes first. */
  priority: number;
  /** Original start of the wait, ms; equal priorities are served in this order. */
  queuedAt: number;
  /** Reps who declined this call so lately that asking again would only annoy. */
  notNow: ReadonlySet<RepId>;
};

/** A rep who is free: available, connected, with a microphone, no call, no offer, no wrap-up. */
export type IdleRep = {
  repId: RepId;
  /** When the rep last became free, ms. */
  idleSince: number;
  /** Queues served; a lower tier number is tried first. */
  tiers: ReadonlyMap<QueueId, number>;
};

export type MatchQueue = { queueId: QueueId; strategy: Strategy; offerMs: number };

export type MatchState = {
  calls: readonly WaitingCall[];
  reps: readonly IdleRep[];
  queues: ReadonlyMap<QueueId, MatchQueue>;
};

/** An offer to make. `dueAt`, ms: when it counts as no answer. */
export type OfferDecision = { callId: CallId; repId: RepId; dueAt: number };

/** The order in which calls are served, across queues: priority, then original wait, then id (a tie breaker). */
export function serviceOrder(
  a: Pick<WaitingCall, 'priority' | 'queuedAt' | 'callId'>,
  b: Pick<WaitingCall, 'priority' | 'queuedAt' | 'callId'>,
): number {
  return b.priority - a.priority || a.queuedAt - b.queuedAt || (a.callId < b.callId ? -1 : 1);
}

/**
 * Decide all offers that can be made now. Each call and each rep appears at most once.
 *
 * @param now ms UTC
 */
export function match(state: MatchState, now: number): OfferDecision[] {
  const free = new Map(state.reps.map(rep => [rep.repId, rep]));
  const offers: OfferDecision[] = [];
  for (const call of [...state.calls].sort(serviceOrder)) {
    if (free.size === 0) break;
    const queue = state.queues.get(call.queueId);
    if (!queue) continue;
    const eligible = [...free.values()].filter(
      rep => rep.tiers.has(call.queueId) && !call.notNow.has(rep.repId),
    );
    const rep = pickRep(queue.strategy, eligible, call.queueId);
    if (!rep) continue;
    free.delete(rep.repId);
    offers.push({ callId: call.callId, repId: rep.repId, dueAt: now + queue.offerMs });
  }
  return offers;
}
