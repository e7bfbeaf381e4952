/**
 * The figures that `npm run chaos` shows in one table: what an attack or a fault may cost at most. A test that reaches one
 * says so by `figure('18-silent', '5.0 s')` after its last assertion; the test itself asserts the goal. Which files report
 * figures is found by who imports this one.
 */
import { TestRunner } from 'vitest';

export const figures = {
  '9-cut-off': { what: 'a client that stops reading is cut off', goal: 'within 5 s' },
  '9-others': { what: 'a client that stops reading, for the others', goal: 'p99 within 1.2 x' },
  '13-origins': { what: 'origins: missing, null, suffix, subdomain, case, port', goal: '100 % as specified' },
  '14-tokens': { what: 'forged, reused, expired and foreign tokens', goal: '100 % refused' },
  '14-urls': { what: 'tokens in URLs and logs', goal: 'none' },
  '15-messages': { what: '100,000 mutated messages', goal: 'typed error or named close; nothing dies' },
  '16-dtls': { what: 'hostile dtlsParameters', goal: 'refused before the worker' },
  '16-rtp': { what: 'hostile rtpParameters', goal: 'refused before the worker' },
  '17-ids': { what: "every method with another's id", goal: '100 % refused' },
  '18-silent': { what: 'silent or chattering socket before hello', goal: 'closed within 5 s' },
  '18-oversize': { what: 'oversize message', goal: 'closed with 1009' },
  '18-held': { what: 'memory held for a socket before hello', goal: '64 KiB at most' },
  '19-calls': { what: 'calls of one address and one session', goal: 'exactly the cap' },
  '19-transports': { what: 'transports of one session', goal: 'exactly the cap' },
  '19-uploads': { what: 'uploads of one address', goal: 'exactly the cap' },
  '20-shopper': { what: 'script injection, in the shop', goal: 'shown as text, nothing runs' },
  '20-rep': { what: 'script injection, in the console', goal: 'shown as text, nothing runs' },
  '22-media-port': { what: 'random UDP, STUN and DTLS at the media port', goal: 'none of 20 calls drops' },
  '24-one-byte': {
    what: 'ten connections ask for one byte of a sound, for signaling',
    goal: 'median within 1.1 x',
  },
  '23-audit': { what: 'npm audit', goal: 'nothing high' },
} as const satisfies Record<string, { what: string; goal: string }>;
export type FigureId = keyof typeof figures;

export type Report = {
  id: FigureId;
  /** What was reached, with its unit. */
  reached: string;
  /** False when what would have told could not be asked on this machine. */
  asked: boolean;
};

declare module 'vitest' {
  interface TaskMeta {
    figures?: Report[];
  }
}

/** The running test reaches this figure. It counts only if the test passes. */
export function figure(id: FigureId, reached: string): void {
  report({ id, reached, asked: true });
}

/** The figure cannot be told here, for that reason: shown as such, and not as met. */
export function figureNotAsked(id: FigureId, reason: string): void {
  report({ id, reached: reason, asked: false });
}

function report(one: Report): void {
  const test = TestRunner.getCurrentTest();
  if (!test) throw new Error(`figure ${one.id} was reported outside of a test`);
  test.meta.figures = [...(test.meta.figures ?? []), one];
}
