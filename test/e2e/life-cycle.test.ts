/** What browsers do to a page besides showing it: keep it while somebody is elsewhere, and bring it back. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  asksForMicrophone,
  holdMicrophones,
  openMicrophone,
  refuseMicrophone,
  type WithMicrophones,
} from '../support/held-microphones.ts';
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

const gone = 'Your microphone went away.';

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
    await sam.page.addInitScript(holdMicrophones);
    await shop.click(sam);
    await sam.page.reload();
    await asksForMicrophone(sam.page, 1);
    // It may have rung for the page before, too, which is over.
    await until(() => shop.ana.answer().catch(() => false));
    await openMicrophone(sam.page, 1);
    await shop.hearBothWays(sam);
    await shop.shows(sam, 'talking');
    await sam.page.reload();
    await asksForMicrophone(sam.page, 1);
    const { call } = await shop.ana.untilWork('talking');
    await shop.ana.signaling.request('call.hang-up', { callId: call.callId });
    await shop.shows(sam, 'ended');
    await openMicrophone(sam.page, 1);
    await sam.page.waitForFunction(
      () => (globalThis as WithMicrophones).asked[0]?.track?.readyState === 'ended',
    );
    await shop.shows(sam, 'ended');
  });

  test('V26 whose microphone is allowed plays the music before it is open, and the talk has it', async () => {
    const sam = await shop.visitor({ permissions: ['microphone'] });
    await sam.page.addInitScript(holdMicrophones);
    await sam.page.goto(shop.shop.at('/', {}));
    await shop.click(sam);
    await until(async () => (await sam.person.hear()).levelDb > -45);
    await asksForMicrophone(sam.page, 1);
    await openMicrophone(sam.page, 1);
    await shop.ana.answer();
    await shop.hearBothWays(sam);
    await shop.hangUp(sam);
  });

  test('V27 whose microphone is allowed and does not open after all says so, and its call is over', async () => {
    const sam = await shop.visitor({ permissions: ['microphone'] });
    await sam.page.addInitScript(holdMicrophones);
    await sam.page.goto(shop.shop.at('/', {}));
    await shop.click(sam);
    await shop.ana.untilWork('ringing');
    await refuseMicrophone(sam.page, 1);
    await sam.page.locator('talk-to-us[data-problem="microphone-none"]').waitFor({ state: 'attached' });
    await shop.ana.untilWork('idle');
  });

  test('B155 whose microphone is gone uses the one that it asked for last, whatever becomes of the one before', async () => {
    const sam = await shop.visitor();
    await sam.page.addInitScript(holdMicrophones);
    await sam.page.goto(shop.shop.at('/', {}));
    await sam.element.getByRole('button').first().click();
    await asksForMicrophone(sam.page, 1);
    await openMicrophone(sam.page, 1);
    await shop.ana.answer();
    await shop.repHears();
    let inUse = 0;
    const state = (which: number) =>
      sam.page.evaluate(index => (globalThis as WithMicrophones).asked[index]?.track?.readyState, which);
    for (const former of ['opens', 'is refused']) {
      await sam.page.evaluate(index => {
        const { track } = (globalThis as WithMicrophones).asked[index]!;
        track!.stop();
        track!.dispatchEvent(new Event('ended'));
      }, inUse);
      await asksForMicrophone(sam.page, inUse + 2);
      await refuseMicrophone(sam.page, inUse + 2);
      await sam.element.getByText(gone).first().waitFor();
      // A device that is plugged in is told more than once.
      await sam.page.evaluate(() => {
        for (let times = 0; times < 2; times++)
          navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
      });
      await asksForMicrophone(sam.page, inUse + 4);
      await openMicrophone(sam.page, inUse + 4);
      await sam.element.getByText(gone).first().waitFor({ state: 'detached' });
      await (former === 'opens' ? openMicrophone : refuseMicrophone)(sam.page, inUse + 3);
      await until(async () => (await state(inUse + 2)) === 'ended');
      inUse += 3;
      // Sound that was on its way tells nothing: after silence there has to be new one.
      await sam.press('Mute');
      await until(() => shop.ana.voice.measure('voice').levelDb < -60);
      await sam.press('Unmute');
      await shop.repHears();
      expect(await sam.element.getByText(gone).count(), former).toBe(0);
      expect(await state(inUse), former).toBe('live');
    }
    await shop.hangUp(sam);
  });
});
