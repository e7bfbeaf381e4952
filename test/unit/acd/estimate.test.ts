import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  callStatistics,
  type EstimateInput,
  estimateWait,
  fewestSamples,
  type PastCall,
} from '../../../server/acd/estimate.ts';

const minute = 60_000;
const input: fc.Arbitrary<EstimateInput> = fc.record({
  ahead: fc.nat({ max: 200 }),
  idleReps: fc.nat({ max: 20 }),
  staffedReps: fc.double({ min: 0.1, max: 50, noNaN: true }),
  statistics: fc.record({
    handleMs: fc.integer({ min: 1, max: 3_600_000 }),
    samples: fc.integer({ min: fewestSamples, max: 100 }),
    giveUpRate: fc.double({ min: 0, max: 1 / minute, noNaN: true }),
  }),
});
const answered = (handledMs: number): PastCall => ({ waitedMs: 0, handledMs, gaveUp: false });
const statistics = { handleMs: 3 * minute, samples: 10_000, giveUpRate: 0 };

describe('the estimated wait', () => {
  test('Q7 is hidden while fewer than five recent calls were answered, or nobody is on duty', () => {
    const four = [answered(minute), answered(minute), answered(minute), answered(minute)];
    const gaveUp: PastCall = { waitedMs: minute, handledMs: null, gaveUp: true };
    expect(callStatistics([])).toBeNull();
    expect(callStatistics([...four, gaveUp])).toBeNull();
    const five = callStatistics([...four, answered(6 * minute), gaveUp, { ...gaveUp, gaveUp: false }]);
    expect(five).toEqual({ handleMs: 2 * minute, samples: 5, giveUpRate: 1 / (2 * minute) });
    const line = { ahead: 3, idleReps: 0, staffedReps: 2 };
    expect(estimateWait({ ...line, statistics: null })).toBeNull();
    expect(estimateWait({ ...line, statistics: five })).not.toBeNull();
    expect(estimateWait({ ...line, statistics: five, staffedReps: 0 })).toBeNull();
  });

  test('Q8 is a range of whole minutes, at least up to one, that contains the expectation', () => {
    fc.assert(
      fc.property(input, given => {
        const { fromMs, toMs } = estimateWait(given)!;
        expect(fromMs % minute).toBe(0);
        expect(toMs % minute).toBe(0);
        expect(fromMs).toBeGreaterThanOrEqual(0);
        expect(toMs).toBeGreaterThanOrEqual(Math.max(fromMs, minute));
        const { handleMs, giveUpRate } = given.statistics!;
        const turns = Math.max(0, given.ahead + 1 - given.idleReps);
        const steps = Array.from(
          { length: turns },
          (_, j) => 1 / (given.staffedReps / handleMs + j * giveUpRate),
        );
        const expected = steps.reduce((sum, ms) => sum + ms, 0);
        expect(fromMs).toBeLessThanOrEqual(expected + 1e-6 * expected);
        expect(toMs).toBeGreaterThanOrEqual(expected - 1e-6 * expected);
      }),
    );
  });

  test('Q9 never grows while the line moves on, and grows only with more people ahead or fewer reps', () => {
    fc.assert(
      fc.property(input, fc.nat({ max: 20 }), (given, more) => {
        const base = estimateWait(given)!;
        const behind = estimateWait({ ...given, ahead: given.ahead + more })!;
        expect(behind.fromMs).toBeGreaterThanOrEqual(base.fromMs);
        expect(behind.toMs).toBeGreaterThanOrEqual(base.toMs);
        const withIdle = estimateWait({ ...given, idleReps: given.idleReps + more })!;
        expect(withIdle.fromMs).toBeLessThanOrEqual(base.fromMs);
        expect(withIdle.toMs).toBeLessThanOrEqual(base.toMs);
        expect(estimateWait({ ...given, staffedReps: given.staffedReps + more })!.toMs).toBeLessThanOrEqual(
          base.toMs,
        );
      }),
    );
  });

  test('Q10 gives the textbook figures', () => {
    const line = { ahead: 0, idleReps: 0, staffedReps: 2, statistics };
    // Next in line, both of two reps busy with calls of three minutes: 1.5 minutes, and as likely none as twice that.
    expect(estimateWait(line)).toEqual({ fromMs: 0, toMs: 3 * minute });
    // 24th, three reps: 24 minutes, each step one minute on average: 24 ± 1.28 x √24.
    expect(estimateWait({ ...line, ahead: 23, staffedReps: 3 })).toEqual({
      fromMs: 17 * minute,
      toMs: 31 * minute,
    });
    // Half of those ahead lose patience: the line moves on sooner.
    expect(
      estimateWait({
        ...line,
        ahead: 23,
        staffedReps: 3,
        statistics: { ...statistics, giveUpRate: 1 / (24 * minute) },
      })!.toMs,
    ).toBeLessThan(25 * minute);
    // Somebody is free: at once, told as under a minute.
    expect(estimateWait({ ...line, idleReps: 1 })).toEqual({ fromMs: 0, toMs: minute });
  });
});
