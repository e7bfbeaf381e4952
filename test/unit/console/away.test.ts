import { expect, test } from 'vitest';
import { texts } from '../../../client/console/texts.ts';

test('R59 a status is shown with the reason that was chosen for it', () => {
  expect(texts.statusWords('away', 'Lunch')).toBe('Away: Lunch');
  expect(texts.statusWords('away', '')).toBe('Away');
  expect(texts.statusWords('available', '')).toBe('Available');
});
