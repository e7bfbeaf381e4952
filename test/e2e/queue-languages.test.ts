/** The settings of queues and shops in other languages, on a phone: by their catalogues, from right to left, and in a language that nobody speaks. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashOf } from '../../client/ui/route.ts';
import type { QueueId } from '../../shared/ids.ts';
import { readPart } from '../../tools/i18n/console.ts';
import { violations } from '../support/axe.ts';
import { openBrowser, type Person } from '../support/browser.ts';
import { misfits } from '../support/fit.ts';
import { leftInEnglish } from '../support/left-in-english.ts';
import { openRep, type RepPage } from '../support/pages.ts';
import { servePseudoConsole, speak, unitWords, untranslatedIn } from '../support/pseudo-console.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const narrow = { width: 360, height: 740 };
/** Where `npm run screenshots` wants the pictures of the documents. */
const { PICTURES: pictures } = process.env;

let server: TestServer;
let ana: RepPage;
let person: Person;
let queueId: QueueId;

beforeAll(async () => {
  // An address that works from everywhere: nothing is wrong with the code that is handed out.
  server = await startTestServer({ workers: 1, environment: { PUBLIC_URL: 'https://voice.example' } });
  person = await openBrowser(880, { timezoneId: 'Europe/Berlin' });
  ana = await openRep(person, server.setUpLink(), 'Ana');
  await ana.settings('Queues');
  const link = ana.page.getByRole('main').getByRole('listitem').getByRole('link');
  queueId = decodeURIComponent((await link.getAttribute('href'))!.split('/').at(-1)!) as QueueId;
  await ana.page.setViewportSize(narrow);
});
afterAll(async () => {
  await person.close();
  await server.close();
});

const admin = () => ana.page.locator('rep-admin');

/** Loads the console anew, as a language counts from then on, at a place of the settings. */
async function at(route: Parameters<typeof hashOf>[0], language: string): Promise<void> {
  await speak(ana.page, language);
  const address = new URL(hashOf(route), ana.page.url()).href;
  await ana.page.goto('about:blank');
  await ana.page.goto(address);
  await ana.page.locator(`rep-${route.at}-page h1`).waitFor();
}

async function unfold(): Promise<void> {
  for (const part of await ana.page.locator('rep-queue-page summary').all()) await part.click();
}

/** A plan with everything in it, skills with steps, and a number to be called: all that the page of a queue can show. */
async function fill(): Promise<void> {
  const page = ana.page.locator('rep-queue-page');
  await page.locator('input[name="hours.kind"][value=weekly]').check();
  await page.locator('#add-holiday').click();
  await page.locator('#add-closure').click();
  await page.locator('#open-saturday').click();
  await page.locator('[id="field-skills-add"]').click();
  await page.locator('#add-ring').click();
  await page.locator('input[name=strategy][value=weighted-random]').check();
  await page.locator('#callback-phone').check();
  await page.locator('#field-callback-numbers-which').selectOption('these');
  await page.locator('#announce').check();
  await page.locator('input[name="wrapUp.kind"][value=open]').check();
}

async function picture(name: string): Promise<void> {
  if (!pictures) return;
  await mkdir(pictures, { recursive: true });
  await ana.page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: true });
}

/** The groups of words that this page has fetched. */
const fetched = () =>
  ana.page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .flatMap(({ name }) => /console-words-(.+?)-en-/.exec(name)?.[1] ?? [])
      .sort(),
  );

test('L49 the words of a queue are fetched with its page, and those of the kinds of shops with the shop’s', async () => {
  await at({ at: 'queues' }, 'en');
  const first = ['extras', 'phone', 'reminder', 'settings'];
  expect(await fetched()).toEqual(first);
  await at({ at: 'queue', id: queueId }, 'en');
  expect(await fetched()).toEqual([...first, 'languages', 'queue', 'reach', 'refusals'].sort());
  await at({ at: 'shop' }, 'en');
  expect(await fetched()).toEqual([...first, 'languages', 'reach', 'shop'].sort());
});

describe.each([
  ['de', 'ltr', 35],
  ['ar', 'rtl', 40],
] as const)('on a phone of 360 px in %s', (language, direction, seconds) => {
  const words = readPart(language, 'settings', 'settings');

  test('L46 nothing of queues and shops is cut off, and everybody can use it', async () => {
    const found: string[] = [];
    const judge = async (name: string) => {
      const wrong = [...(await misfits(ana.page)), ...(await violations(ana.page))];
      found.push(...wrong.map(text => `${name}: ${text}`));
      await picture(`settings-${name}-${language}`);
    };
    await at({ at: 'queues' }, language);
    expect(await ana.page.locator('html').getAttribute('dir')).toBe(direction);
    await judge('queues');
    await at({ at: 'queue', id: queueId }, language);
    await judge('queue');
    await unfold();
    await fill();
    await judge('queue-parts');
    await at({ at: 'shop' }, language);
    await judge('shop');
    expect(found).toEqual([]);
  });

  test('L47 a change is saved, and what the server refuses is told at its input', async () => {
    await at({ at: 'queue', id: queueId }, language);
    await unfold();
    const input = ana.page.locator('#field-offerMs');
    await input.fill('900');
    await ana.page.getByRole('button', { name: words.save!, exact: true }).click();
    await ana.page.locator('[data-field=offerMs] .problem').waitFor();
    await ana.page.getByText(words.notSavedField!).waitFor();
    expect(await input.getAttribute('aria-invalid')).toBe('true');
    expect(await misfits(ana.page)).toEqual([]);
    expect(await violations(ana.page)).toEqual([]);
    await input.fill(String(seconds));
    await ana.page.getByRole('button', { name: words.save!, exact: true }).click();
    await ana.page.getByText(words.saved!).waitFor();
    await ana.page.reload();
    const said = ana.page.locator('[data-field=how-long] .now');
    const unit = new Intl.NumberFormat(language, { style: 'unit', unit: 'second', unitDisplay: 'long' });
    expect(await said.textContent()).toContain(unit.format(seconds));
  });
});

test.each(['fr', 'es'])(
  'L75 queues and shops fit on a phone of 360 px in %s, and nothing is left in English',
  async language => {
    const found: string[] = [];
    const judge = async (name: string) => {
      const english = (await leftInEnglish(admin(), language)).map(text => `in English: ${text}`);
      const wrong = [...(await misfits(ana.page)), ...english];
      found.push(...wrong.map(text => `${name}: ${text}`));
      await picture(`settings-${name}-${language}`);
    };
    await at({ at: 'queues' }, language);
    await judge('queues');
    await at({ at: 'queue', id: queueId }, language);
    await unfold();
    await fill();
    await judge('queue-parts');
    await at({ at: 'shop' }, language);
    await judge('shop');
    expect(found).toEqual([]);
  },
);

describe.each([
  ['de', false],
  ['ar', true],
] as const)('in a language that nobody speaks, in the place of %s', (language, mirrored) => {
  test('L48 nothing of queues and shops is untranslated or cut off', async () => {
    await servePseudoConsole(ana.page, language, { mirrored });
    const found: string[] = [];
    const names = [
      ...['Ana', 'Sales', 'Demo shop', 'https://shop.example'],
      ...['Shopify', 'WooCommerce', 'WordPress', 'Wix', 'Squarespace', 'Shopware', 'PrestaShop'],
      ...['Magento (Adobe Commerce)', 'Google Tag Manager', 'React', 'Vue'],
      ...unitWords(language),
    ];
    const judge = async (name: string) => {
      const untranslated = (await untranslatedIn(admin(), names)).map(text => `untranslated: ${text}`);
      const wrong = [...(await misfits(ana.page)), ...untranslated];
      found.push(...wrong.map(text => `${name}: ${text}`));
      await picture(`settings-${name}-pseudo-${language}`);
    };
    await at({ at: 'queues' }, language);
    await ana.page.locator('rep-queues-page .head button').click();
    await judge('queues');
    await at({ at: 'queue', id: queueId }, language);
    await unfold();
    await fill();
    await judge('queue');
    await at({ at: 'shop' }, language);
    const kinds = ana.page.locator('rep-shop-code select');
    await kinds.waitFor();
    const values = await kinds
      .locator('option')
      .evaluateAll(all => all.map(one => (one as HTMLOptionElement).value));
    expect(values.length).toBeGreaterThan(10);
    for (const kind of values) {
      await kinds.selectOption(kind);
      await judge(`shop, ${kind}`);
    }
    expect(found).toEqual([]);
  });
});
