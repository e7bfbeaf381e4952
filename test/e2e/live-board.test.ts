/** The live board in the console. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, type Person } from '../support/browser.ts';
import { signIn } from '../support/console-states.ts';
import { look } from '../support/look.ts';
import { Rep, Shopper } from '../support/people.ts';
import type { RepAccount } from '../support/rep-account.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let person: Person;
let admin: RepAccount;
let ben: RepAccount;
const people: { close(): void }[] = [];

beforeAll(async () => {
  server = await startTestServer({ workers: 1 });
  await server.setQueue({ wrapUp: { kind: 'none', ms: 1_000 } });
  admin = await server.addRep('Ana');
  ben = await server.addRep('Ben');
  person = await openBrowser(880, { viewport: { width: 1280, height: 800 } });
  await person.page.goto(`${server.origin.replace('127.0.0.1', 'localhost')}/rep`);
  await signIn(person.page, admin.person);
  // Before signing in the console asks who is there.
  person.complaints.length = 0;
});
afterAll(async () => {
  for (const one of people) one.close();
  await person.close();
  await server.close();
});

test('B370 an admin sees queues, calls and reps live, whose times run, and finds among them', async () => {
  const { page } = person;
  await page.getByRole('link', { name: 'Live' }).click();
  await page.getByRole('heading', { level: 1, name: 'Live' }).waitFor();
  const calls = page.getByRole('region', { name: /^Calls/ });
  await calls.getByText('No call fits at the moment.').waitFor();
  await look(page, 'board-empty', { whole: true });
  const rep = await Rep.signIn(server.origin, ben);
  people.push(rep);
  await rep.goAvailable(660);
  const reps = page.getByRole('region', { name: /^Reps/ });
  const entry = (name: string) => reps.getByRole('listitem').filter({ hasText: name });
  await entry('Ben').getByText('Free').waitFor();
  const kim = await Shopper.arrive(server.origin);
  people.push(kim);
  await kim.call(440, { name: 'Kim' });
  await rep.answer();
  const call = calls.getByRole('listitem').filter({ hasText: 'Kim' });
  await call.getByText('Talking').waitFor();
  await call.getByText('Ben').waitFor();
  await call.getByText('0:02').waitFor();
  await rep.signaling.request('leg.quality', { rttMs: 20, jitterMs: 2, lossPercent: 0 });
  await call.getByText(/Line: shopper –, rep 4\.\d/).waitFor();
  const sam = await Shopper.arrive(server.origin);
  people.push(sam);
  await sam.call(550, { name: 'Sam' });
  await calls.getByRole('listitem').filter({ hasText: 'Sam' }).getByText('Waiting').waitFor();
  await page.getByRole('region', { name: 'Queues' }).getByText('0:03').waitFor();
  await look(page, 'board', { whole: true });

  await page.getByLabel('Calls that are').selectOption('talking');
  await calls.getByText('Sam').waitFor({ state: 'detached' });
  await page.getByLabel('Name of a rep').fill('zoe');
  await reps.getByText('No rep fits.').waitFor();
  await page.getByLabel('Name of a rep').fill('be');
  await entry('Ben').waitFor();
  expect(await reps.getByRole('listitem').count()).toBe(1);
  expect(person.complaints).toEqual([]);
});

test('B372 an admin gives a rep another status with a reason, and the rep reads who did it and why', async () => {
  const { page } = person;
  const other = await openBrowser(660, { viewport: { width: 1280, height: 800 } });
  try {
    const address = `${server.origin.replace('127.0.0.1', 'localhost')}/rep`;
    await other.page.goto(address);
    const dan = await server.addRep('Dan');
    await signIn(other.page, dan.person);
    await page.getByLabel('Name of a rep').fill('dan');
    await page.getByRole('button', { name: 'Change the status of Dan' }).click();
    await page.getByLabel('New status').selectOption('away');
    await page.getByLabel('Reason, which they read').fill('Fire drill');
    await look(page, 'board-direct', { whole: true });
    await page.getByRole('button', { name: 'Set status' }).click();
    await page.getByLabel('New status').waitFor({ state: 'detached' });
    const told = other.page.getByText('Ana changed your status: Fire drill');
    await told.waitFor();
    await look(other.page, 'console-told');
    await other.page.reload();
    await told.waitFor();
    await other.page.getByRole('button', { name: 'Go offline' }).click();
    await told.waitFor({ state: 'detached' });
  } finally {
    await other.close();
  }
});

test.each(['de', 'ar'])(
  'B371 in %s the live board fits on every screen and violates no rule of WCAG 2.2 AA',
  async locale => {
    const other = await openBrowser(880, { locale, viewport: { width: 1280, height: 800 } });
    try {
      await other.page.goto(`${server.origin.replace('127.0.0.1', 'localhost')}/rep`);
      await signIn(other.page, admin.person);
      await other.page.evaluate(() => {
        location.hash = '#settings/board';
      });
      await other.page.locator('rep-board-page .list li').first().waitFor();
      await look(other.page, `board-${locale}`, { whole: true });
    } finally {
      await other.close();
    }
  },
);
