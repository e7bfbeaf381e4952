import { expect, test } from 'vitest';
import { words } from '../../../client/element/panel.ts';
import { problemOf } from '../../../client/element/problem.ts';
import * as problems from '../../../client/element/problem-words.ts';
import type { Screen } from '../../../client/element/states.ts';
import type { Vocabulary } from '../../../client/element/vocabulary.ts';
import { SignalingError } from '../../../client/voice/connection.ts';
import { UnsupportedBrowserError } from '../../../client/voice/device.ts';
import { MicrophoneError } from '../../../client/voice/devices.ts';
import type { EndReason } from '../../../shared/domain.ts';
import type { Face } from '../../../shared/i18n/message.ts';
import type { CallId } from '../../../shared/ids.ts';
import { type ErrorCode, errorCodes } from '../../../shared/wire.ts';
import { textsIn } from '../../support/texts.ts';

const t = textsIn('call', 'en');
const ofProblem = textsIn('problem', 'en');
const wordsOn = (screen: Screen) =>
  words({
    call: { screen, muted: false, wayOut: undefined, extras: { callback: undefined, problems } },
    t,
    vocabulary: { get: (face: Face) => (face === 'problem' ? ofProblem : t) } as Vocabulary,
    promised: { reach: 'open', opensAt: null, takesNumber: false, message: '' },
  });

test('E16 every error code of the server leads to a problem that has words', () => {
  for (const code of Object.keys(errorCodes) as ErrorCode[]) {
    const { title, detail } = wordsOn({
      name: 'problem',
      problem: problemOf(new SignalingError(code, '')),
    });
    expect(title, code).not.toBe('');
    expect(detail, code).not.toBe('');
  }
});

const reasons: Record<EndReason, true> = {
  'shopper-hung-up': true,
  'rep-hung-up': true,
  'max-wait': true,
  'no-rep': true,
  'no-answer': true,
  removed: true,
  'shopper-lost': true,
  'callback-done': true,
  'callback-failed': true,
  'callback-expired': true,
};

test.each(Object.keys(reasons) as EndReason[])('E11 an end by %s has words', reason => {
  const end = { name: 'ended', callId: 'call' as CallId, reason, repName: 'Ana' } as const;
  expect(wordsOn({ ...end, talkMs: 0 }).title).not.toBe('');
  expect(wordsOn({ ...end, talkMs: 65_000 }).detail).toContain('You talked with Ana for 01:05.');
});

test.each([
  [new SignalingError('queue-full', ''), 'queue-full'],
  [new SignalingError('unknown-queue', ''), 'not-set-up'],
  [new SignalingError('timeout', ''), 'connection'],
  [new SignalingError('connection-lost', ''), 'connection'],
  [new MicrophoneError('busy'), 'microphone-busy'],
  [new MicrophoneError('insecure'), 'insecure'],
  [new UnsupportedBrowserError(), 'unsupported'],
  [new TypeError('Failed to fetch dynamically imported module'), 'loading'],
  ['anything else', 'internal'],
])('E16 %s is told as "%s"', (error, problem) => {
  expect(problemOf(error)).toBe(problem);
});
