import { expect, test } from 'vitest';
import { reconnectDelay } from '../../../client/voice/backoff.ts';
import { limits } from '../../../shared/limits.ts';

test('V1 the wait before reconnecting doubles from the first delay up to the largest', () => {
  const delays = [0, 1, 2, 3, 4, 5, 6].map(attempt => reconnectDelay(attempt, () => 0));
  expect(delays).toEqual([250, 500, 1_000, 2_000, 4_000, 5_000, 5_000]);
  expect(reconnectDelay(Number.MAX_SAFE_INTEGER, () => 0)).toBe(limits.reconnectMostMs);
});

test('V1 chance adds up to half of the wait, never takes away', () => {
  expect(reconnectDelay(2, () => 0.5)).toBe(1_250);
  expect(reconnectDelay(2, () => 0.999999)).toBeLessThan(1_500);
});
