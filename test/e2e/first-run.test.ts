/** An owner sets the service up alone, from the one-time link to a call that was answered and a button that is live. */
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { QueueSheet } from '../../shared/api/queues.ts';
import type { SiteSheet } from '../../shared/api/sites.ts';
import { type FirstRunStep, firstRunSteps } from '../../shared/first-run.ts';
import { readPart } from '../../tools/i18n/console.ts';
import { violations } from '../support/axe.ts';
import { openBrowser, type Person } from '../support/browser.ts';
import {
  colour,
  drawnIn,
  firstRun,
  type Hand,
  hook,
  password,
  pointer,
  read,
  signUp,
  step,
} from '../support/first-run.ts';
import { misfits } from '../support/fit.ts';
import { HttpsShop } from '../support/https-shop.ts';
import { pressOn, tabTo } from '../support/keyboard.ts';
import { look } from '../support/look.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

/** What is found by its words, in each of these languages. */
const inWords = (language: string) => {
  const { answer, hangUp } = readPart(language, 'phone', 'phone');
  return { answer: answer!, hangUp: hangUp! };
};
const spoken = {
  en: { locale: 'en-GB', dir: 'ltr', ...inWords('en') },
  de: { locale: 'de-DE', dir: 'ltr', ...inWords('de') },
  ar: { locale: 'ar-EG', dir: 'rtl', ...inWords('ar') },
};
type Language = keyof typeof spoken;
const languages = Object.keys(spoken) as Language[];

/** Where `npm run screenshots` wants the pictures of the documents. */
const { PICTURES: pictures } = process.env;

let shop: HttpsShop;
let server: TestServer;
const opened: Person[] = [];

beforeAll(async () => {
  shop = await HttpsShop.open();
});
afterAll(() => shop.close());
afterEach(async () => {
  await Promise.all(opened.splice(0).map(person => person.close()));
  await server.close();
});

async function open(options: Parameters<typeof openBrowser>[1]): Promise<Person> {
  const person = await openBrowser(880, { timezoneId: 'America/Sao_Paulo', ...options });
  opened.push(person);
  return person;
}

const rep = () => `${server.origin.replace('127.0.0.1', 'localhost')}/rep`;

const keyboard: Hand = {
  press: (page, target) => pressOn(page, target),
  // Of a group of radio buttons only one is a stop; the arrows lead to the others.
  async choose(page, target) {
    const group = await target.getAttribute('name');
    await tabTo(page, page.locator(`input[name="${group}"]:checked`));
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => target.isChecked()).toBe(true);
  },
  async write(page, target, text) {
    await tabTo(page, target);
    await page.keyboard.press('Control+A');
    await page.keyboard.type(text);
  },
};

/** What a good step is: no violation, nothing cut off, and nothing wider than the screen; in that language. */
async function isGood(page: Page, name: string, language: Language): Promise<void> {
  const { locale, dir } = spoken[language];
  const root = await page.evaluate(() => {
    const { lang, dir } = document.documentElement;
    return { lang, dir };
  });
  const found = [...(await misfits(page)), ...(await violations(page))];
  expect([name, root, found]).toEqual([name, { lang: locale, dir }, []]);
  if (pictures)
    await page.screenshot({
      path: path.join(pictures, `first-run-${language}-${name}-${page.viewportSize()?.width}.png`),
      fullPage: true,
    });
}

/** The whole way, and what has come of it on the server. */
async function walk(person: Person, hand: Hand, language: Language): Promise<void> {
  const { page } = person;
  const { answer, hangUp } = spoken[language];
  const { press, choose, write } = hand;
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const onward = async (from: FirstRunStep) => {
    await isGood(page, from, language);
    await press(page, hook(page, 'next'));
    const next = firstRunSteps[firstRunSteps.indexOf(from) + 1];
    if (next) await step(page, next).waitFor();
  };

  await signUp(page, server.setUpLink(), hand);
  await step(page, 'shop').waitFor();
  await write(page, page.locator('#field-name'), 'Harbour Mugs');
  // Too light for light pages: the nearest that everybody sees is taken, and seen on the button at once.
  await write(page, colour(page), '#ffe600');
  const take = page.locator('.better button');
  await take.waitFor();
  await isGood(page, 'shop, with a colour that is hard to see', language);
  await press(page, take);
  await take.waitFor({ state: 'detached' });
  expect(await colour(page).evaluate(input => input.matches(':focus'))).toBe(true);
  const accent = await colour(page).inputValue();
  await expect.poll(() => drawnIn(page)).toBe(accent);
  await onward('shop');

  await choose(page, page.locator('input[value=weekly]'));
  await page.locator('[data-field="hours.week.monday"]').waitFor();
  await onward('hours');
  const { queues } = await read<{ queues: QueueSheet[] }>(page, '/api/queues');
  expect(queues[0]?.settings.hours?.timeZone).toBe('America/Sao_Paulo');
  // It is to ring now, whatever the time is.
  await server.setQueue({ hours: null });

  // What the owner reads is proposed.
  expect(await page.locator('#field-languages-default').inputValue()).toBe(language);
  await onward('language');
  await onward('people');
  await step(page, 'address').locator('.finding').nth(2).waitFor();
  await onward('address');
  await step(page, 'code').locator('code', { hasText: 'talk-to-us' }).waitFor();
  await onward('code');

  await press(page, hook(page, 'available'));
  await hook(page, 'available').waitFor({ state: 'detached' });
  await server.untilOpen();
  const [tab] = await Promise.all([page.waitForEvent('popup'), press(page, hook(page, 'test-page'))]);
  await tab.locator('talk-to-us[data-reach=open]').waitFor({ state: 'attached' });
  await isGood(tab, 'test page', language);
  await press(tab, tab.locator('talk-to-us [part=button]'));
  await page.bringToFront();
  await isGood(page, 'ringing', language);
  await press(page, button(answer));
  await tab.locator('talk-to-us[data-state=talking]').waitFor({ state: 'attached' });
  await page.locator('[data-test=result][data-done]').waitFor();
  await press(page, button(hangUp));
  await tab.locator('talk-to-us[data-state=ended]').waitFor({ state: 'attached' });
  await tab.close();
  await onward('test-call');

  const script = `<script type="module" src="${server.origin}/talk-to-us.js"></script>`;
  const url = shop.at('/mugs', { html: `<title>Mugs</title>${script}<talk-to-us site="demo"></talk-to-us>` });
  const live = step(page, 'live');
  await write(page, live.locator('#field-url'), url);
  await press(page, live.locator('form > div > button'));
  // The origin is not on the list yet; one press puts it there and looks again.
  await live.locator('.finding[data-is=broken]').waitFor();
  await isGood(page, 'live, with a finding', language);
  await press(page, live.locator('.finding button'));
  await live.locator('.finding[data-is=ok]').waitFor();
  await onward('live');

  await page.locator('section[data-status]').waitFor();
  expect(await firstRun(page)).toMatchObject({
    state: 'finished',
    done: ['shop', 'hours', 'language', 'people', 'code', 'test-call', 'live'],
  });
  const { sites } = await read<{ sites: SiteSheet[] }>(page, '/api/sites');
  expect(sites[0]).toMatchObject({
    ...{ name: 'Harbour Mugs', allowedOrigins: [shop.origin] },
    ...{ appearance: { accent }, languages: { allowed: 'all', default: language } },
  });
  await page.reload();
  await page.locator('section[data-status]').waitFor();
  expect(await hook(page, 'first-run-reminder').count()).toBe(0);
  expect(person.complaints.filter(text => !/status of 4\d\d/.test(text))).toEqual([]);
}

describe('the first run', () => {
  test.each(languages)(
    'B200 by keyboard alone it leads from the one-time link to an answered test call and a live button, in %s',
    async language => {
      server = await startTestServer({ workers: 1, trustedPages: [shop.origin] });
      await walk(await open({ locale: spoken[language].locale }), keyboard, language);
    },
  );

  test.each(languages)(
    'B201 on a phone of 360 x 740 pixels it does too, each step without a violation, nothing cut off and none wider than the screen, in %s',
    async language => {
      server = await startTestServer({ workers: 1, trustedPages: [shop.origin] });
      const viewport = { width: 360, height: 740 };
      const { locale } = spoken[language];
      await walk(await open({ locale, viewport, isMobile: true, hasTouch: true }), pointer, language);
    },
  );

  test('B202 it can be left and found again, goes on on another device, and is not shown again once dismissed, but found in the settings', async () => {
    server = await startTestServer({ workers: 1 });
    const { page } = await open({ locale: 'en-GB' });
    await signUp(page, server.setUpLink());
    await step(page, 'shop').waitFor();
    // An empty name is told beside it, and nothing is lost.
    await page.locator('#field-name').fill('');
    await hook(page, 'next').click();
    await page.locator('#field-name[aria-invalid=true]').waitFor();
    await page.locator('#field-name').fill('Harbour Mugs');
    await hook(page, 'next').click();
    await step(page, 'hours').waitFor();
    await page.locator('input[value=weekly]').check();
    await look(page, 'first-run-week');
    await hook(page, 'later').click();
    await step(page, 'language').waitFor();
    await page.locator('.out a').click();
    await hook(page, 'first-run-reminder').waitFor();
    await look(page, 'first-run-reminder');
    // A reload of the phone leads nowhere else.
    await page.reload();
    await hook(page, 'first-run-reminder').waitFor();

    const { page: phone } = await open({ locale: 'en-GB', viewport: { width: 360, height: 740 } });
    await phone.goto(rep());
    await phone.locator('#email').fill('ana@shop.example');
    await phone.locator('#password').fill(password);
    await phone.keyboard.press('Enter');
    await step(phone, 'language').waitFor();
    expect(await phone.locator('[data-go][data-done]').count()).toBe(1);
    await hook(phone, 'dismiss').click();
    await phone.locator('section[data-status]').waitFor();

    await page.reload();
    await page.locator('section[data-status]').waitFor();
    await expect.poll(async () => (await firstRun(page)).state).toBe('dismissed');
    expect(await hook(page, 'first-run-reminder').count()).toBe(0);
    await page.goto(`${rep()}#settings/shop`);
    await page.locator('a[href="#set-up"]').click();
    await step(page, 'language').waitFor();
    expect(await hook(page, 'dismiss').count()).toBe(0);
    for (const name of firstRunSteps) {
      await page.locator(`[data-go=${name}]`).click();
      await step(page, name).waitFor();
      if (name === 'address') await step(page, name).locator('.finding').nth(2).waitFor();
      if (name === 'test-call') await step(page, name).locator('img').waitFor();
      await look(page, `first-run-${name}`, { whole: true });
    }
  });
});
