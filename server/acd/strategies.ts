/** How the next rep is chosen among those who could take a call. */
import type { Strategy } from '../../shared/domain.ts';
import type { QueueId } from '../../shared/ids.ts';
import type { IdleRep } from './match-state.ts';

/** The rep to ring first, or undefined when nobody is eligible. Only the lowest tier present is considered. */
export function pickRep(
  strategy: Strategy,
  eligible: readonly IdleRep[],
  queueId: QueueId,
): IdleRep | undefined {
  const tier = Math.min(...eligible.map(rep => rep.tiers.get(queueId) ?? Number.POSITIVE_INFINITY));
  const candidates = eligible.filter(rep => rep.tiers.get(queueId) === tier);
  switch (strategy) {
    case 'longest-idle':
      return candidates.toSorted(byIdleTime)[0];
    default:
      return strategy satisfies never;
  }
}

/** Longest since last becoming free; ids break ties so that the outcome never depends on row order. */
function byIdleTime(a: IdleRep, b: IdleRep): number {
  return a.idleSince - b.idleSince || (a.repId < b.repId ? -1 : 1);
}
