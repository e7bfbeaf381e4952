/** Every screen before the console in other languages: from right to left, and in one that nobody speaks. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { violations } from '../support/axe.ts';
import { openBrowser, type Person } from '../support/browser.ts';
import { misfits } from '../support/fit.ts';
import { leftInEnglish } from '../support/left-in-english.ts';
import { startProvider, type TestProvider } from '../support/oidc-provider.ts';
import { servePseudoConsole, untranslatedIn } from '../support/pseudo-console.ts';
import { stopsOutOfOrder, turnedAround } from '../support/reading.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { people, walkIn } from '../support/sign-in-states.ts';

const phone = { width: 360, height: 740 };
const desktop = { width: 1280, height: 800 };
/** Where `npm run screenshots` wants the pictures of the documents. */
const { PICTURES: pictures } = process.env;

let provider: TestProvider;
let server: TestServer;
let person: Person;
let passedMs = 0;
const now = () => Date.now() + passedMs;

beforeAll(async () => {
  provider = await startProvider();
});
afterEach(async () => {
  await person.close();
  await server.close();
});
afterAll(() => provider.close());

/** A browser of that language before a server that nobody has set up. */
async function comes(locale: string): Promise<Page> {
  const { issuer, clientId, clientSecret, name } = provider.settings;
  server = await startTestServer({
    workers: 1,
    now,
    environment: {
      ...{ OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId },
      ...{ OIDC_CLIENT_SECRET: clientSecret, OIDC_NAME: name },
    },
  });
  person = await openBrowser(880, { locale, viewport: desktop });
  return person.page;
}

/** All states; what is wrong in them. */
async function wrongOnTheWay(
  page: Page,
  name: string,
  screens: readonly { width: number; height: number }[],
  more: () => Promise<string[]>,
): Promise<string[]> {
  const found: string[] = [];
  let states = 0;
  const push = (ms: number) => {
    passedMs += ms;
    return now();
  };
  await walkIn({ server, provider, page, push }, async state => {
    states++;
    for (const screen of screens) {
      await page.setViewportSize(screen);
      const wrong = [...(await misfits(page)), ...(await turnedAround(page))];
      found.push(...wrong.map(text => `${state}, ${screen.width}: ${text}`));
      if (!pictures) continue;
      await mkdir(pictures, { recursive: true });
      const file = path.join(pictures, `sign-in-${name}-${state}-${screen.width}.png`);
      await page.screenshot({ path: file, fullPage: true });
    }
    found.push(...(await more()).map(text => `${state}: ${text}`));
  });
  expect(states).toBeGreaterThan(30);
  return found;
}

describe('getting in', () => {
  test.each([
    ['de', 'de-AT', 'ltr'],
    ['ar', 'ar-EG', 'rtl'],
  ] as const)(
    'L70 in %s every screen fits on a telephone and a desktop, is read in its direction, codes and addresses from left to right, and keeps nobody out',
    async (language, locale, direction) => {
      const page = await comes(locale);
      const found = await wrongOnTheWay(page, language, [phone, desktop], async () => [
        ...(await violations(page)),
        ...(await leftInEnglish(page.locator('html'), language)).map(text => `in English: ${text}`),
        ...((await page.evaluate(() => document.documentElement.dir)) === direction ? [] : ['direction']),
        // Beside each other on the page of one's account stand whole forms.
        ...((await page.locator('main.gate').isVisible()) ? await stopsOutOfOrder(page) : []),
      ]);
      expect(found).toEqual([]);
    },
  );

  test('L71 in a pseudo-locale, longer and mirrored, nothing is cut off, and nothing is left untranslated', async () => {
    const page = await comes('ar');
    await servePseudoConsole(page, 'ar', { mirrored: true });
    // What turns the words of this language around belongs to no name, and the server takes none with it.
    await page.route('**/api/rep/links/use', route =>
      route.continue({ postData: (route.request().postData() ?? '').replaceAll(/[\u202c\u202e]/g, '') }),
    );
    const known = Object.values(people).flatMap(({ name, email }) => [name, email]);
    const names = [
      ...known,
      'Talk to Us',
      provider.settings.name,
      'Chrome',
      'Linux',
      'Sales',
      'Fake Audio Input',
      'Fake Audio Output',
    ];
    const untranslated = async () =>
      (await untranslatedIn(page.locator('html'), names, 'English')).map(text => `untranslated: ${text}`);
    expect(await wrongOnTheWay(page, 'pseudo', [phone, desktop], untranslated)).toEqual([]);
  });

  test.each(['fr', 'es'])(
    'L72 in %s every screen fits on a telephone, and nothing is left in English',
    async language => {
      const page = await comes(language);
      const english = async () =>
        (await leftInEnglish(page.locator('html'), language)).map(text => `in English: ${text}`);
      expect(await wrongOnTheWay(page, language, [phone], english)).toEqual([]);
    },
  );
});
