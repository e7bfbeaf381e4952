import { expect, test } from 'vitest';
import { loadFault, type Round } from '../../bench/benchmark.ts';
import { judgeMedia } from '../../bench/media-round.ts';

const round = (ours: number, lost = 0.001): Round => ({
  value: ours / 100,
  figures: { ours, bare: 100, load: 0.2, lost },
  discounted: loadFault({ load: 0.2, lost }),
});

test('D11 a ratio of media needs five rounds that count', () => {
  const lossy = round(1, 0.07);
  const four = [90, 100, 110, 120].map(ours => round(ours));
  expect(() => judgeMedia([...four, lossy], ['ours', 'bare'])).toThrow(
    'only 4 of 5 rounds count, with a median of 1.050: in the others up to 7.0 % was not delivered, and the load used up to 20.0 % of its core',
  );
  expect(judgeMedia([...four, lossy, round(130)], ['ours', 'bare']).value).toBe(1.1);
});
