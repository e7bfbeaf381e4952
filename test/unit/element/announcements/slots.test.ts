import fc from 'fast-check';
import { expect, test } from 'vitest';
import { slotsOf } from '../../../../client/element/announcements/slots.ts';
import { clipSlots } from '../../../../shared/domain.ts';
import { waiting } from '../views.ts';

const minute = 60_000;
const upTo = (toMs: number) => ({ fromMs: 0, toMs });

test.each([
  [1, ['next']],
  [2, ['place-2']],
  [9, ['place-9']],
  [10, ['place-more']],
  [250, ['place-more']],
])('E22 at place %d without an estimate only the place is told: %j', (place, slots) => {
  expect(slotsOf({ ...waiting, place })).toEqual(slots);
});

test.each([
  [1, 'wait-1'],
  [minute, 'wait-1'],
  [minute + 1, 'wait-2'],
  [5 * minute, 'wait-5'],
  [6 * minute, 'wait-10'],
  [20 * minute, 'wait-20'],
  [20 * minute + 1, 'wait-more'],
])('E22 a wait of at most %d ms is told as %s', (toMs, slot) => {
  expect(slotsOf({ ...waiting, place: 1, estimate: upTo(toMs) })).toEqual(['next', slot]);
});

test('E22 a greeting comes first, and only where the shop recorded one', () => {
  const greeted = { everyMs: minute, clips: { greeting: '/sounds/a' } };
  expect(slotsOf({ ...waiting, announcements: greeted })).toEqual(['greeting', 'place-2']);
  expect(slotsOf({ ...waiting, announcements: { everyMs: minute, clips: {} } })).toEqual(['place-2']);
});

test('E22 whatever the view, the wait told covers what is shown, and each slot exists', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), fc.nat(120 * minute), (place, toMs) => {
      const slots = slotsOf({ ...waiting, place, estimate: upTo(toMs) });
      expect(slots.every(slot => clipSlots.includes(slot))).toBe(true);
      const told = Number(slots[1]?.replace('wait-', ''));
      if (!Number.isNaN(told)) expect(told * minute).toBeGreaterThanOrEqual(toMs);
    }),
  );
});
