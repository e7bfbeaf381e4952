/** What browsers do to a page besides showing it: keep it while somebody is elsewhere, and bring it back. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ShopWithRep } from '../support/shop-with-rep.ts';
import { until } from '../support/until.ts';

let shop: ShopWithRep;

beforeAll(async () => {
  shop = await ShopWithRep.open();
});
afterEach(async () => {
  expect(await shop.empty()).toEqual([]);
});
afterAll(() => shop.close());

const parked = (is: boolean) =>
  shop.ana.signaling.until(({ work }) => work.state === 'talking' && work.shopperLost === is);

describe('a page in a talk', () => {
  test('B118 that is left and comes back, from the browser’s cache where there is one, goes on with the talk', async () => {
    const sam = await shop.visitor({ backForwardCache: true });
    await sam.page.goto(shop.shop.at('/', {}));
    await shop.talk(sam);
    await sam.page.goto(shop.shop.at('/other', { body: '<h1>Elsewhere</h1>' }));
    await parked(true);
    await sam.page.goBack({ waitUntil: 'commit' });
    await parked(false);
    await shop.shows(sam, 'talking');
    await shop.hearBothWays(sam);
    await shop.hangUp(sam);
  });

  test('B118 that waits in line does so too', async () => {
    const sam = await shop.visitor({ backForwardCache: true });
    await sam.page.goto(shop.shop.at('/', {}));
    await shop.click(sam);
    await shop.ana.untilWork('ringing');
    await sam.page.goto(shop.shop.at('/other', { body: '<h1>Elsewhere</h1>' }));
    // Nobody is rung for somebody who is not there.
    await shop.ana.untilWork('idle');
    await sam.page.goBack({ waitUntil: 'commit' });
    await shop.shows(sam, 'waiting');
    await shop.ana.answer();
    await shop.hearBothWays(sam);
    await shop.hangUp(sam);
  });

  test('B150 that the browser freezes and wakes again goes on with the talk, or shows that it is over', async () => {
    const sam = await shop.visit({});
    await shop.talk(sam);
    const browser = await sam.page.context().newCDPSession(sam.page);
    const set = (state: 'frozen' | 'active') => browser.send('Page.setWebLifecycleState', { state });
    await set('frozen');
    await set('active');
    await shop.hearBothWays(sam);
    await set('frozen');
    const { call } = await shop.ana.untilWork('talking');
    await shop.ana.signaling.request('call.hang-up', { callId: call.callId });
    await set('active');
    await shop.shows(sam, 'ended');
  });

  test('B119 that opens the microphone anew shows what became of the call meanwhile', async () => {
    const sam = await shop.visit({});
    await sam.page.addInitScript(holdMicrophone);
    const reload = async () => {
      await sam.page.reload();
      await sam.page.waitForFunction(() => (globalThis as Held).openHeld !== undefined);
    };
    const openMicrophone = () => sam.page.evaluate(() => (globalThis as Held).openHeld!());
    await shop.click(sam);
    await reload();
    // It may have rung for the page before, too, which is over.
    await until(() => shop.ana.answer().catch(() => false));
    await openMicrophone();
    await shop.hearBothWays(sam);
    await shop.shows(sam, 'talking');
    await reload();
    const { call } = await shop.ana.untilWork('talking');
    await shop.ana.signaling.request('call.hang-up', { callId: call.callId });
    await shop.shows(sam, 'ended');
    await openMicrophone();
    await sam.page.waitForFunction(() => (globalThis as Held).held?.readyState === 'ended');
    await shop.shows(sam, 'ended');
  });
});

type Held = typeof globalThis & { openHeld?: () => void; held?: MediaStreamTrack | undefined };

/** The browser takes its time to open a microphone, as one does that has to wake a headset. */
function holdMicrophone(): void {
  const { mediaDevices } = navigator;
  const open = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = async constraints => {
    const stream = await open(constraints);
    await new Promise<void>(resolve => {
      (globalThis as Held).openHeld = resolve;
    });
    [(globalThis as Held).held] = stream.getAudioTracks();
    return stream;
  };
}
