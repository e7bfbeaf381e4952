/** Whether a rep knows what a call asks for, and how the asking is relaxed the longer the call waits. */
import type { Language } from '../../shared/i18n/languages.ts';
import type { QueueSettings, SkillNeed } from '../../shared/settings.ts';
import type { MatchQueue, WaitingCall } from './match-state.ts';

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

/**
 * Whether the call is for those only who speak the shopper's language: not for longer than the queue says, and not
 * while nobody on duty there speaks it.
 */
export const waitsForLanguage = (
  call: WaitingCall,
  { preferLanguageMs, spoken }: MatchQueue,
  waitedMs: number,
): call is WaitingCall & { language: Language } =>
  call.language !== null && waitedMs < preferLanguageMs && spoken.has(call.language);
