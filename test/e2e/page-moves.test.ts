/** A page that takes the element out and puts it back, itself or another one, while somebody talks. */
import type { WebSocket } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { limits } from '../../shared/limits.ts';
import { openBrowser, type Person } from '../support/browser.ts';
import { ShopperPage } from '../support/pages.ts';
import { Rep } from '../support/people.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { Shop } from '../support/shop-page.ts';
import { until } from '../support/until.ts';

let server: TestServer;
let shop: Shop;
let ana: Rep;
const opened: Person[] = [];

beforeAll(async () => {
  shop = await Shop.open(() => server.origin);
  server = await startTestServer({ workers: 1, environment: { SHOP_ORIGINS: shop.origin } });
  await server.setQueue({ wrapUp: { kind: 'none', ms: 1_000 } });
  ana = await Rep.signIn(server.origin, await server.addRep('Ana'));
  await ana.goAvailable(880);
});
afterEach(async () => {
  const complaints = opened.flatMap(person => person.complaints);
  await Promise.all(opened.splice(0).map(person => person.close()));
  expect(complaints).toEqual([]);
  await ana.untilWork('idle', 30_000);
});
afterAll(async () => {
  ana.close();
  shop.close();
  await server.close();
});

/** A shopper in a talk on that page, and the sockets that the page opens from then on. */
async function talkingAt(url: string): Promise<{ sam: ShopperPage; sockets: WebSocket[] }> {
  const person = await openBrowser(440);
  opened.push(person);
  const sam = new ShopperPage(person);
  await sam.page.goto(url);
  await sam.element.getByRole('button').first().click();
  await sam.page.locator('[data-state=waiting]').first().waitFor({ state: 'attached' });
  await ana.answer();
  await sam.page.locator('[data-state=talking]').first().waitFor({ state: 'attached' });
  await until(() => Math.abs(ana.voice.measure('voice').frequencyHz - 440) < 4);
  const sockets: WebSocket[] = [];
  sam.page.on('websocket', socket => sockets.push(socket));
  return { sam, sockets };
}

/** How long the page takes from now on to show the running call in its window. */
const shownWithin = (sam: ShopperPage) =>
  sam.page.evaluate(async () => {
    const since = performance.now();
    const shown = () => document.querySelector('talk-to-us')?.shadowRoot?.querySelector('[role=timer]');
    while (!shown()) await new Promise(resolve => requestAnimationFrame(resolve));
    return performance.now() - since;
  });

/** Both hear each other, over the connection that they had. */
async function stillTalk(sam: ShopperPage, sockets: WebSocket[]): Promise<void> {
  await sam.state('talking');
  await until(async () => Math.abs((await sam.person.hear()).frequencyHz - 880) < 4);
  await until(() => Math.abs(ana.voice.measure('voice').frequencyHz - 440) < 4);
  expect(sockets).toEqual([]);
  await sam.element.getByRole('button', { name: 'Hang up' }).click();
  await ana.untilWork('idle');
}

describe('a page that moves the element', () => {
  test('B50 keeps the talk when the element is removed and put back, and shows it within a second', async () => {
    const { sam, sockets } = await talkingAt(shop.at('/plain', {}));
    await sam.page.evaluate(async () => {
      const element = document.querySelector('talk-to-us')!;
      element.remove();
      await new Promise(resolve => setTimeout(resolve, 1_500));
    });
    // Nobody is cut off meanwhile.
    await until(async () => Math.abs((await sam.person.hear()).frequencyHz - 880) < 4);
    expect(Math.abs(ana.voice.measure('voice').frequencyHz - 440)).toBeLessThan(4);
    await sam.page.evaluate(() => {
      const element = document.createElement('talk-to-us');
      element.setAttribute('site', 'demo');
      document.body.append(element);
    });
    expect(await shownWithin(sam)).toBeLessThan(1_000);
    await stillTalk(sam, sockets);
  });

  test('B50 keeps it through re-parenting, adoption by a frame and a view transition', async () => {
    const { sam, sockets } = await talkingAt(
      shop.at('/places', {
        body: '<main><talk-to-us site="demo"></talk-to-us></main><aside></aside><iframe></iframe>',
      }),
    );
    await sam.page.evaluate(async () => {
      const element = document.querySelector('talk-to-us')!;
      document.querySelector('aside')!.append(element);
      await new Promise(resolve => setTimeout(resolve, 50));
      document.querySelector('main')!.replaceChildren(element);
      const frame = document.querySelector('iframe')!.contentDocument!;
      frame.body.append(element);
      await new Promise(resolve => setTimeout(resolve, 50));
      await document.startViewTransition(() => {
        document.querySelector('main')!.replaceChildren(element.cloneNode(true));
        element.remove();
      }).finished;
    });
    expect(await shownWithin(sam)).toBeLessThan(1_000);
    const display = await sam.page.evaluate(
      () => getComputedStyle(document.querySelector('talk-to-us')!.shadowRoot!.querySelector('h2')!).fontSize,
    );
    expect(display).toBe('14px');
    await stillTalk(sam, sockets);
  });

  test('B51 leaves the call to the server when no element comes back, and the next element takes it up', async () => {
    const { sam } = await talkingAt(shop.at('/plain', {}));
    await sam.page.evaluate(() => document.querySelector('talk-to-us')!.remove());
    const since = performance.now();
    await ana.signaling.until(({ work }) => work.state === 'talking' && work.shopperLost, 30_000);
    expect(performance.now() - since).toBeGreaterThan(limits.elementAwayMs - 500);
    await sam.page.evaluate(() => {
      document.body.insertAdjacentHTML('beforeend', '<talk-to-us site="demo"></talk-to-us>');
    });
    await stillTalk(sam, []);
  });

  test('B52 shows one call in two elements, and its window in the one that is left', async () => {
    const { sam, sockets } = await talkingAt(
      shop.at('/two', {
        body: '<talk-to-us id="one" site="demo"></talk-to-us><talk-to-us id="two" site="demo" inline></talk-to-us>',
      }),
    );
    await sam.page.locator('#two[data-state=talking]').waitFor({ state: 'attached' });
    expect(await sam.page.locator('#two').getByRole('button', { name: 'Show your call' }).count()).toBe(1);
    expect(await sam.page.getByRole('button', { name: 'Hang up' }).count()).toBe(1);
    await sam.page.evaluate(() => document.querySelector('#one')!.remove());
    expect(await shownWithin(sam)).toBeLessThan(1_000);
    await stillTalk(sam, sockets);
  });

  const turbo = '<script src="/npm/@hotwired/turbo/dist/turbo.es2017-umd.js"></script>';
  test.each([
    [
      'as a permanent element',
      '<div id="voice" data-turbo-permanent><talk-to-us site="demo"></talk-to-us></div>',
    ],
    ['with an element on each page', '<talk-to-us site="demo"></talk-to-us>'],
  ])('B53 keeps the talk through visits and the way back by Turbo, %s', async (_, element) => {
    const second = shop.at('/turbo/2', { head: turbo, body: `<h1>Two</h1>${element}` });
    const first = shop.at('/turbo/1', {
      head: turbo,
      body: `<h1>One</h1><a href="${second}">On</a>${element}`,
    });
    const { sam, sockets } = await talkingAt(first);
    await sam.page.getByRole('link', { name: 'On' }).click();
    await sam.page.getByRole('heading', { name: 'Two' }).waitFor();
    expect(await shownWithin(sam)).toBeLessThan(1_000);
    await sam.page.goBack();
    await sam.page.getByRole('heading', { name: 'One' }).waitFor();
    expect(await shownWithin(sam)).toBeLessThan(1_000);
    await stillTalk(sam, sockets);
  });

  const htmx = '<script src="/npm/htmx.org/dist/htmx.min.js"></script>';
  test.each([
    ['preserved', '<div id="voice" hx-preserve="true"><talk-to-us site="demo"></talk-to-us></div>'],
    ['swapped with the page', '<talk-to-us site="demo"></talk-to-us>'],
  ])('B54 keeps the talk through boosted links of htmx, %s', async (_, element) => {
    const second = shop.at('/htmx/2', { head: htmx, body: `<h1>Two</h1>${element}` });
    const first = shop.at('/htmx/1', {
      head: htmx,
      body: `<h1>One</h1><a hx-boost="true" href="${second}">On</a>${element}`,
    });
    const { sam, sockets } = await talkingAt(first);
    await sam.page.getByRole('link', { name: 'On' }).click();
    await sam.page.getByRole('heading', { name: 'Two' }).waitFor();
    expect(await shownWithin(sam)).toBeLessThan(1_000);
    await stillTalk(sam, sockets);
  });
});
