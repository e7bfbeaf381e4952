/** The element as an integrator meets it: one script, one tag, on a shop of another origin with a strict policy. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { shopCodes } from '../../client/admin/shop/shop-codes.ts';
import { openBrowser, type Person } from '../support/browser.ts';
import { openShopper, ShopperPage } from '../support/pages.ts';
import { Rep, Shopper } from '../support/people.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { tone, wav } from '../support/sound-files.ts';
import { until } from '../support/until.ts';

let server: TestServer;
let ana: Rep;
/** One on the list, one not. */
let shop: Server;
let stranger: Server;
const opened: Person[] = [];

/** The server's clock, which can be pushed on; a page that is loaded takes it up. */
let ahead = 0;
const now = () => Date.now() + ahead;

beforeAll(async () => {
  shop = await serveShop(() => server.origin);
  stranger = await serveShop(() => server.origin);
  server = await startTestServer({ workers: 1, now, environment: { SHOP_ORIGINS: originOf(shop) } });
  ana = await Rep.signIn(server.origin, await server.addRep('Ana'));
  await ana.goAvailable(880);
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map(person => person.close()));
});
afterAll(async () => {
  ana.close();
  for (const page of [shop, stranger]) {
    page.closeAllConnections();
    page.close();
  }
  await server.close();
});

const browser = async () => {
  const person = await openBrowser(440);
  opened.push(person);
  return person;
};

describe('the element', () => {
  test('B176 the code that an owner copies shows the button in a plain page and by a tag manager', async () => {
    for (const kind of ['html', 'tag-manager'] as const) {
      const code = shopCodes[kind](server.origin, 'demo');
      const page = createServer((_, response) => {
        response.setHeader('content-type', 'text/html; charset=utf-8');
        response.end(`<!doctype html><title>Shop</title><body><h1>Shop</h1>${code}</body>`);
      });
      await new Promise<void>(resolve => page.listen(0, resolve));
      const person = await browser();
      await person.page.goto(originOf(page));
      // Which page it is does not matter here: one that is not on the list is told so by the button.
      await person.page.locator('talk-to-us').getByRole('button').waitFor();
      page.closeAllConnections();
      page.close();
    }
  });

  test('B11 fetches voice code on intent only, never for a visitor who passes by', async () => {
    const person = await browser();
    const fetched: string[] = [];
    person.page.on('request', request => fetched.push(new URL(request.url()).pathname));
    const sam = await openShopper(person, server.origin);
    await sam.page.waitForLoadState('networkidle');
    const voice = () => fetched.filter(file => /in-call|Chrome111|ortc|signal/.test(file));
    expect(fetched).toContain('/talk-to-us.js');
    expect(voice()).toEqual([]);
    await sam.element.getByRole('button').hover();
    await until(() => voice().length > 0);
  });

  test('B12 is refused on a shop that is not on the list, in words', async () => {
    const sam = new ShopperPage(await browser());
    await sam.page.goto(originOf(stranger));
    await sam.call();
    await sam.page.locator('talk-to-us[data-problem="origin-not-allowed"]').waitFor({ state: 'attached' });
  });

  test('B13 works on another origin under a strict content security policy, with what the page tells', async () => {
    const sam = new ShopperPage(await browser());
    await sam.page.goto(originOf(shop));
    await sam.page.locator('talk-to-us[data-reach="open"]').waitFor({ state: 'attached' });
    await sam.call();
    const { offerId, call } = await ana.untilWork('ringing');
    expect(call.context).toMatchObject({
      page: { url: `${originOf(shop)}/`, title: 'A strict shop' },
      cart: { items: [{ name: 'Blue mug', quantity: 2 }] },
    });
    await ana.signaling.request('offer.accept', { offerId });
    await sam.state('talking');
    await until(async () => Math.abs((await sam.person.hear()).frequencyHz - 880) < 4);
    await until(() => Math.abs(ana.voice.measure('voice').frequencyHz - 440) < 4);
    expect(sam.person.complaints).toEqual([]);
    await sam.press('Hang up');
    await ana.untilWork('wrap-up');
    await ana.signaling.request('wrap-up.finish', {});
  });

  test('B21 plays the recordings of the shop to those who wait, under that policy too', async () => {
    const everyMs = 20_000;
    const { account } = ana;
    const greeting = await account.addSound(server.origin, 'Greeting', wav([tone(1_000, 2)]));
    const next = await account.addSound(server.origin, 'Next', wav([tone(1_500, 2)]));
    await server.setQueue({ announcements: { everyMs, clips: { greeting: greeting.id, next: next.id } } });
    const kim = await Shopper.arrive(server.origin);
    const callId = await kim.call(587);
    await ana.answer();

    const sam = new ShopperPage(await browser());
    await sam.page.goto(originOf(shop));
    const since = now();
    await sam.call();
    await sam.state('waiting');
    ahead += since + everyMs - 2_000 - now();
    await sam.page.reload();
    await sam.state('waiting');
    const hears = (toneHz: number) =>
      until(async () => Math.abs((await sam.person.hear()).frequencyHz - toneHz) < 6);
    await hears(1_000);
    expect(now()).toBeGreaterThanOrEqual(since + everyMs);
    await hears(1_500);
    // Then music alone.
    await until(async () => {
      const heard = await sam.person.hear();
      return heard.levelDb > -45 && heard.at(1_500) < heard.levelDb - 15;
    });
    await sam.press('Leave the line');
    await kim.signaling.request('call.hang-up', { callId });
    kim.close();
    await ana.untilWork('wrap-up');
    await ana.signaling.request('wrap-up.finish', {});
    await server.setQueue({ announcements: { everyMs: 0, clips: {} } });
    expect(sam.person.complaints).toEqual([]);
  });

  test('E26 says that calls are not set up where its queue is not one of the site', async () => {
    const sam = new ShopperPage(await browser());
    await sam.page.goto(originOf(shop));
    await sam.element.evaluate(element => element.setAttribute('queue', 'mistyped'));
    await sam.page.locator('talk-to-us[data-reach="unknown-queue"]').waitFor({ state: 'attached' });
    await sam.call();
    await sam.page.locator('talk-to-us[data-problem="not-set-up"]').waitFor({ state: 'attached' });
  });

  test('B14 works over HTTPS with the certificate that the server made', async () => {
    const person = await openBrowser(440, { ignoreHTTPSErrors: true });
    opened.push(person);
    const sam = await openShopper(person, server.httpsOrigin);
    await sam.call();
    await ana.answer();
    await sam.state('talking');
    await until(async () => Math.abs((await sam.person.hear()).frequencyHz - 880) < 4);
    await sam.press('Hang up');
    await sam.state('ended');
  });
});

/** A shop page as small as can be, with the policy that docs/integrate.md asks for and nothing more. */
async function serveShop(voiceOrigin: () => string): Promise<Server> {
  const server = createServer((request, response) => {
    const voice = voiceOrigin();
    if (request.url === '/cart.js') {
      response.setHeader('content-type', 'text/javascript');
      response.end(
        "document.querySelector('talk-to-us').context = { cart: { items: [{ name: 'Blue mug', quantity: 2 }] } };",
      );
      return;
    }
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.setHeader(
      'content-security-policy',
      `default-src 'none'; img-src 'self'; script-src 'self' ${voice}; connect-src ${voice} ${voice.replace('http', 'ws')}; media-src ${voice}`,
    );
    response.end(`<!doctype html><html lang="en"><title>A strict shop</title>
      <script type="module" src="${voice}/talk-to-us.js"></script>
      <h1>Mugs</h1><talk-to-us site="demo"></talk-to-us>
      <script type="module" src="/cart.js"></script></html>`);
  });
  await new Promise<void>(resolve => server.listen(0, resolve));
  return server;
}

const originOf = (page: Server) => `http://localhost:${(page.address() as AddressInfo).port}`;
