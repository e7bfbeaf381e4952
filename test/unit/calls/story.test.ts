import { describe, expect, test } from 'vitest';
import { type StoryEvent, tell } from '../../../server/calls/story.ts';
import type { RepId } from '../../../shared/ids.ts';

const ana = 'ana' as RepId;
const ben = 'ben' as RepId;
const step = (at: number, type: string, rep: RepId | null = null, data: object = {}): StoryEvent => ({
  at,
  type,
  rep_id: rep,
  data: JSON.stringify(data),
});

describe('a call told from its events', () => {
  test('Q70 waits, is missed, talks, comes back to the line, is sent on, and ends: each time counted where it belongs', () => {
    const story = [
      step(0, 'started', null, { queue: 'sales' }),
      step(0, 'offered', ana),
      step(20, 'offer-expired', ana),
      step(20, 'offered', ben),
      step(25, 'answered', ben),
      // The rep is lost.
      step(55, 'returned', ben),
      step(60, 'offered', ana),
      step(62, 'answered', ana),
      step(72, 'moved', ana, { from: 'sales', to: 'help', because: 'transfer' }),
      step(80, 'offered', ben),
      step(81, 'shopper-lost'),
      step(81, 'offer-revoked', ben),
      step(85, 'shopper-back'),
      step(85, 'offered', ben),
      step(90, 'answered', ben),
      step(190, 'ended', ben, { reason: 'shopper-hung-up' }),
      step(200, 'wrapped-up', ben),
    ];
    expect(tell(story, 1_000)).toEqual({
      state: 'ended',
      queueId: 'help',
      repId: ben,
      startedAt: 0,
      answeredAt: 90,
      endedAt: 190,
      endReason: 'shopper-hung-up',
      wrappedUpAt: 200,
      waitedMs: 25 + 7 + 18,
      talkedMs: 30 + 10 + 100,
      missedOffers: 1,
    });
    expect(tell(story.slice(0, 8), 70)).toMatchObject({ state: 'talking', repId: ana, talkedMs: 30 + 8 });
    expect(tell(story.slice(0, 12), 84)).toMatchObject({ state: 'waiting', repId: null, queueId: 'help' });
  });

  test('Q71 that was called back counts the talk on the telephone from when the rep took it', () => {
    const story = [
      step(0, 'started', null, { queue: 'sales' }),
      step(5, 'callback-asked', null, { kind: 'phone' }),
      step(40, 'offered', ana),
      step(42, 'calling-back', ana, { kind: 'phone' }),
      step(60, 'callback-outcome', ana, { outcome: 'no-answer' }),
      step(60, 'callback-missed', ana, { tries: 1 }),
      step(360, 'offered', ben),
      step(361, 'calling-back', ben, { kind: 'phone' }),
      step(400, 'callback-outcome', ben, { outcome: 'reached' }),
      step(400, 'ended', ben, { reason: 'callback-done' }),
    ];
    expect(tell(story, 1_000)).toMatchObject({
      state: 'ended',
      repId: ben,
      answeredAt: 361,
      waitedMs: 361,
      talkedMs: 39,
      endReason: 'callback-done',
    });
  });
});
