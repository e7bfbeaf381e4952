/** The owner sets languages, and what the shop says in them, on a desk and on a phone. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SiteSheet } from '../../shared/api/sites.ts';
import { openBrowser, type Person } from '../support/browser.ts';
import { look } from '../support/look.ts';
import { openRep, openShopper, type RepPage, type ShopperPage } from '../support/pages.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let ana: RepPage;
let sam: ShopperPage;
const opened: Person[] = [];

beforeAll(async () => {
  server = await startTestServer({ workers: 1 });
  opened.push(await openBrowser(880, { locale: 'en-GB' }), await openBrowser(440, { locale: 'ar-EG' }));
  ana = await openRep(opened[0]!, server.setUpLink(), 'Ana');
  sam = await openShopper(opened[1]!, server.origin);
});
afterAll(async () => {
  await Promise.all(opened.map(person => person.close()));
  await server.close();
});

const save = async () => {
  await ana.press('Save');
  await ana.page.getByText('Saved. It counts from now on.').waitFor();
};
const language = (name: string) => ana.page.getByRole('checkbox', { name, exact: true });
const site = async () => {
  const answer = await ana.page.evaluate(async () => (await fetch('/api/sites')).json());
  return (answer as { sites: SiteSheet[] }).sites[0]!;
};
const toConsole = () => ana.page.goto(new URL('/rep', ana.page.url()).href);
const { PICTURES: pictures } = process.env;
/** What a telephone shows of that part of the page. */
const onPhone = async (name: string, part: string) => {
  const before = ana.page.viewportSize()!;
  await ana.page.setViewportSize({ width: 360, height: 740 });
  await ana.page.getByRole('heading', { name: part, exact: true }).scrollIntoViewIfNeeded();
  if (pictures) await ana.page.screenshot({ path: path.join(pictures, `${name}-360.png`), fullPage: true });
  await ana.page.setViewportSize(before);
};

describe('languages in the settings', () => {
  test('P162 an owner chooses the languages of the shop, finds them by any name, and one of them as its main one', async () => {
    await ana.settings('Shop');
    await ana.page.getByRole('radio', { name: /^Only some/ }).check();
    expect(await language('English').isChecked()).toBe(true);
    const search = ana.page.getByRole('searchbox', { name: 'Find a language' });
    await search.fill('arab');
    await language('العربية').check();
    await search.fill('german');
    await language('Deutsch').check();
    await search.fill('klingon');
    await ana.page.getByText('There is no such language here.').waitFor();
    await search.fill('');
    await language('English').uncheck();
    await ana.page.getByLabel('Main language').selectOption('Deutsch');
    await look(ana.page, 'shop-languages', { whole: true });
    await onPhone('shop-languages', 'Languages');
    await save();
    expect((await site()).languages).toEqual({ allowed: ['de', 'ar'], default: 'de' });
  });

  test('P163 an owner says things in the words of the shop, in each language with ours to compare, and shoppers read them', async () => {
    await ana.settings('Shop');
    const words = ana.page.getByLabel('Words for');
    const label = ana.page.getByLabel('On the button');
    // Ours in the main language of the shop, as long as nothing is written.
    await expect.poll(() => label.getAttribute('placeholder'), { timeout: 10_000 }).toBe('Mit uns sprechen');
    await label.fill('Fragen? Anrufen!');
    expect(await words.locator('option').allTextContents()).toEqual([
      'Every language ✓',
      'Deutsch',
      'العربية',
    ]);
    await words.selectOption('العربية');
    await expect.poll(() => label.getAttribute('placeholder')).toBe('Fragen? Anrufen!');
    await label.fill('اسأل الآن');
    await ana.page.getByLabel('Note at the foot of the call window').fill('لا نسجّل المكالمات.');
    await look(ana.page, 'shop-words', { whole: true });
    await onPhone('shop-words', 'Words');
    await save();
    await sam.page.reload();
    await sam.element.getByRole('button', { name: 'اسأل الآن' }).waitFor();
    await words.selectOption({ value: 'ar' });
    await label.fill('');
    await save();
    await sam.page.reload();
    await sam.element.getByRole('button', { name: 'Fragen? Anrufen!' }).waitFor();
  });

  test('P163 so does a queue, and who changed what is told with the language', async () => {
    await ana.settings('Queues');
    await ana.page.getByRole('main').getByRole('link', { name: 'Sales' }).click();
    await ana.page.getByRole('heading', { level: 1, name: 'Sales', exact: true }).waitFor();
    await ana.page.locator('summary').filter({ hasText: 'Words' }).click();
    await ana.page.getByLabel('Words for').selectOption('العربية');
    await ana.page.getByLabel('When nobody is on duty').fill('استراحة الغداء');
    await ana.page.locator('summary').filter({ hasText: 'Who answers' }).click();
    await ana.page.locator('summary').filter({ hasText: 'More ways to share calls' }).click();
    await ana.page.getByLabel('Somebody who speaks the shopper’s language').first().fill('30');
    await look(ana.page, 'queue-words', { whole: true });
    await onPhone('queue-words', 'Words');
    await save();
    await ana.settings('Team');
    await ana.page.getByRole('link', { name: 'Changes' }).click();
    await ana.page.getByText('When nobody is on duty (العربية)').waitFor();
    await ana.page.getByText('Somebody who speaks the shopper’s language').waitFor();
    await sam.page.reload();
    await sam.element.getByRole('button').click();
    await sam.element.getByText('استراحة الغداء').first().waitFor();
  });

  test('P164 people say which languages they speak, and whoever runs the team sees and changes it', async () => {
    await toConsole();
    await ana.page.getByRole('button', { name: /Account and settings/ }).click();
    await ana.page.getByRole('link', { name: 'Your account' }).click();
    const form = ana.page.getByRole('form', { name: 'Languages' });
    await form.getByRole('checkbox', { name: 'Deutsch' }).check();
    await form.getByRole('checkbox', { name: 'العربية' }).check();
    await look(ana.page, 'account-languages', { whole: true });
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByText('Saved.').waitFor();
    await toConsole();
    await ana.settings('Team');
    await ana.page.getByText('Deutsch and العربية').click();
    await language('Deutsch').uncheck();
    await language('français').check();
    await look(ana.page, 'team-languages', { whole: true });
    await onPhone('team-languages', 'Team');
    await save();
    await ana.page.getByText('français and العربية').waitFor();
    await ana.page.reload();
    await ana.page.getByText('français and العربية').waitFor();
  });
});
