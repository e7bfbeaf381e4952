/** What a rep can do with whoever waits, from the list. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, type Person } from '../support/browser.ts';
import { look } from '../support/look.ts';
import { openRep, type RepPage } from '../support/pages.ts';
import { Rep, Shopper } from '../support/people.ts';
import { RepAccount } from '../support/rep-account.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { until } from '../support/until.ts';

let server: TestServer;
let person: Person;
let ana: RepPage;
const shoppers: Shopper[] = [];
const people: Rep[] = [];

beforeAll(async () => {
  server = await startTestServer({ workers: 1 });
  await server.setQueue({ wrapUp: { kind: 'none', ms: 1_000 } });
  person = await openBrowser(880, { viewport: { width: 1280, height: 800 } });
  ana = await openRep(person, server.setUpLink(), 'Ana');
});
afterAll(async () => {
  for (const one of [...shoppers, ...people]) one.close();
  await person.close();
  await server.close();
});

async function comes(name: string): Promise<Shopper> {
  const shopper = await Shopper.arrive(server.origin);
  shoppers.push(shopper);
  await shopper.call(440, { name });
  return shopper;
}

test('B96 who waits is answered from the list after a decline, or removed, and reads so', async () => {
  const list = person.page.getByRole('region', { name: 'Waiting' });
  await ana.goAvailable();
  const kim = await comes('Kim');
  await ana.state('ringing');
  await ana.press(/^Decline/);
  const sam = await comes('Sam');
  await ana.state('ringing');
  await ana.press(/^Decline/);
  await list.getByText('Sam').waitFor();

  await look(person.page, 'console-declined');

  await list.getByRole('button', { name: 'Remove Kim from the line' }).click();
  expect(kim.signaling.view).toMatchObject({ state: 'waiting' });
  await list.getByRole('button', { name: 'Remove for good?' }).click();
  expect(await kim.untilState('ended')).toMatchObject({ reason: 'removed' });
  await list.getByText('Kim').waitFor({ state: 'detached' });

  await list.getByRole('button', { name: 'Pick up: Sam' }).click();
  await ana.state('talking');
  await sam.untilState('talking');
  await until(async () => Math.abs((await person.hear()).frequencyHz - 440) < 4);
  expect(person.complaints).toEqual([]);
});

test('B142 beside the idle phone stand the day, the calls just over and the team; on a small screen nothing of it is asked for', async () => {
  const { page } = person;
  const asked: string[] = [];
  page.on('request', request => {
    if (request.url().includes('/api/rep/overview')) asked.push(request.url());
  });
  await page.setViewportSize({ width: 390, height: 844 });
  await ana.press(/^Hang up\b(?! and)/);
  await ana.state('idle');
  const today = page.getByRole('region', { name: 'Today' });
  expect(await today.count()).toBe(0);
  expect(asked).toEqual([]);

  await page.setViewportSize({ width: 1280, height: 800 });
  await today.getByText('Answered').waitFor();
  const figures = async () => (await today.locator('dd').allTextContents()).slice(0, 2);
  await until(async () => (await figures()).join() === '1,1', { describe: () => 'one answered, one missed' });
  const recent = page.getByRole('region', { name: 'Recent calls' });
  await recent.getByText(/^talked to Ana, 0:\d\d$/).waitFor();
  await recent.getByText(/^nobody answered, waited 0:\d\d$/).waitFor();
  // Kept current by what happens, with no more than one request in 5 s.
  const token = new URL(await ana.invite('Ben')).hash.replace('#link=', '');
  const account = { name: 'Ben', email: 'ben@shop.example', password: 'a good long password' };
  const ben = await Rep.signIn(server.origin, await RepAccount.make(server.origin, token, account));
  people.push(ben);
  await ben.goAvailable(660);
  const team = page.getByRole('region', { name: 'Team' });
  await team.getByText('Available').waitFor();
  await look(page, 'console-day', { whole: true });
  await recent.getByRole('link', { name: 'Sam' }).click();
  await page.getByRole('heading', { level: 1, name: /Sam/ }).waitFor();
  expect(person.complaints).toEqual([]);
});

test('B140 the list of queues says what a click gets now: somebody, or nobody', async () => {
  const { page } = person;
  await ana.settings('Queues');
  const list = page.getByRole('list').filter({ hasText: 'Sales' });
  await list.getByText('Open', { exact: true }).waitFor();
  await ana.toPhone();
  await ana.press('Go offline');
  for (const rep of people) await rep.signaling.request('rep.status', { status: 'offline' });
  await ana.settings('Queues');
  await list.getByText('Nobody is there', { exact: true }).waitFor();
  await look(page, 'settings-nobody');
});
