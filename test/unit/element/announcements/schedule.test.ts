import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextAt } from '../../../../client/element/announcements/schedule.ts';

test.each([
  [1_000, 21_000],
  [20_999, 21_000],
  [21_000, 41_000],
  [70_000, 81_000],
  // The page's clock was a little behind when it took the server's.
  [0, 21_000],
])('E23 who came at 1 s and is told every 20 s is told after %d ms at %d', (after, at) => {
  expect(nextAt(1_000, 20_000, after)).toBe(at);
});

test('E23 the first time is a whole interval after coming, and reloads change nothing', () => {
  const ms = fc.nat(10_000_000);
  fc.assert(
    fc.property(ms, fc.integer({ min: 20_000, max: 600_000 }), ms, ms, (since, everyMs, waited, reloaded) => {
      const at = nextAt(since, everyMs, since + waited);
      expect(at).toBeGreaterThan(since + waited);
      expect(at).toBeLessThanOrEqual(since + waited + everyMs);
      expect((at - since) % everyMs).toBe(0);
      // Somebody who asks again before it is due gets the same answer.
      const again = Math.min(since + waited + reloaded, at - 1);
      expect(nextAt(since, everyMs, again)).toBe(at);
    }),
  );
});
