/** Blocking a caller from wherever a rep sees one, and the list that an admin undoes it from. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSqlite } from '../../server/store/sqlite.ts';
import { openBrowser, type Person } from '../support/browser.ts';
import { look } from '../support/look.ts';
import { openRep, type RepPage } from '../support/pages.ts';
import { Shopper } from '../support/people.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let person: Person;
let ana: RepPage;
const shoppers: Shopper[] = [];

beforeAll(async () => {
  server = await startTestServer({ workers: 1 });
  await server.setQueue({ wrapUp: { kind: 'none', ms: 1_000 } });
  person = await openBrowser(880, { viewport: { width: 1280, height: 900 } });
  ana = await openRep(person, server.setUpLink(), 'Ana');
});
afterAll(async () => {
  for (const shopper of shoppers) shopper.close();
  await person.close();
  await server.close();
});

async function arrives(): Promise<Shopper> {
  const shopper = await Shopper.arrive(server.origin);
  shoppers.push(shopper);
  return shopper;
}

async function comes(name: string): Promise<Shopper> {
  const shopper = await arrives();
  await shopper.call(440, { name });
  return shopper;
}

test('B97 a caller is blocked from the list, from a talk and from the history, and unblocked in the settings', async () => {
  const { page } = person;
  const dialog = page.getByRole('dialog');
  await ana.goAvailable();
  const kim = await comes('Kim');
  await ana.state('ringing');
  await ana.press(/^Accept/);
  await kim.untilState('talking');
  const sam = await comes('Sam');
  const list = page.getByRole('region', { name: 'Waiting' });
  await list.getByRole('button', { name: 'Block Sam' }).click();
  await dialog.getByRole('heading', { name: 'Block Sam?' }).waitFor();
  await look(page, 'blocks-dialog');
  // Nothing is blocked by a dialog that is closed again.
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  expect(sam.signaling.view).toMatchObject({ state: 'waiting' });
  await list.getByRole('button', { name: 'Block Sam' }).click();
  await dialog.getByLabel('A week').check();
  await dialog.getByRole('button', { name: 'Block', exact: true }).click();
  await dialog.getByRole('heading', { name: 'Sam is blocked for a week' }).waitFor();
  await dialog.getByRole('button', { name: 'Close' }).click();
  expect(await sam.untilState('ended')).toMatchObject({ reason: 'removed' });
  await expect(sam.call(440)).rejects.toMatchObject({ code: 'blocked' });

  // In the middle of a talk, with everybody of the same network.
  await page.getByRole('button', { name: 'Hang up and block…' }).click();
  await dialog.getByLabel('Their internet connection').check();
  await dialog.getByLabel('Why').fill('Shouts at us');
  await dialog.getByRole('button', { name: 'Hang up and block' }).click();
  await dialog.getByRole('heading', { name: 'Kim is blocked for an hour' }).waitFor();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await kim.untilState('ended');
  await ana.state('idle');
  const lee = await arrives();
  await expect(lee.call(440)).rejects.toMatchObject({ code: 'blocked' });

  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('link', { name: 'Calls', exact: true }).click();
  await page.getByRole('link', { name: 'Blocked callers' }).click();
  const blocked = page.getByRole('list', { name: 'Blocked callers' });
  await blocked.getByText('Shouts at us').waitFor();
  await look(page, 'blocks-list');
  await blocked.getByRole('button', { name: 'Unblock Kim' }).click();
  await blocked.getByText('Shouts at us').waitFor({ state: 'detached' });
  await lee.call(440, { name: 'Lee' });

  // From the history, where the call of a moment ago knows its network still.
  await page.getByRole('link', { name: 'Back to Calls' }).click();
  await page.getByRole('link', { name: /^Kim/ }).click();
  await page.getByText(/^Kim was blocked by Ana until .*: Shouts at us\.$/).waitFor();
  await page.getByRole('button', { name: 'Block this caller…' }).click();
  await dialog.getByLabel('Their internet connection').check();
  await dialog.getByLabel('For good').check();
  await dialog.getByRole('button', { name: 'Block', exact: true }).click();
  await dialog.getByRole('heading', { name: 'Kim is blocked for good' }).waitFor();
  await dialog.getByRole('button', { name: 'Close' }).click();
  expect(await lee.untilState('ended')).toMatchObject({ reason: 'removed' });
  expect(person.complaints).toEqual([]);
});

test('B128 a supervisor sees who is blocked and lifts it, and comes to no other page of the settings than reports and calls', async () => {
  const { page } = person;
  const db = openSqlite(server.dataDir);
  await db.updateTable('members').set({ role: 'supervisor' }).execute();
  await db.destroy();
  await page.reload();
  // The call that was shown is one that supervisors may read.
  await page.getByRole('heading', { level: 1, name: /^Call from/ }).waitFor();
  await page.goto(new URL('/rep#settings/queues', page.url()).href);
  await ana.state('idle');
  await page.getByRole('link', { name: 'Live' }).click();
  await page.getByRole('link', { name: 'Blocked callers' }).click();
  await page.getByRole('heading', { level: 1, name: 'Blocked callers' }).waitFor();
  expect(await page.getByRole('navigation', { name: 'Sections' }).getByRole('link').allInnerTexts()).toEqual([
    'Live',
    'Blocked callers',
    'Reports',
  ]);
  await look(page, 'blocks-supervisor');
  await page.getByRole('button', { name: 'Unblock Kim' }).click();
  await page.getByRole('button', { name: 'Unblock Kim' }).waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Phone' }).click();
  await ana.state('idle');
  expect(person.complaints).toEqual([]);
});
