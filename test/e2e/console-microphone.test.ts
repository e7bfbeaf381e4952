/** A rep whose browser takes its time to open microphones. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, type Person } from '../support/browser.ts';
import {
  asksForMicrophone,
  holdMicrophones,
  openMicrophone,
  type WithMicrophones,
} from '../support/held-microphones.ts';
import { openRep, type RepPage } from '../support/pages.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let person: Person;
let ana: RepPage;

beforeAll(async () => {
  server = await startTestServer({ workers: 1 });
  person = await openBrowser(880);
  await person.page.addInitScript(holdMicrophones);
  ana = await openRep(person, server.setUpLink(), 'Ana');
});
afterAll(async () => {
  await person.close();
  await server.close();
});

const states = () =>
  person.page.evaluate(() => (globalThis as WithMicrophones).asked.map(({ track }) => track?.readyState));

const choose = async (which: number) => {
  const choice = person.page.getByLabel('Microphone', { exact: true });
  const folded = person.page.locator('rep-devices details:not([open])');
  if (await folded.isVisible()) await person.page.getByText('Microphone and speaker').click();
  await choice.locator('option').nth(2).waitFor({ state: 'attached' });
  const devices = await choice
    .locator('option')
    .evaluateAll(all => all.map(one => (one as HTMLOptionElement).value));
  expect(devices.length).toBeGreaterThan(2);
  await choice.selectOption(devices.at(which)!);
};

test('B156 of two microphones that a rep picks one after the other the last one is used, in whichever order they open', async () => {
  const { page } = person;
  await ana.press('Go available');
  await asksForMicrophone(page, 1);
  await openMicrophone(page, 1);
  await page.locator('[data-status="available"]').first().waitFor();
  await choose(-2);
  await asksForMicrophone(page, 2);
  await choose(-1);
  await asksForMicrophone(page, 3);
  await openMicrophone(page, 3);
  await openMicrophone(page, 2);
  await page.waitForFunction(() => (globalThis as WithMicrophones).asked[1]?.track?.readyState === 'ended');
  expect(await states()).toEqual(['ended', 'ended', 'live']);
});

test('B156 one that is picked while the former one opens is used too', async () => {
  const { page } = person;
  await page.reload();
  await asksForMicrophone(page, 1);
  await choose(-2);
  await openMicrophone(page, 1);
  await asksForMicrophone(page, 2);
  await openMicrophone(page, 2);
  await page.waitForFunction(() => (globalThis as WithMicrophones).asked[0]?.track?.readyState === 'ended');
  expect(await states()).toEqual(['ended', 'live']);
});
