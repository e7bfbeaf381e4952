import { expect, test } from 'vitest';
import { microphoneProblem } from '../../../client/voice/devices.ts';

test.each([
  ['NotAllowedError', 'denied'],
  ['SecurityError', 'denied'],
  ['NotFoundError', 'none'],
  ['OverconstrainedError', 'none'],
  ['NotReadableError', 'busy'],
  ['AbortError', 'busy'],
  ['TypeError', 'unsupported'],
])('V4 %s is told as "%s"', (name, reason) => {
  expect(microphoneProblem(new DOMException('', name))).toBe(reason);
});
