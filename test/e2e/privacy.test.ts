/** What is kept of customers, as an owner sees it: handed out and forgotten in a real browser. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { openBrowser, type Person } from '../support/browser.ts';
import { look } from '../support/look.ts';
import { openRep, type RepPage } from '../support/pages.ts';
import { Shopper } from '../support/people.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let person: Person;
let ana: RepPage;

beforeAll(async () => {
  server = await startTestServer({ workers: 1 });
  person = await openBrowser(880, { locale: 'en-GB', timezoneId: 'Europe/Berlin' });
  ana = await openRep(person, server.setUpLink(), 'Ana');
});
afterAll(async () => {
  await person.close();
  await server.close();
});

test('B177 an owner finds a customer by name, downloads what is kept of them, and has them forgotten', async () => {
  await ana.press('Go available');
  await server.untilOpen();
  const shopper = await Shopper.arrive(server.origin);
  onTestFinished(() => shopper.close());
  await shopper.call(500, { name: 'Zephyrine Quartzmann' });
  await ana.state('ringing');
  const { callId } = await shopper.untilState('waiting');
  await shopper.signaling.request('call.hang-up', { callId });
  await ana.state('idle');

  const { page } = ana;
  await page.goto(new URL('/rep#settings/shop', page.url()).href);
  await page.getByRole('link', { name: 'Customers’ data' }).click();
  await page.getByRole('heading', { level: 1, name: 'Customers’ data' }).waitFor();
  await look(page, 'settings-privacy');
  await page.getByRole('button', { name: 'Look' }).click();
  await page.getByText('Write whom you mean.').waitFor();
  await page.locator('#value').fill('zephyrine quartzmann');
  await page.getByRole('button', { name: 'Look' }).click();
  await page.getByText('One call, of').waitFor();

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download what is kept' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^customer-\d{4}-\d\d-\d\d\.json$/);
  const { calls } = JSON.parse(await readFile(await download.path(), 'utf8')) as {
    calls: { context: { name: string } }[];
  };
  expect(calls.map(call => call.context.name)).toEqual(['Zephyrine Quartzmann']);

  await page.getByRole('button', { name: 'Forget', exact: true }).click();
  const asked = page.getByRole('dialog');
  await asked.getByText('One call will be nobody’s').waitFor();
  await asked.getByRole('button', { name: 'Keep' }).click();
  await page.getByRole('button', { name: 'Forget', exact: true }).click();
  await asked.getByRole('button', { name: 'Forget' }).click();
  await page.getByText('One call is nobody’s now.').waitFor();
  await page.getByRole('button', { name: 'Look' }).click();
  await page.getByText('Nothing is kept of them.').waitFor();
  expect(person.complaints.filter(text => !/status of 400/.test(text))).toEqual([]);
});
