/**
 * Who is offered which call. Pure: no clock, no I/O, no randomness of its own (design rule 4), so that a
 * million histories can be run through it.
 */
import type { CallId, QueueId, RepId } from '../../shared/ids.ts';
import type { IdleRep, MatchQueue, MatchState, WaitingCall } from './match-state.ts';
import { mayTake } from './skills.ts';
import { type Candidate, type LastRung, pickReps } from './strategies.ts';

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
 * Decide all offers that can be made now. Each rep appears at most once; so does each call, except that `ring-all`
 * rings everybody of the call's tier. Whoever is left over when every waiting call had its choice joins the ringing of
 * a `ring-all` call. Whom `round-robin` rang last is the rep of the queue's last decision.
 *
 * @param now ms UTC
 * @param random 0..1
 */
export function match(state: MatchState, now: number, random: () => number): OfferDecision[] {
  const free = new Map(state.reps.map(rep => [rep.repId, rep]));
  const lastRung = new Map<QueueId, LastRung>();
  const offers: OfferDecision[] = [];
  const inOrder = [...state.calls].sort(serviceOrder);
  const waiting = inOrder.filter(call => call.ringingAt.size === 0);
  const ringing = inOrder.filter(call => call.ringingAt.size > 0);
  for (const call of [...waiting, ...ringing]) {
    if (free.size === 0) break;
    const queue = state.queues.get(call.queueId);
    if (!queue || (call.ringingAt.size > 0 && queue.strategy !== 'ring-all')) continue;
    const candidates = upperTier(eligible(free.values(), call, queue, now));
    const last = lastRung.get(queue.queueId) ?? queue.lastRung;
    for (const repId of pickReps(queue.strategy, candidates, last, random)) {
      const position = free.get(repId)?.memberships.get(queue.queueId)?.position ?? 0;
      lastRung.set(queue.queueId, { repId, position });
      free.delete(repId);
      offers.push({ callId: call.callId, repId, dueAt: now + queue.offerMs });
    }
  }
  return offers;
}

function eligible(reps: Iterable<IdleRep>, call: WaitingCall, queue: MatchQueue, now: number): Candidate[] {
  const found: Candidate[] = [];
  for (const rep of reps) {
    const member = rep.memberships.get(call.queueId);
    if (!member || call.notNow.has(rep.repId) || call.ringingAt.has(rep.repId)) continue;
    // Who spoke to this shopper last is asked whatever the tier, the skills and the languages say.
    const fits =
      call.reservedFor === null
        ? mayTake({ skills: rep.skills, languages: member.languages }, call, queue, now - call.queuedAt)
        : call.reservedFor === rep.repId;
    if (fits) found.push({ rep, member });
  }
  return found;
}

/** A lower tier is tried only when the upper has nobody (mod_callcenter). */
function upperTier(candidates: readonly Candidate[]): Candidate[] {
  const tier = Math.min(...candidates.map(({ member }) => member.tier));
  return candidates.filter(({ member }) => member.tier === tier);
}
