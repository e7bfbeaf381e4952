/** Years of calls through the real matcher and estimate, held against queueing theory. Seeds are fixed. */
import { describe, expect, test } from 'vitest';
import { answeredWithin, erlangA, erlangC, meanWait } from '../../support/erlang.ts';
import { simulate } from '../../support/simulation.ts';

const minute = 60_000;
const withinMs = 20_000;
const off = (seen: number, expected: number) => Math.abs(seen / expected - 1);

describe('a simulated queue', () => {
  test('Q44 knows Erlang: published figures of C and A come out', () => {
    // 10 servers, 8 erlang: C = 0.409 (Erlang C table).
    expect(erlangC({ reps: 10, betweenCallsMs: 1, handleMs: 8 })).toBeCloseTo(0.409, 3);
    // Endless patience makes A the same as C.
    const queue = { reps: 10, betweenCallsMs: minute, handleMs: 8 * minute };
    const patient = erlangA(queue, 1e12, withinMs);
    expect(off(patient.meanWaitMs, meanWait(queue))).toBeLessThan(1e-3);
    expect(off(patient.answeredWithin, answeredWithin(queue, withinMs))).toBeLessThan(1e-3);
  });

  test.each([
    { reps: 1, betweenCallsMs: 5 * minute, handleMs: 3 * minute },
    { reps: 4, betweenCallsMs: minute, handleMs: 3 * minute },
    { reps: 12, betweenCallsMs: 0.4 * minute, handleMs: 4 * minute },
  ])(
    'Q45 waits as Erlang C says, with $reps reps',
    queue => {
      const seen = simulate({ ...queue, calls: 1_000_000, seed: 1, withinMs });
      expect(off(seen.meanWaitMs, meanWait(queue))).toBeLessThan(0.03);
      expect(off(seen.answeredWithin, answeredWithin(queue, withinMs))).toBeLessThan(0.03);
      expect(Math.abs(seen.estimate.bias)).toBeLessThan(0.1);
      expect(seen.estimate.coverage).toBeGreaterThan(0.8);
    },
    120_000,
  );

  test.each([
    { reps: 3, betweenCallsMs: minute, handleMs: 3.5 * minute, patienceMs: 4 * minute },
    { reps: 10, betweenCallsMs: 0.3 * minute, handleMs: 4 * minute, patienceMs: 6 * minute },
  ])(
    'Q46 waits and loses callers as Erlang A says, with $reps reps and more calls than they can take',
    options => {
      const { patienceMs, ...queue } = options;
      const seen = simulate({ ...options, calls: 1_000_000, seed: 2, withinMs });
      // One in a hundred never gives up, to know what their wait is; theory has none of them.
      const expected = erlangA(queue, patienceMs, withinMs);
      expect(off(seen.meanWaitMs, expected.meanWaitMs)).toBeLessThan(0.03);
      expect(off(seen.gaveUp, expected.gaveUp)).toBeLessThan(0.03);
      expect(off(seen.answeredWithin, expected.answeredWithin)).toBeLessThan(0.03);
      expect(Math.abs(seen.estimate.bias)).toBeLessThan(0.1);
      expect(seen.estimate.coverage).toBeGreaterThan(0.8);
    },
    120_000,
  );
});
