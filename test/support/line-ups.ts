/** Random moments of a queue in which not everybody may take every call, and what the real matcher makes of each. */
import fc from 'fast-check';
import { match, serviceOrder } from '../../server/acd/match.ts';
import type { IdleRep, MatchQueue, WaitingCall } from '../../server/acd/match-state.ts';
import type { OnDuty } from '../../server/acd/prospects.ts';
import type { Language } from '../../shared/i18n/languages.ts';
import type { CallId, QueueId, RepId } from '../../shared/ids.ts';
import { draws } from './random.ts';

const queueId = 'queue' as QueueId;
export const now = 1_000_000_000;
const minute = 60_000;

type RepOnDuty = OnDuty & { repId: RepId };
type Taken = { callId: CallId; repId: RepId };
export type LineUp = { reps: RepOnDuty[]; calls: WaitingCall[]; queue: MatchQueue; handleMs: number };

const spoken = ['de', 'ar', 'fr'] as const satisfies Language[];
const skills = fc
  .option(fc.integer({ min: 1, max: 5 }))
  .map(level => new Map(level === null ? [] : [['returns', level]]));
const rep = fc.record({
  free: fc.boolean(),
  languages: fc.subarray([...spoken]).map(list => new Set<Language>(list)),
  skills,
});
const asking = fc.record({
  needs: fc.option(fc.integer({ min: 1, max: 5 }), { freq: 2 }).map(level => {
    return level === null ? [] : [{ skill: 'returns', level }];
  }),
  // One of them is spoken by nobody.
  language: fc.option(fc.constantFrom<Language>(...spoken, 'mt')),
});
const call = fc.record({
  asking,
  waitedMs: fc.nat({ max: 6 * minute }),
  priority: fc.constantFrom(0, 0, 0, 1),
});

/** As it is once the matcher has seen it: who could be rung is, and waits no more. */
export const lineUps: fc.Arbitrary<LineUp> = fc
  .record({
    reps: fc.array(rep, { minLength: 1, maxLength: 4 }),
    calls: fc.array(call, { maxLength: 5 }),
    preferLanguageMs: fc.constantFrom(0, 30_000, 5 * minute),
    skillRings: fc.constantFrom<MatchQueue['skillRings']>(
      [],
      [{ afterMs: minute, lowerBy: 5 }],
      [
        { afterMs: 10_000, lowerBy: 2 },
        { afterMs: 4 * minute, lowerBy: 5 },
      ],
    ),
    strategy: fc.constantFrom('longest-idle' as const, 'ring-all' as const),
    handleMs: fc.integer({ min: 20_000, max: 8 * minute }),
  })
  .map(({ reps, calls, preferLanguageMs, skillRings, strategy, handleMs }) => {
    const onDuty = reps.map((one, index) => ({ ...one, share: 1, repId: `rep-${index}` as RepId }));
    const waiting = calls.map(({ asking, waitedMs, priority }, index) =>
      callOf(`call-${index}`, asking, now - waitedMs, priority),
    );
    const queue: MatchQueue = {
      ...{ queueId, strategy, offerMs: 20_000, lastRung: null },
      ...{ preferLanguageMs, skillRings, spoken: new Set(onDuty.flatMap(one => [...one.languages])) },
    };
    const rung = answered({ reps: onDuty, calls: waiting, queue, handleMs }, now, draws());
    return {
      ...{ queue, handleMs },
      reps: onDuty.map(one => ({
        ...one,
        free: one.free && !rung.some(({ repId }) => repId === one.repId),
      })),
      calls: waiting.filter(({ callId }) => !rung.some(offer => offer.callId === callId)).sort(serviceOrder),
    };
  });

export const askings = asking;

export const queueOf = (strategy: MatchQueue['strategy'], known: Language[]): MatchQueue => ({
  ...{ queueId, strategy, offerMs: 20_000, lastRung: null, skillRings: [] },
  ...{ preferLanguageMs: 0, spoken: new Set(known) },
});

export const repOf = (repId: string, languages: Language[], free: boolean): RepOnDuty => ({
  ...{ repId: repId as RepId, languages: new Set(languages), skills: new Map(), share: 1, free },
});

export const callOf = (
  callId: string,
  asking: Pick<WaitingCall, 'needs' | 'language'>,
  queuedAt: number,
  priority = 0,
): WaitingCall => ({
  ...asking,
  ...{ callId: callId as CallId, queueId, priority, queuedAt, reservedFor: null },
  ...{ notNow: new Set(), ringingAt: new Set() },
});

/** Whom the matcher rings for what at that time. */
export function matched({ reps, calls, queue }: LineUp, at: number) {
  if (calls.length === 0 || !reps.some(one => one.free)) return [];
  const idle = reps
    .filter(one => one.free)
    .map(({ repId, languages, skills }): IdleRep => {
      const figures = { tier: 1, position: 0, penalty: 0, calls: 0, talkMs: 0 };
      return { repId, skills, idleSince: 0, memberships: new Map([[queueId, { ...figures, languages }]]) };
    });
  return match({ calls, reps: idle, queues: new Map([[queueId, queue]]) }, at, draws());
}

/**
 * How long each call of the line-up still waits, ms: whoever is rung answers, talks are as long as chance will have it, and
 * callers of all languages go on coming, more of them than can be served.
 *
 * @param until the time that is looked at, ms; `Infinity` for who waits longer
 * @param look is shown each moment: who was free and waiting, and who then took what
 */
export function waitsOf(
  lineUp: LineUp,
  random: () => number,
  until: number,
  look: (at: number, before: LineUp, taken: readonly Taken[]) => void = () => undefined,
): Map<CallId, number> {
  const { queue, handleMs } = lineUp;
  const exponential = (mean: number) => -mean * Math.log(1 - random());
  const reps = lineUp.reps.map(one => ({ ...one, until: one.free ? Infinity : now + exponential(handleMs) }));
  const calls = [...lineUp.calls];
  const waits = new Map(calls.map(({ callId }) => [callId, Infinity]));
  const betweenMs = handleMs / (1.2 * reps.length);
  const asks = () => ({
    needs: [],
    language: ([...spoken, null] as const)[Math.floor(random() * 4)] ?? null,
  });
  let arrival = now + exponential(betweenMs);
  let arrived = 0;
  const relaxations = [queue.preferLanguageMs, ...queue.skillRings.map(({ afterMs }) => afterMs)];
  let at = now;
  while (at < now + until && lineUp.calls.some(({ callId }) => waits.get(callId) === Infinity)) {
    const times = calls.flatMap(one => relaxations.map(ms => one.queuedAt + ms)).filter(time => time > at);
    at = Math.min(arrival, ...times, ...reps.map(({ until }) => until));
    for (const one of reps) if (one.until <= at) Object.assign(one, { free: true, until: Infinity });
    if (at === arrival) {
      arrival = at + exponential(betweenMs);
      // Those far behind change nothing any more.
      if (calls.length < 15) calls.push(callOf(`later-${arrived++}`, asks(), at));
    }
    const taken = answered({ ...lineUp, reps, calls }, at, random);
    look(at, { ...lineUp, reps, calls }, taken);
    for (const { callId, repId } of taken) {
      Object.assign(reps.find(one => one.repId === repId)!, {
        free: false,
        until: at + exponential(handleMs),
      });
      calls.splice(
        calls.findIndex(one => one.callId === callId),
        1,
      );
      if (waits.has(callId)) waits.set(callId, at - now);
    }
  }
  return waits;
}

/** Who takes what at that time: each call is taken at once by one of those at whom it rings, and the others are rung for the next. */
function answered(lineUp: LineUp, at: number, random: () => number): Taken[] {
  const taken: Taken[] = [];
  for (;;) {
    const reps = lineUp.reps.filter(one => !taken.some(({ repId }) => repId === one.repId));
    const calls = lineUp.calls.filter(one => !taken.some(({ callId }) => callId === one.callId));
    const rung = Map.groupBy(matched({ ...lineUp, reps, calls }, at), offer => offer.callId);
    if (rung.size === 0) return taken;
    for (const offers of rung.values()) taken.push(offers[Math.floor(random() * offers.length)]!);
  }
}
