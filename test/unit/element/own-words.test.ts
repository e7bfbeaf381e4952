/** The shop's own words on the screens that they are for. */
import { expect, test } from 'vitest';
import type { Promised } from '../../../client/element/availability.ts';
import { words } from '../../../client/element/panel.ts';
import type { Problem, Screen } from '../../../client/element/states.ts';
import { textsFor } from '../../../client/element/texts.ts';
import { waiting } from './views.ts';

const texts = textsFor('en');
const own = 'We are at the fair until Friday.';
const open: Promised = { reach: 'open', opensAt: null, takesNumber: false, message: '' };

const detail = (screen: Screen, promised: Partial<Promised> = {}) =>
  words({
    call: { screen, muted: false, wayOut: undefined, extras: { callback: undefined } },
    texts,
    promised: { ...open, ...promised },
  }).detail;
const problem = (name: Problem): Screen => ({ name: 'problem', problem: name });

test('E20 while waiting they stand where ours would, but not in place of news', () => {
  expect(detail({ name: 'waiting', view: waiting })).toBe(texts.waiting.music);
  expect(detail({ name: 'waiting', view: { ...waiting, message: own } })).toBe(own);
  const news = { ...waiting, message: own, returned: true };
  expect(detail({ name: 'waiting', view: news })).toBe(texts.waiting.returned);
});

test.each(['closed', 'no-rep', 'queue-full'] as const)('E21 they say why nobody answers: %s', reach => {
  expect(detail(problem(reach), { reach })).toBe(texts.problems[reach].detail);
  expect(detail(problem(reach), { reach, message: own })).toBe(own);
});

test('E21 they do not explain another problem', () => {
  expect(detail(problem('connection'), { reach: 'closed', message: own })).toBe(
    texts.problems.connection.detail,
  );
});

test('E21 when it opens is still told after them', () => {
  const opensAt = Date.UTC(2026, 0, 5, 9);
  expect(detail(problem('closed'), { reach: 'closed', opensAt, message: own })).toBe(
    `${own} ${texts.opens(opensAt)}`,
  );
});
