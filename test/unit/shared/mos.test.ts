import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { meanOpinionScore, type QualitySample } from '../../../shared/mos.ts';

const sample: fc.Arbitrary<QualitySample> = fc.record({
  rttMs: fc.double({ min: 0, max: 60_000, noNaN: true }),
  jitterMs: fc.double({ min: 0, max: 60_000, noNaN: true }),
  lossPercent: fc.double({ min: 0, max: 100, noNaN: true }),
});
const score = (rttMs: number, jitterMs: number, lossPercent: number) =>
  meanOpinionScore({ rttMs, jitterMs, lossPercent });

describe('the mean opinion score', () => {
  test('Q17 equals the formula worked out by hand', () => {
    // L = 10, R = 94.518
    expect(score(0, 0, 0)).toBeCloseTo(4.4333, 3);
    // L = 100 + 2 x 20 + 10 = 150, R = 94.768 - 3.75 = 91.018
    expect(score(100, 20, 0)).toBeCloseTo(4.363, 3);
    // L = 200 + 2 x 30 + 10 = 270, R = 94.768 - 15 = 79.768
    expect(score(200, 30, 0)).toBeCloseTo(4.0152, 3);
    // L = 110, R = 92.018 - 2.5 x 3 = 84.518
    expect(score(80, 10, 3)).toBeCloseTo(4.1827, 3);
    // Too late to be of use, R = 6.52 at most; and nothing gets through, R = 0
    expect(score(1_000, 0, 0)).toBeCloseTo(1, 3);
    expect(score(0, 0, 100)).toBe(1);
  });

  test('Q18 stays between 1 and 4.5', () => {
    fc.assert(
      fc.property(sample, given => {
        expect(meanOpinionScore(given)).toBeGreaterThanOrEqual(1);
        expect(meanOpinionScore(given)).toBeLessThanOrEqual(4.5);
      }),
    );
  });

  test('Q19 never rises with more delay, jitter or loss', () => {
    const more = fc.double({ min: 0, max: 1_000, noNaN: true });
    fc.assert(
      fc.property(sample, more, more, more, (given, rtt, jitter, loss) => {
        const worse = meanOpinionScore({
          rttMs: given.rttMs + rtt,
          jitterMs: given.jitterMs + jitter,
          lossPercent: Math.min(100, given.lossPercent + loss),
        });
        expect(worse).toBeLessThanOrEqual(meanOpinionScore(given) + 1e-9);
      }),
    );
  });
});
