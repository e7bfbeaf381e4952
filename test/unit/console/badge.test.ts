import { expect, test } from 'vitest';
import { badgeOf } from '../../../client/console/session/badge.ts';
import { card, ringing, viewOf } from './views.ts';

test('R100 the icon tells how many wait and a call that was missed, and nothing when there is no connection', () => {
  const missed = { call: card(), at: 1, became: { state: 'waiting' } } as const;
  expect(badgeOf(null)).toBe(0);
  expect(badgeOf(viewOf())).toBe(0);
  expect(badgeOf(viewOf({ state: 'idle' }, { waitingTotal: 3 }))).toBe(3);
  expect(badgeOf(viewOf({ state: 'idle' }, { waitingTotal: 3, missed }))).toBe(4);
  expect(badgeOf(viewOf(ringing(), { waitingTotal: 1, missed }))).toBe(1);
});
