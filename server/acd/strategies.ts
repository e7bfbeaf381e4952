/** How the next rep is chosen among those who could take a call. */
import type { Strategy } from '../../shared/domain.ts';
import type { RepId } from '../../shared/ids.ts';
import type { IdleMembership, IdleRep } from './match-state.ts';

/** A rep who could take the call, and what the rep is in the call's queue. */
export type Candidate = { rep: IdleRep; member: IdleMembership };

/** Whom `round-robin` rang last, with the place in the order, so that it goes on even when that rep left the queue. */
export type LastRung = { repId: RepId; position: number } | null;

/**
 * Whom to ring, in the order of rows that does not matter: ids break every tie.
 * - `longest-idle`: longest since last becoming free (Amazon Connect, TaskRouter)
 * - `round-robin`: by position, going on after the one rung last (Asterisk's `rrmemory`)
 * - `ring-all`: everybody; the first to answer has the call
 * - `fewest-calls`, `least-talk-time`: who had least today in this queue; the longer idle of two
 * - `top-down`: always from the first position
 * - `random`: each as likely
 * - `weighted-random`: the smallest of random x (penalty + 1) (Asterisk's `wrandom`)
 *
 * @param random 0..1
 */
export function pickReps(
  strategy: Strategy,
  candidates: readonly Candidate[],
  lastRung: LastRung,
  random: () => number,
): RepId[] {
  if (strategy === 'ring-all') return candidates.map(idOf).sort();
  const first = inOrder(strategy, candidates, lastRung, random)[0];
  return first ? [idOf(first)] : [];
}

function inOrder(
  strategy: Exclude<Strategy, 'ring-all'>,
  candidates: readonly Candidate[],
  lastRung: LastRung,
  random: () => number,
): Candidate[] {
  const byId = candidates.toSorted((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
  switch (strategy) {
    case 'longest-idle':
      return byId.sort((a, b) => a.rep.idleSince - b.rep.idleSince);
    case 'top-down':
      return byId.sort((a, b) => a.member.position - b.member.position);
    case 'round-robin': {
      const ring = byId.sort((a, b) => a.member.position - b.member.position);
      const next = lastRung ? ring.findIndex(one => comesAfter(one, lastRung)) : 0;
      return next > 0 ? [...ring.slice(next), ...ring.slice(0, next)] : ring;
    }
    case 'fewest-calls':
      return byId.sort((a, b) => a.member.calls - b.member.calls || a.rep.idleSince - b.rep.idleSince);
    case 'least-talk-time':
      return byId.sort((a, b) => a.member.talkMs - b.member.talkMs || a.rep.idleSince - b.rep.idleSince);
    case 'random':
      return byDraw(byId, () => random());
    case 'weighted-random':
      return byDraw(byId, one => random() * (one.member.penalty + 1));
    default:
      return strategy satisfies never;
  }
}

const idOf = (one: Candidate) => one.rep.repId;

const comesAfter = (one: Candidate, last: { repId: RepId; position: number }) =>
  one.member.position > last.position || (one.member.position === last.position && idOf(one) > last.repId);

/** Each draws once; the smallest lot goes first. */
function byDraw(candidates: readonly Candidate[], draw: (one: Candidate) => number): Candidate[] {
  return candidates
    .map(one => ({ one, lot: draw(one) }))
    .sort((a, b) => a.lot - b.lot)
    .map(({ one }) => one);
}
