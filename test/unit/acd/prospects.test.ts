/** What is told of a wait where not everybody may take every call, against what the matcher makes of it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { estimateWait } from '../../../server/acd/estimate.ts';
import { serviceOrder } from '../../../server/acd/match.ts';
import { beforeOf, estimateProspect, ringsAtOnce, stagesOf } from '../../../server/acd/prospects.ts';
import { mayTake } from '../../../server/acd/skills.ts';
import type { CallId, RepId } from '../../../shared/ids.ts';
import type { WaitEstimate } from '../../../shared/views.ts';
import {
  askings,
  callOf,
  type LineUp,
  lineUps,
  matched,
  now,
  queueOf,
  repOf,
  waitsOf,
} from '../../support/line-ups.ts';
import { draws } from '../../support/random.ts';

const minute = 60_000;

/** What decides the wait of each call of the line-up. */
const deciding = ({ calls, queue, reps }: LineUp) =>
  calls.map((call, ahead) => {
    const { certain, free, share } = beforeOf(call, calls, queue, reps);
    const sure = calls
      .slice(0, ahead)
      .filter((other, index) => certain![index] && other.priority === call.priority);
    const stages = stagesOf(call, queue, reps);
    const waitedMs = now - call.queuedAt;
    return { ahead, ringing: 0, waitedMs, keptMs: 0, stages, before: { calls: sure.length, free, share } };
  });

/** Of each call of the line-up. */
const told = (lineUp: LineUp) =>
  deciding(lineUp).map((input, index) => {
    const statistics = { handleMs: lineUp.handleMs, samples: 10_000, giveUpRate: 0 };
    return { ...input, call: lineUp.calls[index]!, estimate: estimateProspect({ ...input, statistics }) };
  });

/** The share of waits that is in the range. */
const within = (
  { fromMs, toMs }: WaitEstimate,
  waits: readonly ReadonlyMap<CallId, number>[],
  { callId }: { callId: CallId },
) => waits.filter(one => one.get(callId)! >= fromMs && one.get(callId)! <= toMs).length / waits.length;

const rivals = ({ calls }: LineUp) => calls.map(call => ({ ...call, waitedMs: now - call.queuedAt }));

describe('what is told of a wait', () => {
  test('Q201 a click is told to be answered at once exactly if the matcher would ring somebody for it', () => {
    const seen = { open: 0, busyBesideSomebodyFree: 0, openBesideSomebodyWaiting: 0 };
    fc.assert(
      fc.property(lineUps, askings, (lineUp, asking) => {
        const { reps, queue, calls } = lineUp;
        const open = ringsAtOnce(asking, queue, reps, rivals(lineUp));
        const click = callOf('click', asking, now);
        const rung = matched({ ...lineUp, calls: [...calls, click] }, now);
        expect(rung.some(({ callId }) => callId === click.callId)).toBe(open);
        if (open) seen.open++;
        if (open && calls.length > 0) seen.openBesideSomebodyWaiting++;
        if (!open && reps.some(rep => rep.free)) seen.busyBesideSomebodyFree++;
      }),
      { numRuns: 3_000 },
    );
    for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(20);
  });

  test('Q201 who waits and has been declined comes first at the next rep, and a click is not told otherwise', () => {
    fc.assert(
      fc.property(lineUps, askings, askings, (lineUp, declined, asking) => {
        const { reps, queue, calls } = lineUp;
        const all: ReadonlySet<RepId> = new Set(reps.map(({ repId }) => repId));
        const waits = { ...callOf('declined', declined, now - 1_000), notNow: all };
        const behind = { ...lineUp, calls: [...calls, waits] };
        if (!ringsAtOnce(asking, queue, reps, rivals(behind))) return;
        // Even if nobody had declined it.
        const click = callOf('click', asking, now);
        const rung = matched({ ...lineUp, calls: [...calls, { ...waits, notNow: new Set() }, click] }, now);
        expect(rung.map(({ callId }) => callId)).toContain(click.callId);
      }),
    );
  });

  test('Q202 of any 100 waits that the matcher gives 80 are in the range told, though callers of other languages go before', () => {
    const seen = { waitsForLanguageBesideSomebodyFree: 0, told: 0, never: 0, fromLaterOn: 0 };
    const ranges: { widthMs: number; trueWidthMs: number; tooLong: boolean }[] = [];
    fc.assert(
      fc.property(lineUps, fc.integer(), (lineUp, seed) => {
        const shown = told(lineUp);
        if (shown.length === 0) return;
        const random = draws(seed);
        // What comes after the longest range is longer than it in any case.
        const longest = Math.max(...shown.map(({ estimate }) => estimate?.toMs ?? 0)) + 1;
        const play = (runs: number) => Array.from({ length: runs }, () => waitsOf(lineUp, random, longest));
        const few = play(250);
        let many: typeof few | undefined;
        for (const { call, stages, estimate } of shown) {
          if (estimate === null) {
            seen.never++;
            expect(few.every(waits => waits.get(call.callId) === Infinity)).toBe(true);
            continue;
          }
          seen.told++;
          if (estimate.fromMs > 0) seen.fromLaterOn++;
          if (lineUp.reps.some(rep => rep.free) && stages.length > 1)
            seen.waitsForLanguageBesideSomebodyFree++;
          const own = few.map(one => one.get(call.callId)!).sort((a, b) => a - b);
          const [early, late] = [own[25]!, Math.min(own[225]!, longest)];
          ranges.push({
            ...{ widthMs: estimate.toMs - estimate.fromMs, trueWidthMs: late - early },
            tooLong: estimate.toMs > 2 * Math.max(minute, late),
          });
          // Where chance could be at work more are played.
          if (within(estimate, few, call) >= 0.88) continue;
          many ??= play(1_500);
          expect(within(estimate, many, call)).toBeGreaterThanOrEqual(0.8);
        }
      }),
      { numRuns: 600 },
    );
    // And the ranges say something: as a whole they are little wider than those of 80 of 100 waits in fact, and whole minutes.
    const sumOf = (key: 'widthMs' | 'trueWidthMs') => ranges.reduce((sum, range) => sum + range[key], 0);
    expect(sumOf('widthMs')).toBeLessThan(1.5 * sumOf('trueWidthMs') + ranges.length * minute);
    expect(ranges.filter(range => range.tooLong).length).toBeLessThan(0.1 * ranges.length);
    for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(5);
  }, 600_000);

  test.each(['longest-idle', 'ring-all'] as const)(
    'Q212 the time until less is asked for is told whole, and what is left then on top of it, with %s',
    strategy => {
      const random = draws();
      const afterMs = 5 * minute;
      for (let leftMs = 2_000; leftMs < 130_000; leftMs += 5_000) {
        // Nobody has the skill, both are busy with short calls, and either may take it once nothing is asked for any more.
        const queue = { ...queueOf(strategy, []), skillRings: [{ afterMs, lowerBy: 5 }] };
        const reps = [repOf('ana', [], false), repOf('ben', [], false)];
        const needs = [{ skill: 'returns', level: 5 }];
        const call = callOf('skilled', { needs, language: null }, now - afterMs + leftMs);
        const lineUp = { reps, calls: [call], queue, handleMs: 20_000 };
        const [{ estimate } = { estimate: null }] = told(lineUp);
        const waits = Array.from({ length: 1_000 }, () => waitsOf(lineUp, random, 20 * minute));
        expect(within(estimate!, waits, call), `${leftMs} ms before`).toBeGreaterThanOrEqual(0.8);
        expect(estimate!.toMs).toBeLessThanOrEqual(Math.ceil((leftMs + 2 * 20_000) / minute) * minute);
      }
    },
  );

  test('Q213 a caller of a rare language is passed by nobody at a rep who may take them, and holds up nobody else', () => {
    const seen = { passedAtOthers: 0, answered: 0 };
    fc.assert(
      fc.property(lineUps, fc.integer(), (lineUp, seed) => {
        const { queue } = lineUp;
        const ends = told(lineUp).map(({ call, estimate }) => ({ call, answered: estimate !== null }));
        const waits = waitsOf(lineUp, draws(seed), 600 * minute, (at, { reps, calls }, taken) => {
          const may = (repId: RepId, call: (typeof calls)[number]) =>
            mayTake(reps.find(one => one.repId === repId)!, call, queue, at - call.queuedAt);
          const left = calls.filter(one => !taken.some(({ callId }) => callId === one.callId));
          for (const { repId, callId } of taken) {
            const own = calls.find(one => one.callId === callId)!;
            const passed = left.filter(one => serviceOrder(one, own) < 0);
            seen.passedAtOthers += passed.length;
            expect(passed.some(one => may(repId, one))).toBe(false);
          }
          const free = reps.filter(one => one.free && !taken.some(({ repId }) => repId === one.repId));
          expect(free.some(({ repId }) => left.some(one => may(repId, one)))).toBe(false);
        });
        for (const { call, answered } of ends) {
          // Though more call than can be served, for ever.
          expect(waits.get(call.callId) !== Infinity).toBe(answered);
          if (answered) seen.answered++;
        }
      }),
      { numRuns: 1_000 },
    );
    for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(100);
  });

  test('Q214 a rep of two languages is counted for both, and the other one only for their own', () => {
    const reps = [repOf('ana', ['de', 'ar'], true), repOf('ben', ['fr'], true)];
    const queue = { ...queueOf('longest-idle', ['de', 'ar', 'fr']), preferLanguageMs: 5 * minute };
    const asks = (language: 'de' | 'ar' | 'fr') => ({ needs: [], language });
    const german = { ...asks('de'), waitedMs: 0 };
    for (const language of ['de', 'ar', 'fr'] as const)
      expect(ringsAtOnce(asks(language), queue, reps, [])).toBe(true);
    // One who is wanted in German is wanted in Arabic too.
    expect(ringsAtOnce(asks('ar'), queue, reps, [german])).toBe(false);
    expect(ringsAtOnce(asks('fr'), queue, reps, [german])).toBe(true);
    const shareOf = (language: 'de' | 'ar' | 'fr') =>
      stagesOf(asks(language), queue, reps).map(({ afterMs, share }) => [afterMs, share]);
    for (const language of ['de', 'ar', 'fr'] as const)
      expect(shareOf(language)).toEqual([
        [0, 1],
        [5 * minute, 2],
      ]);
    const both = [repOf('ana', ['de', 'ar'], true), repOf('ben', ['fr', 'de'], true)];
    // It could be her whom the German caller gets.
    expect(ringsAtOnce(asks('ar'), queue, both, [german])).toBe(false);
    expect(ringsAtOnce(asks('de'), queue, both, [german])).toBe(true);
    expect(stagesOf(asks('de'), queue, both)).toEqual([{ afterMs: 0, free: 2, share: 2 }]);
  });

  test('Q203 the estimate of who waits only falls while the line is as it is', () => {
    fc.assert(
      fc.property(lineUps, fc.nat({ max: 10 * minute }), (lineUp, ms) => {
        const statistics = { handleMs: lineUp.handleMs, samples: 10, giveUpRate: 0 };
        for (const input of deciding(lineUp)) {
          const toldAfter = (waitedMs: number) => estimateProspect({ ...input, waitedMs, statistics });
          const { waitedMs } = input;
          const [before, later] = [toldAfter(waitedMs), toldAfter(waitedMs + ms)];
          expect(later === null).toBe(before === null);
          expect(later?.fromMs ?? 0).toBeLessThanOrEqual(before?.fromMs ?? 0);
          expect(later?.toMs ?? 0).toBeLessThanOrEqual(before?.toMs ?? 0);
        }
      }),
    );
  });

  test('Q204 who asks for nothing, or for what nobody on duty speaks, is told what any queue would tell', () => {
    const statistics = { handleMs: 3 * minute, samples: 100, giveUpRate: 0 };
    fc.assert(
      fc.property(lineUps, fc.nat({ max: 9 }), ({ queue, reps }, ahead) => {
        const [free, share] = [reps.filter(rep => rep.free).length, reps.length];
        const line = Array.from({ length: ahead }, () => ({ needs: [], language: null }));
        for (const language of [null, 'mt'] as const) {
          const asking = { needs: [], language };
          const stages = stagesOf(asking, queue, reps);
          expect(beforeOf(asking, line, queue, reps)).toEqual({ certain: line.map(() => true), free, share });
          const before = { calls: ahead, free, share };
          const input = { ahead, ringing: 0, waitedMs: 0, keptMs: 0, stages, before, statistics };
          expect(estimateProspect(input)).toEqual(
            estimateWait({ ahead, idleReps: free, staffedReps: share, statistics }),
          );
        }
      }),
    );
  });

  test('Q209 who is kept for the rep of last time may have them at once, and is promised nobody before that time is over', () => {
    const statistics = { handleMs: minute, samples: 10_000, giveUpRate: 0 };
    const stages = [{ afterMs: 0, free: 1, share: 2 }];
    const before = { calls: 0, free: 1, share: 2 };
    const input = { ahead: 0, ringing: 0, waitedMs: 0, stages, before, statistics };
    expect(estimateProspect({ ...input, keptMs: 0 })).toEqual({ fromMs: 0, toMs: minute });
    expect(estimateProspect({ ...input, keptMs: 5 * minute })).toEqual({ fromMs: 0, toMs: 6 * minute });
  });
});
