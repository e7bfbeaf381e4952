/** A page that takes the element out and puts it back, itself or another one, while somebody talks. */
import type { WebSocket } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { limits } from '../../shared/limits.ts';
import type { ShopperPage } from '../support/pages.ts';
import type { Rep } from '../support/people.ts';
import type { Shop } from '../support/shop-page.ts';
import { ShopWithRep } from '../support/shop-with-rep.ts';

let stage: ShopWithRep;
let shop: Shop;
let ana: Rep;

beforeAll(async () => {
  stage = await ShopWithRep.open();
  ({ shop, ana } = stage);
});
afterEach(async () => {
  expect(await stage.empty()).toEqual([]);
});
afterAll(() => stage.close());

/** A shopper in a talk on that page, and the sockets that the page opens from then on. */
async function talkingAt(url: string): Promise<{ sam: ShopperPage; sockets: WebSocket[] }> {
  const sam = await stage.visitor();
  await sam.page.goto(url);
  await stage.talk(sam);
  await stage.repHears();
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
  await stage.hearBothWays(sam);
  expect(sockets).toEqual([]);
  await stage.hangUp(sam);
}

describe('a page that moves the element', () => {
  test('B50 keeps the talk when the element is removed and put back, and shows it within a second', async () => {
    const { sam, sockets } = await talkingAt(shop.at('/plain', {}));
    await sam.page.evaluate(() => document.querySelector('talk-to-us')!.remove());
    // Nobody is cut off meanwhile.
    await stage.hearBothWays(sam);
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
      await element.updateComplete;
      document.querySelector('main')!.replaceChildren(element);
      const frame = document.querySelector('iframe')!.contentDocument!;
      frame.body.append(element);
      await element.updateComplete;
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
