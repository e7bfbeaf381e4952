import { expect, test } from 'vitest';
import { lightness } from '../../../client/element/theme.ts';

test.each([
  ['rgb(255, 255, 255)', 1],
  ['rgb(16, 20, 24)', 0.08],
  ['rgba(0, 0, 0, 0)', undefined],
  ['rgba(255, 250, 240, 0.9)', 0.98],
  ['color(display-p3 1 1 1)', 1],
  ['color(srgb 0.1 0.1 0.1 / 0.2)', undefined],
  ['oklch(0.2 0.01 250)', 0.2],
  ['lab(95 1 2)', 0.95],
])('E31 the background %s is as light as %s', (color, light) => {
  const found = lightness(color);
  if (light === undefined) expect(found).toBeUndefined();
  else expect(found).toBeCloseTo(light, 1);
});
