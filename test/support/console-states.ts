/** One rep through the states of the console, by what it is made of: in a language that the test cannot read. */
import type { Page } from 'playwright-core';
import { Shopper } from './people.ts';
import type { TestServer } from './server.ts';

type Shown = (name: string) => Promise<void>;

/** What people and things are called that are not ours to put into words. */
export const strangers = [
  'Kim',
  'Sam',
  'Heron teapot',
  'Harbour mug',
  'Tideline',
  'Order',
  'tideline.example',
  '/heron-teapot',
  'Demo shop',
  'Sales',
];

const cart = {
  items: [
    { name: 'Heron teapot', quantity: 1, price: '89,00 €' },
    { name: 'Harbour mug', quantity: 4, price: '112,00 €' },
  ],
  total: '201,00 €',
};
const teapot = { url: 'https://tideline.example/heron-teapot', title: 'Heron teapot' };

/** How long a call rings, ms. */
const offerMs = 60_000;

export type Walk = {
  server: TestServer;
  page: Page;
  person: { name: string; email: string; password: string };
  /** Pushes the server's clock on. */
  push: (ms: number) => void;
};

/** Sets the one queue up so that each state lasts until it is looked at, and that everything is offered. */
export async function readyFor(server: TestServer): Promise<void> {
  await server.setQueue({
    offerMs,
    noRepExitMs: 3_600_000,
    maxWaitMs: 3_600_000,
    wrapUp: { kind: 'fixed', ms: 600_000 },
  });
}

export const phoneIs = (page: Page, state: string) =>
  page.locator(`rep-phone [data-state="${state}"]`).waitFor();

export async function signIn(page: Page, person: Walk['person']): Promise<void> {
  await page.locator('#email').fill(person.email);
  await page.locator('#password').fill(person.password);
  await page.locator('rep-sign-in button.primary').click();
  await page.locator('rep-phone').waitFor();
}

export const goAvailable = async (page: Page) => {
  await page.locator('rep-idle button.go').click();
  await page.locator('rep-phone [data-status=available]').waitFor();
};

/** @param shown called in each state, on a page that shows it */
export async function walk({ server, page, person, push }: Walk, shown: Shown): Promise<void> {
  const shoppers: Shopper[] = [];
  const calls = async (name: string, context: object, toneHz: number) => {
    const shopper = await Shopper.arrive(server.origin);
    shoppers.push(shopper);
    const callId = await shopper.call(toneHz, { name, ...context });
    return { shopper, callId };
  };
  try {
    await page.goto(`${server.origin}/rep`);
    await page.locator('rep-sign-in #email').waitFor();
    await shown('sign-in');
    await page.locator('rep-sign-in button.primary').click();
    await page.locator('rep-sign-in .problem').first().waitFor();
    await shown('sign-in-refused');
    await signIn(page, person);
    await page.locator('rep-device-choice select').first().waitFor();
    await shown('offline-and-devices');
    await goAvailable(page);
    await shown('available');

    const kim = await calls('Kim', { page: teapot, cart, fields: [{ label: 'Order', value: '№ 17' }] }, 440);
    await phoneIs(page, 'ringing');
    await shown('ringing');
    await page.locator('rep-ringing button.go').click();
    await phoneIs(page, 'talking');
    const sam = await calls('Sam', { page: teapot, cart }, 587);
    await page.locator('rep-waiting .line li').waitFor();
    await shown('talking');
    await page.locator('rep-talking .actions button').first().click();
    await page.locator('rep-talking .muted').waitFor();
    await shown('muted');
    await page.locator('rep-header .account').click();
    await page.locator('rep-header [popover]').waitFor();
    await shown('menu');
    await page.keyboard.press('Escape');
    await page.locator('rep-call-card .block button').click();
    await page.locator('rep-block-dialog form').waitFor();
    await shown('block');
    await page.keyboard.press('Escape');
    await page.locator('rep-header .keys').click();
    await page.locator('rep-shortcuts dialog[open]').waitFor();
    await shown('shortcuts');
    await page.keyboard.press('Escape');
    await page.evaluate(() => {
      location.hash = '#account';
    });
    await page.locator('rep-two-factor form').waitFor();
    await page.locator('rep-own-sessions li').first().waitFor();
    await shown('account-in-call');
    await page.evaluate(() => {
      location.hash = '';
    });
    await page.locator('rep-talking button.stop').click();
    await phoneIs(page, 'wrap-up');
    await shown('wrap-up');
    await page.locator('rep-wrap-up button.primary').click();
    await phoneIs(page, 'ringing');
    push(offerMs);
    // The server looks at its clock with whatever happens.
    await sam.shopper.signaling.request('call.context', { context: { name: 'Sam', page: teapot, cart } });
    await page.locator('rep-attention [data-kind=missed]').waitFor();
    await shown('missed');
    await sam.shopper.signaling.request('call.hang-up', { callId: sam.callId });
    await page.locator('rep-waiting .none').waitFor();
    await shown('missed-and-gone');
    await page.locator('rep-attention .close').first().click();
    await page.locator('rep-attention[hidden]').waitFor({ state: 'attached' });
    await shown('away');
    await kim.shopper.untilState('ended');
    await page.context().setOffline(true);
    await page.locator('rep-attention [data-kind=server]').waitFor();
    await shown('cut-off');
  } finally {
    await page.context().setOffline(false);
    for (const shopper of shoppers) shopper.close();
  }
}
