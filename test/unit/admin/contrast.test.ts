import { describe, expect, test } from 'vitest';
import { judge, nearestThatPasses } from '../../../client/admin/appearance/contrast.ts';
import { readableOn } from '../../../client/element/theme.ts';
import { themes } from '../../../shared/appearance-choices.ts';
import { draws } from '../../support/random.ts';

describe('contrast', () => {
  test.each([
    // By the definition of WCAG 2.2: 21, 4.54 and 1.07 to one, and where black and white are nearly equal.
    ['#ffffff', 21, '#000000'],
    ['#767676', 4.62, '#000000'],
    ['#757575', 4.61, '#ffffff'],
    ['#ff0000', 5.25, '#000000'],
    ['#0000ff', 8.59, '#ffffff'],
    ['#0b7657', 5.58, '#ffffff'],
  ])('P121 of what is written on %s is %s to one, in %s', (accent, ratio, text) => {
    const judged = judge(accent, 'auto');
    expect(judged.textRatio).toBeCloseTo(ratio, 1);
    expect(judged.text).toBe(text);
  });

  test('P122 of a shape it is judged on each ground that the theme allows', () => {
    expect(judge('#ffe600', 'auto').shape.map(({ on, passes }) => [on, passes])).toEqual([
      ['light', false],
      ['dark', true],
    ]);
    expect(judge('#ffe600', 'dark').passes).toBe(true);
    expect(judge('#101010', 'light').passes).toBe(true);
    expect(judge('#101010', 'dark').passes).toBe(false);
  });

  test('P123 for each colour the nearest is found that passes; one that passes is its own nearest', () => {
    const random = draws(4711);
    for (let i = 0; i < 300; i++) {
      const accent = `#${Math.floor(random() * 0x1000000)
        .toString(16)
        .padStart(6, '0')}`;
      for (const theme of themes) {
        const nearest = nearestThatPasses(accent, theme);
        expect([accent, theme, nearest, judge(nearest, theme).passes]).toEqual([
          accent,
          theme,
          nearest,
          true,
        ]);
        if (judge(accent, theme).passes) expect(nearest).toBe(accent);
      }
    }
  });

  test('P124 the element writes in what the settings say that it writes in, always with 4.5 to one', () => {
    const random = draws(815);
    for (let i = 0; i < 500; i++) {
      const parts = Array.from({ length: 3 }, () => Math.floor(random() * 256));
      const hex = `#${parts.map(part => part.toString(16).padStart(2, '0')).join('')}`;
      const { text, textRatio } = judge(hex, 'auto');
      expect(textRatio).toBeGreaterThanOrEqual(4.5);
      const written = readableOn(`rgb(${parts.join(', ')})`) === '#000' ? '#000000' : '#ffffff';
      // Where the two are as good as equal either will do.
      const other = 21 / textRatio;
      if (Math.abs(other - textRatio) > 0.02) expect([hex, written]).toEqual([hex, text]);
    }
    expect(readableOn('oklch(0.9 0.1 100)')).toBe('#000');
    expect(readableOn('color(display-p3 0.1 0.1 0.3)')).toBe('#fff');
  });
});
