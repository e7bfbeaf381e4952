/** What a rep is shown beside the call in hand: who waits, what was missed, what rings again. */
import { describe, expect, test } from 'vitest';
import type { RepView } from '../../../shared/views.ts';
import { Rep, Shopper } from '../../support/people.ts';
import { Stage } from '../../support/stage.ts';

const page = { url: 'https://tideline.example/', title: 'Tideline' };
const cart = {
  items: [
    { name: 'Mug', quantity: 2 },
    { name: 'Teapot', quantity: 1 },
  ],
  total: '€ 130',
};

describe('the rep is shown', () => {
  test('R71 a missed call with what became of it, also at a new page, until it was seen', async () => {
    const stage = await Stage.open();
    const ana = await stage.rep('Ana');
    const kim = stage.here(await Shopper.arrive(stage.origin));
    const callId = await kim.call(440, { name: 'Kim', page });
    await ana.untilWork('ringing');
    expect(ana.signaling.view?.missed).toBeNull();
    await stage.pass(20_000);
    const { missed } = await ana.signaling.until(view => view.missed !== null);
    expect(missed).toMatchObject({
      call: { callId, context: { name: 'Kim' } },
      became: { state: 'waiting' },
    });
    const at = missed?.at ?? 0;

    // Another rep takes it: told too.
    const ben = await stage.rep('Ben', 660);
    await ben.answer();
    await ana.signaling.until(view => view.missed?.became.state === 'answered');
    expect(ana.signaling.view?.missed?.became).toEqual({ state: 'answered', repName: 'Ben' });

    ana.close();
    const again = stage.here(await Rep.signIn(stage.origin, ana.account));
    const seenThere = await again.signaling.until(view => view.missed !== null);
    expect(seenThere.missed).toMatchObject({ at, call: { callId } });
    // What is not there yet can't have been seen.
    await again.signaling.request('missed.seen', { at: at - 1 });
    expect(again.signaling.view?.missed).not.toBeNull();
    await again.signaling.request('missed.seen', { at });
    await again.signaling.until(view => view.missed === null);
    // Seen is seen: nothing brings it back.
    await again.signaling.request('missed.seen', { at: 0 });
    expect(again.signaling.view?.missed).toBeNull();
  });

  test('R90 who has seen a missed call has seen that it made them away, and nothing else', async () => {
    const stage = await Stage.open();
    const ana = await stage.rep('Ana');
    await stage.shopper();
    await ana.untilWork('ringing');
    await stage.pass(20_000);
    const view = await ana.signaling.until(({ missed }) => missed !== null);
    expect(view).toMatchObject({ status: 'away', statusReason: 'no-answer' });
    const at = view.missed?.at ?? 0;
    await ana.signaling.request('missed.seen', { at: at - 1 });
    expect(ana.signaling.view).toMatchObject({ status: 'away', statusReason: 'no-answer' });
    await ana.signaling.request('missed.seen', { at });
    expect(await ana.signaling.until(({ missed }) => missed === null)).toMatchObject({
      status: 'away',
      statusReason: 'chosen',
    });
  });

  test('R71 a call missed is gone once the shopper hung up, and forgotten with “Go available”', async () => {
    const stage = await Stage.open();
    const ana = await stage.rep('Ana');
    const kim = await stage.shopper();
    const { call } = await ana.untilWork('ringing');
    await stage.pass(20_000);
    await ana.signaling.until(view => view.missed !== null);
    await kim.signaling.request('call.hang-up', { callId: call.callId });
    await ana.signaling.until(view => view.missed?.became.state === 'gone');
    await ana.signaling.request('rep.status', { status: 'available' });
    await ana.signaling.until(view => view.status === 'available' && view.missed === null);
  });

  test('R72 after a decline who still waits, and when it rings again: 30 s later', async () => {
    const stage = await Stage.open();
    const ana = await stage.rep('Ana');
    await stage.shopper();
    const { offerId, call } = await ana.untilWork('ringing');
    const others = (view: RepView) => view.waiting.find(entry => entry.callId === call.callId);
    expect(others(ana.signaling.view!)?.ringsAgainAt).toBeNull();
    await ana.signaling.request('offer.decline', { offerId });
    const view = await ana.signaling.until(({ work }) => work.state === 'idle');
    const again = others(view)?.ringsAgainAt ?? 0;
    expect(again - view.serverTime).toBeGreaterThan(29_000);
    expect(again - view.serverTime).toBeLessThanOrEqual(30_000);
    await stage.pass(again - view.serverTime);
    expect((await ana.untilWork('ringing')).call.callId).toBe(call.callId);
    expect(others(ana.signaling.view!)?.ringsAgainAt).toBeNull();
  });

  test('R73 callers apart: number, callback, cart, and the call before with who spoke to them', async () => {
    const stage = await Stage.open();
    await stage.server.setQueue({
      callback: {
        page: true,
        phone: true,
        numbers: { countries: 'any', premium: false, own: null },
        tries: 2,
        retryMs: 60_000,
        expireMs: 86_400_000,
      },
    });
    const ana = await stage.rep('Ana');
    const kim = stage.here(await Shopper.arrive(stage.origin));
    const first = await kim.call(440, { page, cart });
    expect((await ana.untilWork('ringing')).call).toMatchObject({
      cart: { items: 3, total: '€ 130' },
      phone: null,
      lastCall: null,
    });
    await ana.answer();
    await kim.signaling.request('call.hang-up', { callId: first });
    await ana.untilWork('wrap-up');

    const lee = stage.here(await Shopper.arrive(stage.origin));
    await lee.call(500, { page });
    await lee.signaling.request('callback.request', { kind: 'phone', phone: '+49 30 123456' });
    await kim.call(440, { page, cart });
    const { waiting } = await ana.signaling.until(view => view.waiting.length === 2);
    expect(waiting[0]).toMatchObject({
      callback: 'phone',
      phone: '+49 30 123456',
      cart: null,
      lastCall: null,
    });
    // The whole cart comes with the ringing only; what it is worth is in the list.
    expect(waiting[1]).toMatchObject({ context: { page }, cart: { items: 3 }, lastCall: { repName: 'Ana' } });
    expect(waiting[1]?.context.cart).toBeUndefined();
  });
});
