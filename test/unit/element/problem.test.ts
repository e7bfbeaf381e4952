import { expect, test } from 'vitest';
import { problemOf } from '../../../client/element/problem.ts';
import { textsFor } from '../../../client/element/texts.ts';
import { SignalingError } from '../../../client/voice/connection.ts';
import { UnsupportedBrowserError } from '../../../client/voice/device.ts';
import { MicrophoneError } from '../../../client/voice/devices.ts';
import { type ErrorCode, errorCodes } from '../../../shared/wire.ts';

test('E16 every error code of the server leads to a problem that has words', () => {
  for (const code of Object.keys(errorCodes) as ErrorCode[]) {
    expect(textsFor('en').problems[problemOf(new SignalingError(code, ''))], code).toBeDefined();
  }
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
