import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { outcome, sentence } from '../../../client/admin/calls/story.ts';
import type { CallStep, CallSummary } from '../../../shared/api/calls.ts';
import { endReasons } from '../../../shared/domain.ts';
import type { CallId, RepId, SiteId } from '../../../shared/ids.ts';

const cast = {
  shopper: 'Kim',
  queueName: (id: string) => (id === 'q2' ? 'Returns' : undefined),
};
const step = (type: string, data: CallStep['data'] = {}, repName: string | null = 'Ana'): CallStep => ({
  seq: 1,
  at: 0,
  type,
  repId: repName === null ? null : ('r1' as RepId),
  repName,
  data,
});
const tell = (type: string, data?: CallStep['data'], repName?: string | null) =>
  sentence(step(type, data, repName), cast);

describe('the story of a call', () => {
  test.each<[string, CallStep['data'], string]>([
    ['started', {}, 'Kim pressed “Talk to us”.'],
    ['offered', {}, 'It rang for Ana.'],
    ['offer-declined', { reason: 'No idea' }, 'Ana declined: No idea.'],
    ['offer-declined', { reason: 'default:other-topic' }, 'Ana declined: Not my topic.'],
    ['offer-declined', {}, 'Ana declined.'],
    ['offer-expired', {}, 'Ana did not answer and was set to away.'],
    ['offer-revoked', {}, 'It stopped ringing for Ana.'],
    ['answered', { waitedMs: 42_000 }, 'Ana answered after 0:42.'],
    ['removed', { reason: 'twice' }, 'Kim was removed from the line by Ana: twice.'],
    ['removed', {}, 'Kim was removed from the line by Ana.'],
    ['blocked', { until: null, reason: 'shouts' }, 'Kim was blocked by Ana for good: shouts.'],
    ['blocked', { until: null }, 'Kim was blocked by Ana for good.'],
    ['returned', {}, 'Kim went back to the same place in line.'],
    ['moved', { to: 'q2', because: 'transfer' }, 'Kim was sent on to Returns by Ana.'],
    [
      'moved',
      { to: 'q2', because: 'max-wait' },
      'Kim was sent on to Returns, because the wait was too long.',
    ],
    [
      'moved',
      { to: 'gone', because: 'no-rep' },
      'Kim was sent on to another queue, because nobody was on duty.',
    ],
    ['boosted', {}, 'Kim was put further to the front.'],
    ['shopper-lost', {}, 'Kim lost the connection.'],
    ['shopper-back', {}, 'Kim was back.'],
    ['rep-lost', {}, 'Ana lost the connection.'],
    ['rep-back', {}, 'Ana was back.'],
    ['callback-asked', { kind: 'phone' }, 'Kim asked to be called back by phone.'],
    ['calling-back', { kind: 'page' }, 'Ana began to call back on the page.'],
    ['push-allowed', {}, 'Kim can be reached by a notification when the page is closed.'],
    ['push-sent', {}, 'Kim was sent a notification, since the page was closed.'],
    ['push-failed', {}, 'Kim could not be sent a notification.'],
    ['push-gone', {}, 'Kim is not reached by notifications any more.'],
    ['callback-answered', {}, 'Kim answered the callback.'],
    ['callback-missed', { tries: 2 }, 'Kim could not be reached (try 2).'],
    ['callback-outcome', { outcome: 'no-answer' }, 'Ana dialled, but nobody answered.'],
    ['ended', { reason: 'shopper-hung-up' }, 'Kim hung up.'],
    ['wrapped-up', {}, 'Ana finished the work after the call.'],
  ])('R56 %s with %j is told as: %s', (type, data, words) => {
    expect(tell(type, data)).toBe(words);
  });

  test('R56 every reason to end has its own sentence', () => {
    const sentences = endReasons.map(reason => tell('ended', { reason }));
    expect(new Set(sentences).size).toBe(endReasons.length);
    expect(sentences).not.toContain('The call ended.');
  });

  test('R57 a step that this page does not know is told by its name', () => {
    expect(tell('recording-paused')).toBe('Something else happened (recording-paused, Ana).');
    expect(tell('recording-paused', {}, null)).toBe('Something else happened (recording-paused).');
    expect(tell('moved', { to: 'q2', because: 'valueOf' })).toBe('Kim was sent on to Returns.');
    expect(tell('ended', { reason: 'toString' })).toBe('The call ended.');
    expect(tell('callback-outcome', { outcome: 'constructor' })).toBe('Ana said what came of the callback.');
    fc.assert(
      fc.property(fc.string(), fc.dictionary(fc.string(), fc.jsonValue()), (type, data) => {
        expect(tell(type, data)).toMatch(/\S.*\.$/s);
      }),
    );
  });

  test('R58 what became of a call is told in a few words', () => {
    const call: CallSummary = {
      callId: 'c' as CallId,
      siteId: 's' as SiteId,
      queueName: 'Sales',
      state: 'ended',
      startedAt: 0,
      endedAt: 1_000,
      waitedMs: 1_000,
      rangMs: 0,
      talkedMs: null,
      heldMs: 0,
      repNames: [],
      inTalk: false,
      phone: null,
      cart: null,
      lastCall: null,
      endReason: 'shopper-hung-up',
      callback: null,
      context: {},
      note: '',
    };
    expect(outcome(call)).toBe('Gave up waiting');
    expect(outcome({ ...call, talkedMs: 5_000, inTalk: true })).toBe('Answered');
    expect(outcome({ ...call, talkedMs: 131_000 })).toBe('Answered, then sent on: gave up waiting');
    expect(outcome({ ...call, talkedMs: 5_000, inTalk: true, endReason: 'shopper-lost' })).toBe(
      'Answered, then the connection was lost',
    );
    expect(outcome({ ...call, state: 'talking', endReason: null })).toBe('Talking now');
  });
});
