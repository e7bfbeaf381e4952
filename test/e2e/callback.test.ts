/** A shopper is called back in the open page, in a real browser: silence while it waits, a ring, and then two voices. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { PushMessage } from '../../shared/protocol.ts';
import { openBrowser, type Person } from '../support/browser.ts';
import { openRep, openShopper, type RepPage, ShopperPage } from '../support/pages.ts';
import { Shopper } from '../support/people.ts';
import { PushService } from '../support/push-service.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { until } from '../support/until.ts';

const tones = { sam: 440, kim: 587, ana: 880 };

let pushService: PushService;
let server: TestServer;
let ana: RepPage;
let sam: ShopperPage;
const opened: Person[] = [];

beforeAll(async () => {
  pushService = await PushService.start();
  server = await startTestServer({ workers: 1, environment: { PUSH_SERVICES: pushService.origin } });
  await server.setQueue({ wrapUp: { kind: 'none', ms: 1_000 } });
  opened.push(
    ...(await Promise.all([tones.ana, tones.sam].map(toneHz => openBrowser(toneHz, { whole: true })))),
  );
  ana = await openRep(opened[0]!, server.setUpLink(), 'Ana');
  await ana.goAvailable();
  sam = await openShopper(opened[1]!, server.origin);
});
afterAll(async () => {
  await Promise.all(opened.map(person => person.close()));
  await server.close();
  await pushService.close();
});
afterEach(() => {
  expect(opened.flatMap(person => person.complaints)).toEqual([]);
});

/** Hands messages to the shop's service worker, as the browser's own connection to its push service does. */
async function pushDelivery(page: Page): Promise<(message: unknown) => Promise<void>> {
  const devTools = await page.context().newCDPSession(page);
  const registered = new Promise<string>(resolve => {
    devTools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations: [one] }) => {
      if (one) resolve(one.registrationId);
    });
  });
  await devTools.send('ServiceWorker.enable');
  const registrationId = await registered;
  return async message => {
    const data = JSON.stringify(message);
    await devTools.send('ServiceWorker.deliverPushMessage', { origin: server.origin, registrationId, data });
  };
}

const hears = (listener: { person: Person }, toneHz: number) =>
  until(async () => Math.abs((await listener.person.hear()).frequencyHz - toneHz) < 4);

describe('a callback', () => {
  test('B20 frees the shopper of the music, survives a reload, rings the page, and connects both voices', async () => {
    const kim = await Shopper.arrive(server.origin);
    const callId = await kim.call(tones.kim);
    await ana.accept();
    await sam.call();
    await sam.state('waiting');
    await until(async () => (await sam.person.hear()).levelDb > -45);
    await sam.press('Call me back instead');
    await sam.press('Ring this page');
    await sam.state('callback');
    await until(async () => (await sam.person.hear()).levelDb < -60);
    // The browser shows no microphone in use any more.
    await sam.page.reload();
    await sam.state('callback');
    await sam.element.getByText('You are next.').waitFor();

    await kim.signaling.request('call.hang-up', { callId });
    kim.close();
    await ana.state('ringing');
    await ana.page.getByText('Wants to be called back').waitFor();
    await ana.press(/accept/i);
    await ana.state('calling-back');
    await sam.state('calling-back');
    await sam.press('Answer');
    await Promise.all([sam.state('talking'), ana.state('talking')]);
    await Promise.all([hears(sam, tones.ana), hears(ana, tones.sam)]);
    await sam.press('Hang up');
    await ana.state('idle');
  });

  test('B25 with the page closed is rung by a push in their language, whose notification leads to a page that takes the call up', async () => {
    const kim = await Shopper.arrive(server.origin);
    const callId = await kim.call(tones.kim);
    await ana.accept();
    const context = sam.page.context();
    // An open tab of the shop would follow the call, and need no push.
    await sam.page.goto('about:blank');
    await context.grantPermissions(['notifications'], { origin: server.origin });
    const browser = pushService.subscribe();
    const asking = new ShopperPage({ ...sam.person, page: await context.newPage() });
    // The browser is to subscribe with the push service of this test in place of its maker's.
    await asking.page.addInitScript(subscription => {
      PushManager.prototype.subscribe = async () =>
        ({ toJSON: () => subscription }) as unknown as PushSubscription;
    }, browser.subscription);
    await asking.page.goto(server.origin);
    await asking.call();
    await asking.state('waiting');
    await asking.press('Call me back instead');
    await asking.page.evaluate(() => {
      document.documentElement.lang = 'de';
    });
    await asking.press('Auf dieser Seite klingeln');
    await asking.element.getByText('Sie können diese Seite schließen. Eine Mitteilung').first().waitFor();

    // As long as that tab is there, another one leaves the call to it.
    const other = new ShopperPage({ ...sam.person, page: await context.newPage() });
    await other.page.goto(server.origin);
    await other.page.locator('talk-to-us[data-reach="busy"]').waitFor({ state: 'attached' });
    const deliver = await pushDelivery(other.page);
    await other.state('idle');
    await asking.state('callback');
    await asking.page.close();

    await kim.signaling.request('call.hang-up', { callId });
    kim.close();
    await ana.state('ringing');
    await ana.press(/accept/i);
    const [push] = await until(() => browser.received.length > 0 && browser.received);
    await deliver(push!.message);
    const shown = () =>
      other.page.evaluate(async () => {
        const registration = await navigator.serviceWorker.getRegistration();
        return (await registration?.getNotifications())?.map(({ title }) => title);
      });
    await until(async () => (await shown())?.join() === 'Ana ruft Sie an');
    // A browser may forget what a page left.
    await other.page.evaluate(() => caches.delete('talk-to-us'));
    await deliver(push!.message);
    await until(async () => (await shown())?.join() === 'Ana is calling you');

    // Where a click on it leads.
    const back = new ShopperPage({ ...sam.person, page: await context.newPage() });
    await back.page.goto((push!.message as PushMessage).page!);
    await back.state('calling-back');
    await back.press('Answer');
    await Promise.all([back.state('talking'), ana.state('talking')]);
    await hears(ana, tones.sam);
    await back.press('Hang up');
    await ana.state('idle');
    await back.page.reload();
    await back.state('idle');
  });
});
