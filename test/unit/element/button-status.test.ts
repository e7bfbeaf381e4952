import { describe, expect, test } from 'vitest';
import { buttonStatus } from '../../../client/element/button-status.ts';
import { textsIn } from '../../support/texts.ts';

const unasked = { opensAt: null, takesNumber: false, message: '' };

describe('the button', () => {
  test('R99 says how many wait, and about how long one more would, while everybody is busy', () => {
    const t = textsIn('button', 'en');
    const line = (waiting: number, estimate: { fromMs: number; toMs: number } | null) =>
      buttonStatus(t, { ...unasked, reach: 'busy', line: { waiting, estimate } });
    const estimate = (fromMin: number, toMin: number) => ({ fromMs: fromMin * 60_000, toMs: toMin * 60_000 });
    expect(line(0, null)).toBe('Everybody is talking');
    expect(line(2, null)).toBe('2 waiting');
    expect(line(1, estimate(3, 5))).toBe('1 waiting, up to 5 min');
    expect(line(0, estimate(0, 0))).toBe('Everybody is talking, up to 1 min');
    expect(line(12, estimate(7.2, 8))).toBe('12 waiting, up to 8 min');
  });
});
