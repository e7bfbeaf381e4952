import { expect, test } from 'vitest';
import type { Round } from '../../bench/benchmark.ts';
import { judgeMedia } from '../../bench/media-round.ts';

const round = (ours: number, discounted?: string): Round => ({
  value: ours / 100,
  figures: { ours, bare: 100, load: 0.2, lost: 0.001 },
  discounted,
});

test('D11 a ratio of media needs five rounds that count', () => {
  const lossy = round(1, '7.0 % was not delivered');
  const four = [90, 100, 110, 120].map(ours => round(ours));
  expect(() => judgeMedia([...four, lossy], ['ours', 'bare'])).toThrow(
    'Only 4 of 5 rounds count, with a median of 1.050: 7.0 % was not delivered',
  );
  expect(judgeMedia([...four, lossy, round(130)], ['ours', 'bare']).value).toBe(1.1);
});
