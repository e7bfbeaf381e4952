/** The settings as an owner meets them who answers alone. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { queueTexts as texts } from '../../client/admin/queue/texts.ts';
import { openBrowser, type Person } from '../support/browser.ts';
import { look } from '../support/look.ts';
import { openRep, type RepPage } from '../support/pages.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let person: Person;
let ana: RepPage;

beforeAll(async () => {
  server = await startTestServer({ workers: 1 });
  person = await openBrowser(880, { locale: 'en-GB' });
  ana = await openRep(person, server.setUpLink(), 'Ana');
});
afterAll(async () => {
  await person.close();
  await server.close();
});

test('B203 a queue’s page begins with hours, what callers hear and nobody there; ways to share calls step back until there are two people', async () => {
  const { page } = ana;
  const open = async () => {
    await ana.settings('Queues');
    await page.getByRole('main').getByRole('link', { name: 'Sales' }).click();
    await page.getByRole('heading', { level: 1, name: 'Sales' }).waitFor();
  };
  const who = page.locator('[data-field=who]');
  const strategies = page.locator('[data-field=strategy]');
  const ways = who.locator('summary', { hasText: texts.moreWays });
  await open();
  const parts = page.locator('details.fold h2');
  await parts.first().waitFor();
  expect(await parts.allTextContents()).toEqual([
    ...[texts.hours, texts.hear, texts.overflow],
    ...[texts.who, texts.howLong, texts.words, texts.button],
  ]);
  await who.locator('summary').first().click();
  await ways.waitFor();
  expect(await strategies.isVisible()).toBe(false);
  expect(await who.getByLabel(texts.tierOf({ name: 'Ana' })).count()).toBe(0);
  await look(page, 'settings-one-person');

  // Who looks behind it finds all of it, and what is chosen there stays to be seen.
  await ways.click();
  await who.locator('input[value=ring-all]').check();
  await ana.press('Save');
  await strategies.waitFor();
  await expect.poll(() => ways.count(), { timeout: 10_000 }).toBe(0);
  await who.locator('input[value=longest-idle]').check();
  await ana.press('Save');
  await ways.waitFor();

  const link = await ana.invite('Ben');
  const ben = await openBrowser(440, { locale: 'en-GB' });
  await openRep(ben, link, 'Ben');
  await ben.close();
  await open();
  await who.locator('summary').first().click();
  await strategies.waitFor();
  await expect.poll(() => ways.count(), { timeout: 10_000 }).toBe(0);
  await who.getByLabel(texts.tierOf({ name: 'Ben' })).waitFor();
});
