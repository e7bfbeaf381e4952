/** What is told of a wait where not everybody may take every call, against what the matcher makes of it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { estimateWait } from '../../../server/acd/estimate.ts';
import { estimateProspect, ringsAtOnce, stagesOf } from '../../../server/acd/prospects.ts';
import type { RepId } from '../../../shared/ids.ts';
import { askings, callOf, type LineUp, lineUps, matched, now, waitsOf } from '../../support/line-ups.ts';
import { draws } from '../../support/random.ts';

const minute = 60_000;

/** Of each call of the line-up. */
const told = ({ calls, queue, reps, handleMs }: LineUp) =>
  calls.map((call, ahead) => {
    const stages = stagesOf(call, queue, reps);
    const statistics = { handleMs, samples: 10_000, giveUpRate: 0 };
    const waitedMs = now - call.queuedAt;
    return {
      call,
      stages,
      estimate: estimateProspect({ ahead, ringing: 0, waitedMs, keptMs: 0, stages, statistics }),
    };
  });

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
      { numRuns: 1_000 },
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

  test('Q202 nobody is told a shorter wait than the matcher gives them, though callers of other languages go before', () => {
    const runs = 250;
    const seen = { waitsForLanguageBesideSomebodyFree: 0, told: 0, never: 0 };
    fc.assert(
      fc.property(lineUps, fc.integer(), (lineUp, seed) => {
        const shown = told(lineUp);
        if (shown.length === 0) return;
        const random = draws(seed);
        // What comes after the longest range is longer than it in any case.
        const longest = Math.max(...shown.map(({ estimate }) => estimate?.toMs ?? 0)) + 1;
        const waits = Array.from({ length: runs }, () => waitsOf(lineUp, random, longest));
        for (const { call, stages, estimate } of shown) {
          const own = waits.map(one => one.get(call.callId)!);
          if (estimate === null) {
            seen.never++;
            expect(own.every(ms => ms === Infinity)).toBe(true);
            continue;
          }
          seen.told++;
          if (lineUp.reps.some(rep => rep.free) && stages.length > 1)
            seen.waitsForLanguageBesideSomebodyFree++;
          // The range is that of 80 of 100 waits, and some others are shorter; chance is allowed a little.
          const within = own.filter(ms => ms <= estimate.toMs).length / runs;
          expect(within).toBeGreaterThan(0.73);
        }
      }),
      { numRuns: 300 },
    );
    for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(5);
  });

  test('Q203 the estimate of who waits only falls while the line is as it is', () => {
    fc.assert(
      fc.property(lineUps, fc.nat({ max: 10 * minute }), (lineUp, ms) => {
        const statistics = { handleMs: lineUp.handleMs, samples: 10, giveUpRate: 0 };
        for (const [ahead, call] of lineUp.calls.entries()) {
          const stages = stagesOf(call, lineUp.queue, lineUp.reps);
          const toldAfter = (waitedMs: number) =>
            estimateProspect({ ahead, ringing: 0, waitedMs, keptMs: 0, stages, statistics });
          const waitedMs = now - call.queuedAt;
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
        const plain = { ahead, idleReps: reps.filter(rep => rep.free).length, staffedReps: reps.length };
        for (const language of [null, 'mt'] as const) {
          const stages = stagesOf({ needs: [], language }, queue, reps);
          expect(estimateProspect({ ahead, ringing: 0, waitedMs: 0, keptMs: 0, stages, statistics })).toEqual(
            estimateWait({ ...plain, statistics }),
          );
        }
      }),
    );
  });

  test('Q209 who is kept for the rep of last time may have them at once, and is promised nobody before that time is over', () => {
    const statistics = { handleMs: minute, samples: 10_000, giveUpRate: 0 };
    const stages = [{ afterMs: 0, free: 1, share: 2 }];
    const input = { ahead: 0, ringing: 0, waitedMs: 0, stages, statistics };
    expect(estimateProspect({ ...input, keptMs: 0 })).toEqual({ fromMs: 0, toMs: minute });
    expect(estimateProspect({ ...input, keptMs: 5 * minute })).toEqual({ fromMs: 0, toMs: 6 * minute });
  });
});
