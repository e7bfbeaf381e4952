import { describe, expect, test } from 'vitest';
import { buttonTextsFor } from '../../../client/element/button-texts.ts';

describe('the button', () => {
  test('R99 says how many wait, and about how long one more would, while everybody is busy', () => {
    const { line } = buttonTextsFor('en');
    const estimate = (fromMin: number, toMin: number) => ({ fromMs: fromMin * 60_000, toMs: toMin * 60_000 });
    expect(line({ waiting: 0, estimate: null })).toBe('Everybody is talking');
    expect(line({ waiting: 2, estimate: null })).toBe('2 waiting');
    expect(line({ waiting: 1, estimate: estimate(3, 5) })).toBe('1 waiting, up to 5 min');
    expect(line({ waiting: 0, estimate: estimate(0, 0) })).toBe('Everybody is talking, up to 1 min');
    expect(line({ waiting: 12, estimate: estimate(7.2, 8) })).toBe('12 waiting, up to 8 min');
  });
});
