import { describe, expect, test } from 'vitest';
import { meets } from '../../../server/acd/skills.ts';

const rings = [
  { afterMs: 30_000, lowerBy: 2 },
  { afterMs: 60_000, lowerBy: 5 },
];
const french = (level: number) => new Map([['french', level]]);

describe('skills', () => {
  test('Q41 asks for every skill at its level, and for nothing when nothing is needed', () => {
    expect(meets(french(4), [{ skill: 'french', level: 4 }], [], 0)).toBe(true);
    expect(meets(french(3), [{ skill: 'french', level: 4 }], [], 0)).toBe(false);
    expect(meets(new Map(), [], [], 0)).toBe(true);
    const both = [
      { skill: 'french', level: 1 },
      { skill: 'fridges', level: 1 },
    ];
    expect(meets(french(5), both, [], 0)).toBe(false);
  });

  test('Q42 lowers the levels at the set times and not a millisecond earlier', () => {
    const need = [{ skill: 'french', level: 4 }];
    expect(meets(french(2), need, rings, 29_999)).toBe(false);
    expect(meets(french(2), need, rings, 30_000)).toBe(true);
    expect(meets(new Map(), need, rings, 59_999)).toBe(false);
    expect(meets(new Map(), need, rings, 60_000)).toBe(true);
  });
});
