/** Whether a rep knows what a call asks for, and how the asking is relaxed the longer the call waits. */
import type { QueueSettings, SkillNeed } from '../../shared/settings.ts';

type Rings = QueueSettings['skillRings'];

/** By how much the wanted levels are lowered after that wait, ms. Rings are in the order of their times. */
function lowered(rings: Rings, waitedMs: number): number {
  let by = 0;
  for (const ring of rings) if (ring.afterMs <= waitedMs) by = ring.lowerBy;
  return by;
}

/**
 * Ring by ring, as in Genesys' bullseye routing: after set times each wanted level is lowered; a need that is lowered
 * to nothing is dropped. `skills`: level by name.
 */
export function meets(
  skills: ReadonlyMap<string, number>,
  needs: readonly SkillNeed[],
  rings: Rings,
  waitedMs: number,
): boolean {
  const by = lowered(rings, waitedMs);
  return needs.every(need => need.level - by <= 0 || (skills.get(need.skill) ?? 0) >= need.level - by);
}
