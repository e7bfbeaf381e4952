import { expect, test } from 'vitest';
import { cartOf } from '../../../../server/calls/history/call-cards.ts';

const mug = { name: 'Mug', quantity: 2 };

test.each([
  [[], undefined, null],
  [[], '€0.00', null],
  [[], '0', null],
  [[], '€130', { items: 0, total: '€130' }],
  [[], '١٢٫٥٠', { items: 0, total: '١٢٫٥٠' }],
  [[mug], '€0.00', { items: 2, total: '€0.00' }],
  [[mug, mug], undefined, { items: 4, total: null }],
])('R73 a cart with nothing in it that costs nothing is none: %j for %s', (items, total, told) => {
  expect(cartOf({ cart: { items, ...(total === undefined ? {} : { total }) } })).toEqual(told);
});

test('R73 a visit without a cart has none', () => {
  expect(cartOf({})).toBeNull();
});
