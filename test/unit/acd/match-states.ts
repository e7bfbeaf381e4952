/** Random states for the matcher. Few values of everything, so that ties and conflicts are the rule. */
import fc from 'fast-check';
import type {
  IdleMembership,
  IdleRep,
  MatchQueue,
  MatchState,
  WaitingCall,
} from '../../../server/acd/match-state.ts';
import { meets } from '../../../server/acd/skills.ts';
import { type Strategy, strategies } from '../../../shared/domain.ts';
import type { Language } from '../../../shared/i18n/languages.ts';
import type { CallId, QueueId, RepId } from '../../../shared/ids.ts';

export const now = 1_000_000;
export const offerMs = 20_000;
const queueIds = ['sales', 'help', 'vip'] as QueueId[];
export const repIds = ['ana', 'ben', 'cleo', 'dan', 'eve'] as RepId[];
const skillNames = ['french', 'fridges'];
const languages = ['de', 'ar'] as const;
/** Of those some nobody speaks, and some only who is busy. */
const spoken = fc.subarray([...languages]).map(list => new Set<Language>(list));

const member: fc.Arbitrary<IdleMembership> = fc.record({
  tier: fc.integer({ min: 1, max: 2 }),
  position: fc.nat({ max: 3 }),
  penalty: fc.nat({ max: 3 }),
  calls: fc.nat({ max: 2 }),
  talkMs: fc.nat({ max: 2 }),
  languages: spoken,
});

const level = fc.integer({ min: 1, max: 5 });

const reps: fc.Arbitrary<IdleRep[]> = fc.uniqueArray(fc.constantFrom(...repIds)).chain(ids =>
  fc.tuple(
    ...ids.map(repId =>
      fc.record({
        repId: fc.constant(repId),
        idleSince: fc.nat({ max: 3 }),
        memberships: fc
          .uniqueArray(fc.tuple(fc.constantFrom(...queueIds), member), { selector: ([queue]) => queue })
          .map(pairs => new Map(pairs)),
        skills: fc
          .uniqueArray(fc.tuple(fc.constantFrom(...skillNames), level), { selector: ([skill]) => skill })
          .map(pairs => new Map(pairs)),
      }),
    ),
  ),
);

const needs = fc.uniqueArray(fc.record({ skill: fc.constantFrom(...skillNames), level }), {
  selector: need => need.skill,
});

/** Calls that wait, some for a while: `queuedAt` lies around the times at which skills are relaxed. */
const calls: fc.Arbitrary<WaitingCall[]> = fc
  .array(
    fc.record({
      // One queue is unknown to the site: a call of it cannot be offered, and must not stop the others.
      queueId: fc.constantFrom(...queueIds, 'closed' as QueueId),
      priority: fc.nat({ max: 1 }),
      queuedAt: fc.constantFrom(now, now - 1, now - 9_999, now - 10_000, now - 30_000),
      needs: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, needs),
      language: fc.option(fc.constantFrom<Language>(...languages), { freq: 2 }),
      reservedFor: fc.option(fc.constantFrom(...repIds), { freq: 4 }),
      notNow: fc.subarray(repIds).map(ids => new Set(ids)),
      ringingAt: fc.oneof(
        { weight: 4, arbitrary: fc.constant(new Set<RepId>()) },
        fc.subarray(repIds).map(ids => new Set(ids)),
      ),
    }),
    { maxLength: 12 },
  )
  .map(list => list.map((call, index) => ({ ...call, callId: `call-${index}` as CallId })));

const skillRings: fc.Arbitrary<MatchQueue['skillRings']> = fc.constantFrom(
  [],
  [{ afterMs: 10_000, lowerBy: 1 }],
  [
    { afterMs: 10_000, lowerBy: 2 },
    { afterMs: 30_000, lowerBy: 5 },
  ],
);
const lastRung = fc.option(fc.record({ repId: fc.constantFrom(...repIds), position: fc.nat({ max: 3 }) }));

const queues = (strategy: fc.Arbitrary<Strategy>): fc.Arbitrary<Map<QueueId, MatchQueue>> =>
  fc
    .tuple(
      ...queueIds.map(queueId =>
        fc.record({
          queueId: fc.constant(queueId),
          strategy,
          offerMs: fc.constant(offerMs),
          skillRings,
          preferLanguageMs: fc.constantFrom(0, 10_000),
          spoken,
          lastRung,
        }),
      ),
    )
    .map(list => new Map(list.map(queue => [queue.queueId, queue])));

export const states = (of: readonly Strategy[] = strategies): fc.Arbitrary<MatchState> =>
  fc.record({ calls, reps, queues: queues(fc.constantFrom(...of)) });

export function canTake({ queues }: MatchState, rep: IdleRep, call: WaitingCall): boolean {
  const queue = queues.get(call.queueId);
  if (!queue || !rep.memberships.has(call.queueId)) return false;
  if (call.notNow.has(rep.repId) || call.ringingAt.has(rep.repId)) return false;
  if (call.ringingAt.size > 0 && queue.strategy !== 'ring-all') return false;
  if (call.reservedFor !== null) return call.reservedFor === rep.repId;
  const waitedMs = now - call.queuedAt;
  const { language } = call;
  const isForSpeakers = language !== null && queue.spoken.has(language) && waitedMs < queue.preferLanguageMs;
  if (isForSpeakers && !rep.memberships.get(call.queueId)?.languages.has(language)) return false;
  return meets(rep.skills, call.needs, queue.skillRings, waitedMs);
}
