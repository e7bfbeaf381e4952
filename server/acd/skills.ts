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

/** What a call asks of whoever takes it. */
export type Asking = Pick<WaitingCall, 'needs' | 'language'>;
/** How a queue relaxes that, and what is spoken by those on duty there. */
export type Relaxing = Pick<MatchQueue, 'skillRings' | 'preferLanguageMs' | 'spoken'>;
/** What a rep brings. `languages`: in which they take calls of the queue. */
export type Knowing = { skills: ReadonlyMap<string, number>; languages: ReadonlySet<Language> };

/**
 * Whether the call is for those only who speak the shopper's language: not for longer than the queue says, and not
 * while nobody on duty there speaks it.
 */
const waitsForLanguage = (
  language: Language | null,
  { preferLanguageMs, spoken }: Relaxing,
  waitedMs: number,
): language is Language => language !== null && waitedMs < preferLanguageMs && spoken.has(language);

/** Whether a rep knows what the call still asks for after that wait. */
export const mayTake = (
  { skills, languages }: Knowing,
  { needs, language }: Asking,
  queue: Relaxing,
  waitedMs: number,
): boolean =>
  meets(skills, needs, queue.skillRings, waitedMs) &&
  (!waitsForLanguage(language, queue, waitedMs) || languages.has(language));

/** After which waits less is asked of a rep, ms, in the order of the times. Empty where nothing is asked for. */
export const relaxedAfter = (
  { needs, language }: { needs: boolean; language: boolean },
  { skillRings, preferLanguageMs }: Pick<Relaxing, 'skillRings' | 'preferLanguageMs'>,
): number[] =>
  [
    ...(needs ? skillRings.map(({ afterMs }) => afterMs) : []),
    ...(language && preferLanguageMs > 0 ? [preferLanguageMs] : []),
  ].sort((a, b) => a - b);
