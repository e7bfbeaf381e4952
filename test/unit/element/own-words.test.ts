/** The shop's own words on the screens that they are for. */
import { expect, test } from 'vitest';
import type { Promised } from '../../../client/element/availability.ts';
import { words } from '../../../client/element/panel.ts';
import * as problems from '../../../client/element/problem-words.ts';
import type { Problem, Screen } from '../../../client/element/states.ts';
import type { Vocabulary } from '../../../client/element/vocabulary.ts';
import type { Face } from '../../../shared/i18n/message.ts';
import * as m from '../../../shared/i18n/messages/call.ts';
import * as of from '../../../shared/i18n/messages/problem.ts';
import { textsIn } from '../../support/texts.ts';
import { waiting } from './views.ts';

const t = textsIn('call', 'en');
const ofProblem = textsIn('problem', 'en');
const vocabulary = { get: (face: Face) => (face === 'problem' ? ofProblem : t) } as Vocabulary;
const own = 'We are at the fair until Friday.';
const open: Promised = { reach: 'open', opensAt: null, takesNumber: false, message: '' };

const detail = (screen: Screen, promised: Partial<Promised> = {}) =>
  words({
    call: { screen, muted: false, wayOut: undefined, extras: { callback: undefined, problems } },
    ...{ t, vocabulary },
    promised: { ...open, ...promised },
  }).detail;
const problem = (name: Problem): Screen => ({ name: 'problem', problem: name });

test('E20 while waiting they stand where ours would, but not in place of news', () => {
  expect(detail({ name: 'waiting', view: waiting })).toBe(t(m.music));
  expect(detail({ name: 'waiting', view: { ...waiting, message: own } })).toBe(own);
  const news = { ...waiting, message: own, returned: true };
  expect(detail({ name: 'waiting', view: news })).toBe(t(m.returned));
});

test.each([
  ['closed', of.closedDetail],
  ['no-rep', of.noRepDetail],
  ['queue-full', of.queueFullDetail],
] as const)('E21 they say why nobody answers: %s', (reach, ours) => {
  expect(detail(problem(reach), { reach })).toBe(ofProblem(ours));
  expect(detail(problem(reach), { reach, message: own })).toBe(own);
});

test('E21 they do not explain another problem', () => {
  expect(detail(problem('connection'), { reach: 'closed', message: own })).toBe(t(m.connectionDetail));
});

test('E21 when it opens is still told after them', () => {
  const opensAt = Date.UTC(2026, 0, 5, 9);
  expect(detail(problem('closed'), { reach: 'closed', opensAt, message: own })).toBe(
    `${own} ${ofProblem(of.opens, { at: opensAt })}`,
  );
});
