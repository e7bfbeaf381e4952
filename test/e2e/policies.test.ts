/** Pages whose policies forbid what a call needs: the shop is told what to change, the shopper what else helps. */
import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser, type Person } from '../support/browser.ts';
import { ShopperPage } from '../support/pages.ts';
import { insecureHost, type ShopPage } from '../support/shop-page.ts';
import { ShopWithRep } from '../support/shop-with-rep.ts';
import { until } from '../support/until.ts';

let shop: ShopWithRep;
let person: Person;
let page: Page;
/** What the browser's console has of the element. */
const told: string[] = [];

beforeAll(async () => {
  shop = await ShopWithRep.open();
  person = await openBrowser(440, { host: insecureHost });
  ({ page } = person);
  page.context().on('console', message => {
    if (message.text().startsWith('<talk-to-us>')) told.push(message.text());
  });
});
afterEach(() => {
  told.length = 0;
});
afterAll(async () => {
  await person.close();
  await shop.close();
});

const once = async (words: RegExp) => {
  const said = () => told.filter(text => words.test(text));
  await until(() => said().length > 0, { describe: () => told });
  expect(said()).toHaveLength(1);
};

type Place = Page | FrameLocator;

const click = (place: Place) => place.locator('talk-to-us').getByRole('button').first().click();
/** The problem with its words. */
async function reads(place: Place, problem: string, words: RegExp): Promise<void> {
  await place.locator(`talk-to-us[data-problem="${problem}"]`).waitFor({ state: 'attached' });
  await place.locator('talk-to-us').getByRole('dialog').getByText(words).first().waitFor();
}

/** The shop's page in a frame of a page elsewhere. */
async function inFrame(attributes: string, inner: ShopPage = {}): Promise<FrameLocator> {
  const address = shop.shop.at('/inner', inner);
  const outer = shop.shop.at('/outer', {
    body: `<iframe src="${address}" ${attributes} height="700"></iframe>`,
  });
  await page.goto(outer.replace(shop.shop.origin, shop.shop.otherOrigin));
  return page.frameLocator('iframe');
}

describe('a page that forbids the microphone', () => {
  test('B63 by its header: the header is named in the console, and the shopper may leave a number', async () => {
    await shop.server.setQueue({ callback: { page: true, phone: true } as never });
    await page.goto(shop.shop.at('/', { headers: { 'permissions-policy': 'microphone=()' } }));
    await click(page);
    await reads(page, 'microphone-forbidden', /does not allow calls/);
    await once(/Permissions-Policy: microphone=\(self\)/);
    const words = await page.locator('talk-to-us').getByRole('dialog').textContent();
    expect(words).not.toMatch(/address bar|blocked/i);
    await page.locator('talk-to-us').getByRole('button', { name: 'Call me back instead' }).click();
    await page.locator('talk-to-us').getByRole('textbox').waitFor();
  });

  test('B64 by a frame without allow: the attribute is named, and a call works in a window of its own', async () => {
    const frame = await inFrame('');
    await click(frame);
    await reads(frame, 'microphone-forbidden', /in a window of its own/);
    await once(/<iframe allow="microphone">/);
    const opened = page.waitForEvent('popup');
    await frame.locator('talk-to-us').getByRole('button', { name: 'Open in a new window' }).click();
    const alone = await opened;
    const sam = new ShopperPage({ ...person, page: alone });
    await shop.talk(sam);
    await shop.repHears();
    await shop.hangUp(sam);
    await alone.close();
  });

  test('B64 works in a frame that allows it', async () => {
    const frame = await inFrame('allow="microphone"');
    await click(frame);
    await shop.ana.answer();
    await frame.locator('talk-to-us[data-state=talking]').waitFor({ state: 'attached' });
    await shop.repHears();
    await frame.locator('talk-to-us').getByRole('button', { name: 'Hang up' }).click();
    await shop.ana.untilWork('idle');
    expect(told).toEqual([]);
  });
});

describe('a sandboxed frame', () => {
  test('B65 without an origin of its own: each attribute that is missing is named, the way out does not depend on it', async () => {
    const frame = await inFrame('sandbox="allow-scripts"');
    await once(/sandbox="allow-scripts allow-same-origin allow-popups"/);
    await click(frame);
    await reads(frame, 'microphone-forbidden', /in a window of its own/);
    const way = frame.locator('talk-to-us').getByRole('button', { name: 'Open in a new window' });
    await way.click();
    await once(/allow-popups-to-escape-sandbox/);
    // What does not work is not offered again.
    await way.waitFor({ state: 'detached' });
    await reads(frame, 'microphone-forbidden', /in a window of its own/);
  });

  test('B65 works with all of them', async () => {
    const frame = await inFrame('allow="microphone" sandbox="allow-scripts allow-same-origin allow-popups"');
    await click(frame);
    await shop.ana.answer();
    await frame.locator('talk-to-us').getByRole('button', { name: 'Hang up' }).click();
    await shop.ana.untilWork('idle');
  });
});

describe('a content security policy without the voice server', () => {
  const policy = (connect: string, more = '') => ({
    headers: {
      'content-security-policy': `default-src 'none'; script-src ${shop.server.origin}; connect-src ${connect}; ${more}`,
    },
  });

  test('B66 the directive is named with what it needs, and the shopper is not told to mend the internet', async () => {
    const { origin } = shop.server;
    await page.goto(shop.shop.at('/', policy("'self'")));
    await once(/connect-src/);
    expect(told[0]).toContain(`connect-src ${origin} ${origin.replace('http', 'ws')}`);
    await click(page);
    await reads(page, 'not-set-up', /contact it another way/);
    expect(told).toHaveLength(1);
  });

  test('B66 needs no directive for styles, pictures and fonts', async () => {
    const { origin } = shop.server;
    await page.goto(
      shop.shop.at('/', policy(`${origin} ${origin.replace('http', 'ws')}`, "style-src 'none'")),
    );
    const sam = new ShopperPage(person);
    await shop.talk(sam);
    await shop.hearBothWays(sam);
    await shop.hangUp(sam);
    expect(told).toEqual([]);
  });
});

describe('a page that cannot have calls', () => {
  test('B67 without https: it is said so, and that it is the page', async () => {
    await page.goto(shop.shop.at('/', {}).replace(shop.shop.origin, shop.shop.insecureOrigin));
    await click(page);
    await reads(page, 'insecure', /secure pages only/);
    await once(/Serve the page by https/);
  });

  test('B68 at an address that is on no list: the address and the setting are named, before anybody clicks', async () => {
    await page.goto(shop.shop.at('/', {}).replace(shop.shop.origin, shop.shop.otherOrigin));
    await once(/not allowed on http:\/\/127\.0\.0\.1.*Addresses of your shop/);
    await click(page);
    await reads(page, 'origin-not-allowed', /not allowed from this page/);
    await once(/Addresses of your shop/);
  });

  test('B68 with a site or a queue that the server does not know: the attribute is named', async () => {
    await page.goto(shop.shop.at('/', { body: '<talk-to-us site="mistyped"></talk-to-us>' }));
    await once(/site="mistyped"/);
    await page.goto(shop.shop.at('/', { body: '<talk-to-us site="demo" queue="mistyped"></talk-to-us>' }));
    await once(/queue="mistyped"/);
  });
});
