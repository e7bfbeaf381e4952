import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type TimedEvent, timelineOf } from '../../../../server/calls/history/timeline.ts';
import type { HistoryEventType } from '../../../../shared/events.ts';
import type { RepId } from '../../../../shared/ids.ts';

const ana = 'ana' as RepId;
const ben = 'ben' as RepId;
const step = (at: number, type: HistoryEventType, rep: RepId | null = null, data: object = {}) =>
  ({ at, type, rep, data }) as TimedEvent;

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
    expect(timelineOf(story, 1_000)).toMatchObject({
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
    expect(timelineOf(story.slice(0, 8), 70)).toMatchObject({
      state: 'talking',
      repId: ana,
      talkedMs: 30 + 8,
    });
    expect(timelineOf(story.slice(0, 12), 84)).toMatchObject({
      state: 'waiting',
      repId: null,
      queueId: 'help',
    });
  });

  test('C308 of a talk as much as the shopper was on hold is told, as part of the talk', () => {
    const story = [
      step(0, 'started', null, { queue: 'sales' }),
      step(0, 'offered', ana),
      step(10, 'answered', ana),
      step(30, 'held', ana),
      step(45, 'resumed', ana),
      step(50, 'held', ana),
      // The rep is lost.
      step(60, 'returned', ana),
      step(70, 'ended', null, { reason: 'shopper-hung-up' }),
    ];
    const told = timelineOf(story, 1_000);
    expect(told).toMatchObject({ waitedMs: 10 + 10, talkedMs: 50, heldMs: 15 + 10 });
    expect(told.stretches.map(({ is, from, to, repIds }) => [is, to - from, ...repIds])).toEqual([
      ['ringing', 10, ana],
      ['talking', 20, ana],
      ['on-hold', 15, ana],
      ['talking', 5, ana],
      ['on-hold', 10, ana],
      ['waiting', 10],
    ]);
    expect(timelineOf(story.slice(0, 4), 40)).toMatchObject({ state: 'talking', repId: ana, heldMs: 10 });
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
    expect(timelineOf(story, 1_000)).toMatchObject({
      state: 'ended',
      repId: ben,
      answeredAt: 361,
      waitedMs: 361,
      talkedMs: 39,
      endReason: 'callback-done',
    });
  });

  test('Q130 that talked, was sent on and was never taken there tells the talk, with whom, and both waits', () => {
    const story = [
      step(0, 'started', null, { queue: 'sales' }),
      step(0, 'offered', ana),
      step(3_000, 'answered', ana),
      step(134_000, 'moved', ana, { from: 'sales', to: 'help', because: 'transfer' }),
      step(140_000, 'offered', ben),
      step(160_000, 'offer-expired', ben),
      step(214_000, 'ended', null, { reason: 'shopper-hung-up' }),
    ];
    expect(timelineOf(story, 1_000_000)).toMatchObject({
      state: 'ended',
      waitedMs: 83_000,
      rangMs: 23_000,
      talkedMs: 131_000,
      talkedTo: [ana],
      answeredAt: null,
      stretches: [
        { is: 'ringing', from: 0, to: 3_000, queueId: 'sales', repIds: [ana] },
        { is: 'talking', from: 3_000, to: 134_000, queueId: 'sales', repIds: [ana] },
        { is: 'waiting', from: 134_000, to: 140_000, queueId: 'help', repIds: [] },
        { is: 'ringing', from: 140_000, to: 160_000, queueId: 'help', repIds: [ben] },
        { is: 'waiting', from: 160_000, to: 214_000, queueId: 'help', repIds: [] },
      ],
    });
  });

  test('Q131 has no gap and no overlap whatever happened in whichever order, also when the clock was set back', () => {
    const types: HistoryEventType[] = [
      'offered',
      'offer-expired',
      'offer-declined',
      'offer-revoked',
      'answered',
      'calling-back',
      'callback-answered',
      'callback-outcome',
      'callback-missed',
      'returned',
      'moved',
      'shopper-lost',
      'ended',
    ];
    const event = fc.record({
      type: fc.constantFrom(...types),
      rep: fc.constantFrom(ana, ben, null),
      passed: fc.integer({ min: -50, max: 200 }),
      outcome: fc.constantFrom('reached', 'no-answer'),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), events => {
        let at = 0;
        const last = events.findIndex(({ type }) => type === 'ended');
        const lived = last < 0 ? events : events.slice(0, last + 1);
        const story = [
          step(0, 'started', null, { queue: 'sales' }),
          ...lived.map(({ type, rep, passed, outcome }) => {
            at += passed;
            return step(at, type, rep, { outcome, to: 'help' });
          }),
        ];
        const { stretches, waitedMs, talkedMs, rangMs } = timelineOf(story, at);
        const end = Math.max(...story.map(one => one.at));
        expect(waitedMs + talkedMs).toBe(end);
        expect(rangMs).toBeLessThanOrEqual(waitedMs);
        expect(stretches.every(({ from, to }) => from < to)).toBe(true);
        expect(stretches.map(({ from }) => from)).toEqual(
          [0, ...stretches.map(({ to }) => to)].slice(0, stretches.length),
        );
      }),
    );
  });
});
