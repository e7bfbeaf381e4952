/** Which language the console is in, and every state of it in another one, in one from right to left, and in one that nobody speaks. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { consoleLanguages } from '../../tools/i18n/console.ts';
import { violations } from '../support/axe.ts';
import { openBrowser, type Person } from '../support/browser.ts';
import { goAvailable, phoneIs, readyFor, signIn, strangers, walk } from '../support/console-states.ts';
import { misfits } from '../support/fit.ts';
import { leftInEnglish } from '../support/left-in-english.ts';
import { Shopper } from '../support/people.ts';
import { servePseudoConsole, untranslatedIn } from '../support/pseudo-console.ts';
import type { RepAccount } from '../support/rep-account.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { until } from '../support/until.ts';

const screens = { phone: { width: 360, height: 740 }, desktop: { width: 1280, height: 800 } };
/** Where `npm run screenshots` wants the pictures of the documents. */
const { PICTURES: pictures } = process.env;

let server: TestServer;
let ana: RepAccount;
let ahead = 0;
const opened: Person[] = [];

beforeAll(async () => {
  server = await startTestServer({ workers: 1, now: () => Date.now() + ahead });
  await readyFor(server);
  ana = await server.addRep('Ana');
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map(person => person.close()));
});
afterAll(() => server.close());

async function console(locale: string): Promise<Page> {
  const person = await openBrowser(880, { locale, viewport: screens.desktop });
  opened.push(person);
  return person.page;
}

const spoken = (page: Page) =>
  page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]);

/** What is wrong with what is shown, on either screen. */
async function wrongWith(
  page: Page,
  name: string,
  more: () => Promise<string[]>,
  on: Partial<typeof screens> = screens,
): Promise<string[]> {
  const found: string[] = [];
  for (const [screen, size] of Object.entries(on)) {
    await page.setViewportSize(size);
    const wrong = [...(await misfits(page)), ...(await more())];
    found.push(...wrong.map(text => `${name}, ${screen}: ${text}`));
    if (pictures) {
      await mkdir(pictures, { recursive: true });
      await page.screenshot({ path: path.join(pictures, `${name}-${screen}.png`) });
    }
  }
  return found;
}

describe('every state of the console', () => {
  test.each([
    ['German', 'de-AT', ['de-AT', 'ltr']],
    ['Arabic', 'ar', ['ar', 'rtl']],
  ] as const)(
    'L43 in %s nothing is cut off, covered or in nobody’s reach, on a desktop and a telephone',
    async (_, locale, language) => {
      const page = await console(locale);
      const found: string[] = [];
      const push = (ms: number) => {
        ahead += ms;
      };
      await walk({ server, page, person: ana.person, push }, async name => {
        expect(await spoken(page)).toEqual(language);
        const shown = `console-${language[0]}-${name}`;
        found.push(...(await wrongWith(page, shown, async () => [])));
        found.push(...(await violations(page)).map(text => `${shown}: ${text}`));
      });
      expect(found).toEqual([]);
    },
  );

  test.each(['fr', 'es'])(
    'L73 in %s all fits on a telephone, and nothing is left in English',
    async language => {
      const page = await console(language);
      const found: string[] = [];
      const push = (ms: number) => {
        ahead += ms;
      };
      const english = async () =>
        (await leftInEnglish(page.locator('html'), language)).map(text => `in English: ${text}`);
      await walk({ server, page, person: ana.person, push }, async name => {
        const { phone } = screens;
        found.push(...(await wrongWith(page, `console-${language}-${name}`, english, { phone })));
      });
      expect(found).toEqual([]);
    },
  );

  test('L44 in a pseudo-locale, longer and mirrored, nothing is cut off, and nothing is left untranslated', async () => {
    const page = await console('ar');
    // In the place of a language, since nobody is sent one that nobody speaks.
    await servePseudoConsole(page, 'ar', { mirrored: true });
    const found: string[] = [];
    const seen: string[] = [];
    const devices = ['Fake Audio Input', 'Fake Audio Output'];
    const names = ['Ana', ana.person.email, 'Talk to Us', 'Chrome', 'Linux', ...devices, ...strangers];
    const push = (ms: number) => {
      ahead += ms;
    };
    await walk({ server, page, person: ana.person, push }, async name => {
      seen.push(name);
      const untranslated = async () =>
        (await untranslatedIn(page.locator('html'), names, 'English')).map(text => `untranslated: ${text}`);
      found.push(...(await wrongWith(page, `console-pseudo-${name}`, untranslated)));
    });
    expect(found).toEqual([]);
    expect(seen.length).toBeGreaterThan(14);
  });
});

describe('the language of the console', () => {
  const chosen = (page: Page) => page.locator('.language select').first();

  test('L40 is the first of the browser’s that there are words for, else English', async () => {
    expect(await languageIn('de-AT')).toEqual(['de-AT', 'ltr', 'Anmelden']);
    expect(await languageIn('nl')).toEqual(['en', 'ltr', 'Sign in']);
  });

  async function languageIn(locale: string): Promise<string[]> {
    const page = await console(locale);
    await page.goto(`${server.origin}/rep`);
    const words = (await page.locator('rep-sign-in button.primary').textContent()) ?? '';
    return [...(await spoken(page)), words.trim()];
  }

  test('L41 that is chosen at the sign-in or in the menu wins, and is left again', async () => {
    const page = await console('de-AT');
    await page.goto(`${server.origin}/rep`);
    await chosen(page).selectOption({ label: 'العربية' });
    await page.waitForFunction(() => document.documentElement.lang === 'ar');
    await signIn(page, ana.person);
    expect(await spoken(page)).toEqual(['ar', 'rtl']);
    await page.locator('rep-header .account').click();
    expect(await chosen(page).inputValue()).toBe('ar');
    expect(await chosen(page).locator('option').allInnerTexts()).toEqual([
      'مثل المتصفح',
      'العربية',
      'Deutsch',
      'English',
      'Español',
      'Français',
    ]);
    await chosen(page).selectOption('');
    await page.waitForFunction(() => document.documentElement.lang === 'de-AT');
    await page.locator('rep-phone').waitFor();
  });

  test('L41 that is chosen by whoever comes by a one-time link leaves the link usable', async () => {
    const invited = await ana.invite(server.origin, { name: 'Ben', email: 'ben@shop.example', password: '' });
    const page = await console('nl');
    await page.goto(`${server.origin}/rep#link=${invited}`);
    await page.locator('rep-link form').waitFor();
    await chosen(page).selectOption('fr');
    await page.waitForFunction(() => document.documentElement.lang === 'fr');
    await page.locator('rep-link form').waitFor();
    expect(page.url()).not.toContain(invited);
    await page.locator('#password').fill(ana.person.password);
    await page.locator('rep-link button.primary').click();
    await page.locator('rep-phone').waitFor();
  });

  test('L42 changes within a call, which goes on; that is told before', async () => {
    const page = await console('en-US');
    await page.goto(`${server.origin}/rep`);
    await signIn(page, ana.person);
    await goAvailable(page);
    const kim = await Shopper.arrive(server.origin);
    await kim.call(440, { name: 'Kim' });
    await phoneIs(page, 'ringing');
    await page.locator('rep-ringing button.go').click();
    await phoneIs(page, 'talking');
    await page.locator('rep-header .account').click();
    await page.getByText('The page reloads for that. Your call goes on.').waitFor();
    await chosen(page).selectOption('es');
    await page.waitForFunction(() => document.documentElement.lang === 'es');
    await phoneIs(page, 'talking');
    await until(() => Math.abs(kim.voice.measure('voice').frequencyHz - 880) < 4);
    await page.locator('rep-talking button.stop').click();
    await kim.untilState('ended');
    kim.close();
  });

  test('L65 says in the person’s language that its words did not come, and in all that it needs scripts', async () => {
    const page = await console('de-AT');
    await page.route('**/assets/console-words-*', route => route.abort());
    await page.goto(`${server.origin}/rep`);
    await page.getByText('Diese Seite konnte nicht geladen werden.').waitFor();
    const person = await openBrowser(880, { javaScriptEnabled: false });
    opened.push(person);
    const { page: silent } = person;
    await silent.goto(`${server.origin}/rep`);
    const told: (string | null)[] = [];
    for (const line of await silent.locator('noscript p').all()) {
      await line.waitFor();
      told.push((await line.getAttribute('lang')) ?? 'en');
    }
    expect(told.sort()).toEqual([...consoleLanguages()].sort());
  });
});
