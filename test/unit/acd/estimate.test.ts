import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type EstimateInput, estimateWait, fewestSamples } from '../../../server/acd/estimate.ts';

const minute = 60_000;
const input: fc.Arbitrary<EstimateInput> = fc.record({
  ahead: fc.nat({ max: 200 }),
  idleReps: fc.nat({ max: 20 }),
  staffedReps: fc.double({ min: 0.1, max: 50, noNaN: true }),
  handleTimes: fc.array(fc.nat({ max: 3_600_000 }), { minLength: fewestSamples, maxLength: 50 }),
});

describe('the estimated wait', () => {
  test('Q7 is hidden while there are fewer than five recent calls, or nobody is on duty', () => {
    const fourCalls = {
      ahead: 3,
      idleReps: 0,
      staffedReps: 2,
      handleTimes: [minute, minute, minute, minute],
    };
    expect(estimateWait(fourCalls)).toBeNull();
    expect(estimateWait({ ...fourCalls, handleTimes: [] })).toBeNull();
    const five = { ...fourCalls, handleTimes: [...fourCalls.handleTimes, minute] };
    expect(estimateWait(five)).not.toBeNull();
    expect(estimateWait({ ...five, staffedReps: 0 })).toBeNull();
  });

  test('Q8 is a range of whole minutes, at least up to one, that contains the expectation', () => {
    fc.assert(
      fc.property(input, given => {
        const { fromMs, toMs } = estimateWait(given)!;
        expect(fromMs % minute).toBe(0);
        expect(toMs % minute).toBe(0);
        expect(fromMs).toBeGreaterThanOrEqual(0);
        expect(toMs).toBeGreaterThanOrEqual(Math.max(fromMs, minute));
        const mean = given.handleTimes.reduce((sum, ms) => sum + ms, 0) / given.handleTimes.length;
        const expected = (Math.max(0, given.ahead + 1 - given.idleReps) * mean) / given.staffedReps;
        expect(fromMs).toBeLessThanOrEqual(expected);
        expect(toMs).toBeGreaterThanOrEqual(expected);
      }),
    );
  });

  test('Q9 never shrinks with more people ahead, and never grows with more reps', () => {
    fc.assert(
      fc.property(input, fc.nat({ max: 20 }), (given, more) => {
        const base = estimateWait(given)!;
        const behind = estimateWait({ ...given, ahead: given.ahead + more })!;
        expect(behind.fromMs).toBeGreaterThanOrEqual(base.fromMs);
        expect(behind.toMs).toBeGreaterThanOrEqual(base.toMs);
        for (const helped of [
          estimateWait({ ...given, staffedReps: given.staffedReps + more })!,
          estimateWait({ ...given, idleReps: given.idleReps + more })!,
        ]) {
          expect(helped.fromMs).toBeLessThanOrEqual(base.fromMs);
          expect(helped.toMs).toBeLessThanOrEqual(base.toMs);
        }
      }),
    );
  });

  test('Q10 gives the textbook figures', () => {
    const handleTimes = [3, 3, 3, 3, 3].map(minutes => minutes * minute);
    // Next in line, both of two reps busy with calls of three minutes: 1.5 minutes, told as 1 to 3.
    expect(estimateWait({ ahead: 0, idleReps: 0, staffedReps: 2, handleTimes })).toEqual({
      fromMs: minute,
      toMs: 3 * minute,
    });
    // Sixth in line, three reps: 6 minutes, told as 4 to 9.
    expect(estimateWait({ ahead: 5, idleReps: 0, staffedReps: 3, handleTimes })).toEqual({
      fromMs: 4 * minute,
      toMs: 9 * minute,
    });
    // Somebody is free: at once, told as under a minute.
    expect(estimateWait({ ahead: 0, idleReps: 1, staffedReps: 3, handleTimes })).toEqual({
      fromMs: 0,
      toMs: minute,
    });
  });
});
