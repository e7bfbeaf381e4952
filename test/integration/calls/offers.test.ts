/** What becomes of a call that nobody takes at once: declined, unanswered, too long, too many, nobody there. */
import { describe, expect, test } from 'vitest';
import { Shopper } from '../../support/people.ts';
import { Stage } from '../../support/stage.ts';

describe('a call', () => {
  test('C2 that is declined keeps its place and rings at another rep', async () => {
    const stage = await Stage.open();
    const ana = await stage.rep('Ana');
    const ben = await stage.rep('Ben');
    const first = await stage.shopper();
    const { offerId, call } = await ana.untilWork('ringing');
    // Ben is away for a moment, so that the declined call has to wait.
    await ben.signaling.request('rep.status', { status: 'away' });
    await ana.signaling.request('offer.decline', { offerId });
    const waiting = await first.signaling.until(view => view.state === 'waiting' && !view.ringing);
    expect(waiting).toMatchObject({ state: 'waiting', place: 1 });
    expect(ana.signaling.view).toMatchObject({ status: 'available', work: { state: 'idle' } });
    const second = await stage.shopper();
    // Ana is not asked about the first one again, but about the next.
    expect((await ana.untilWork('ringing')).call.callId).not.toBe(call.callId);
    expect(await second.untilState('waiting')).toMatchObject({ place: 2 });
    await ben.signaling.request('rep.status', { status: 'available' });
    expect((await ben.untilWork('ringing')).call).toMatchObject({ callId: call.callId, since: call.since });
  });

  test('C3 that a rep lets ring makes the rep away and goes to the next one', async () => {
    const stage = await Stage.open();
    const ana = await stage.rep('Ana');
    const shopper = await stage.shopper();
    const { call } = await ana.untilWork('ringing');
    await stage.pass(20_000);
    await ana.signaling.until(view => view.status === 'away');
    expect(ana.signaling.view).toMatchObject({ statusReason: 'no-answer', work: { state: 'idle' } });
    expect(await shopper.signaling.until(view => view.state === 'waiting' && !view.ringing)).toMatchObject({
      place: 1,
    });
    const ben = await stage.rep('Ben', 660);
    expect((await ben.untilWork('ringing')).call.callId).toBe(call.callId);
    await ben.answer();
    expect(await shopper.untilState('talking')).toMatchObject({ repName: 'Ben' });
  });

  test('C4 is followed by a wrap-up that ends by itself, and the next call rings then, not before', async () => {
    const stage = await Stage.open();
    const { ana, shopper } = await stage.talk();
    const next = await stage.shopper();
    const { callId } = await shopper.untilState('talking');
    await shopper.signaling.request('call.hang-up', { callId });
    const wrapUp = await ana.untilWork('wrap-up');
    expect(wrapUp).toMatchObject({ reason: 'shopper-hung-up', call: { callId } });
    expect(wrapUp.dueAt - wrapUp.endedAt).toBe(15_000);
    await stage.pass(14_000);
    expect(await next.untilState('waiting')).toMatchObject({ ringing: false });
    await stage.pass(1_000);
    await ana.untilWork('ringing');
  });

  test('C5 ends with its reason when nobody took it within the longest wait', async () => {
    const stage = await Stage.open();
    await stage.server.setQueue({ maxWaitMs: 60_000 });
    await stage.talk();
    const waiting = await stage.shopper();
    await stage.pass(59_000);
    await waiting.untilState('waiting');
    await stage.pass(1_000);
    expect(await waiting.untilState('ended')).toMatchObject({ reason: 'max-wait', repName: null, talkMs: 0 });
  });

  test('C6 is refused when the line is full, and the button says so before', async () => {
    const stage = await Stage.open();
    await stage.server.setQueue({ maxLength: 1 });
    await stage.talk();
    const first = await stage.shopper();
    const late = stage.here(await Shopper.arrive(stage.origin));
    expect(await late.untilState('idle')).toMatchObject({ availability: 'queue-full' });
    await expect(late.call(440)).rejects.toMatchObject({ code: 'queue-full' });
    const { callId } = await first.untilState('waiting');
    await first.signaling.request('call.hang-up', { callId });
    // Ana is still talking.
    await late.signaling.until(view => view.state === 'idle' && view.availability === 'busy');
    await late.call(440);
    expect(await late.untilState('waiting')).toMatchObject({ place: 1 });
  });

  test('C7 is refused while no rep is on duty, and the button says so before', async () => {
    const stage = await Stage.open();
    const shopper = stage.here(await Shopper.arrive(stage.origin));
    expect(await shopper.untilState('idle')).toMatchObject({ availability: 'no-rep' });
    await expect(shopper.call(440)).rejects.toMatchObject({ code: 'no-rep' });
    const ana = await stage.rep('Ana');
    await shopper.signaling.until(view => view.state === 'idle' && view.availability === 'open');
    await shopper.call(440);
    await ana.untilWork('ringing');
  });

  test('C8 that waits is told when the last rep has been gone for too long', async () => {
    const stage = await Stage.open();
    const ana = await stage.rep('Ana');
    const shopper = await stage.shopper();
    await ana.untilWork('ringing');
    await ana.signaling.request('rep.status', { status: 'offline' });
    await shopper.signaling.until(view => view.state === 'waiting' && !view.ringing);
    await stage.pass(29_000);
    await shopper.untilState('waiting');
    await stage.pass(1_000);
    expect(await shopper.untilState('ended')).toMatchObject({ reason: 'no-rep', availability: 'no-rep' });
  });
});
