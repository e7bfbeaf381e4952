/**
 * Who is offered which call. Pure: no clock, no I/O, no randomness of its own (design rule 4), so that a
 * million histories can be run through it.
 */
import type { CallId, RepId } from '../../shared/ids.ts';
import type { MatchState, WaitingCall } from './match-state.ts';
import { pickRep } from './strategies.ts';

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
