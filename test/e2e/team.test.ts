/** What an admin decides for the team, in real browsers: second factors, shops, and roles that reach open pages. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { codeAt } from '../support/authenticator.ts';
import { openBrowser, type Person } from '../support/browser.ts';
import { look } from '../support/look.ts';
import { RepPage } from '../support/pages.ts';
import { Shopper } from '../support/people.ts';
import type { RepAccount } from '../support/rep-account.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let account: RepAccount;
let bens: RepAccount;
let ana: RepPage;
let ben: RepPage;
const opened: Person[] = [];

beforeAll(async () => {
  server = await startTestServer({ workers: 1 });
  account = await server.addRep('Ana');
  bens = await server.addRep('Ben');
  ana = await signIn(account);
});
afterAll(async () => {
  await Promise.all(opened.map(person => person.close()));
  await server.close();
});
afterEach(() => {
  expect(opened.flatMap(person => person.complaints).filter(text => !/status of 4\d\d/.test(text))).toEqual(
    [],
  );
});

async function signIn({ person: { email, password } }: RepAccount): Promise<RepPage> {
  const person = await openBrowser(880, { locale: 'en-GB' });
  opened.push(person);
  const rep = new RepPage(person);
  await person.page.goto(`${server.origin}/rep`);
  await person.page.getByLabel('E-mail').fill(email);
  await person.page.getByLabel('Password', { exact: true }).fill(password);
  await rep.press('Sign in');
  await rep.state('idle');
  return rep;
}

const row = (name: string) =>
  ana.page.getByRole('list', { name: 'People' }).getByRole('listitem').filter({ hasText: name }).first();
const idOfBen = async () =>
  (await account.read<{ reps: { id: string; name: string }[] }>(server.origin, '/api/team')).reps.find(
    ({ name }) => name === 'Ben',
  )?.id;
const change = (body: object) =>
  idOfBen().then(id => account.ask(server.origin, 'PATCH', `/api/team/${id}`, body));
const save = async () => {
  await ana.press('Save');
  await ana.page.getByText('Saved. It counts from now on.').waitFor();
};

describe('an admin', () => {
  test('B226 asks everybody for a second factor, sees who has none, and takes one away after a question', async () => {
    const begun = await bens.ask(server.origin, 'POST', '/api/rep/two-factor', {
      password: bens.person.password,
    });
    const { secret } = (await begun.json()) as { secret: string };
    const on = await bens.ask(server.origin, 'PUT', '/api/rep/two-factor', {
      code: codeAt(secret, Date.now()),
    });
    expect(on.status).toBe(200);
    await ana.settings('Team');
    const part = ana.page.getByRole('region', { name: 'Two-factor sign-in' });
    await part.getByText('Without it so far: Ana.').waitFor();
    await part.getByRole('checkbox', { name: 'Ask everybody for it' }).check();
    await save();
    await ana.page.reload();
    await part.getByRole('checkbox', { name: 'Ask everybody for it', checked: true }).waitFor();
    expect(await bens.read(server.origin, '/api/rep/two-factor')).toMatchObject({ required: true });

    await ana.press('Manage Ben');
    await look(ana.page, 'team-two-factor', { whole: true });
    await row('Ben').getByRole('button', { name: 'Take it away…' }).click();
    const dialog = ana.page.getByRole('dialog');
    await dialog.getByText('the password alone lets them in').waitFor();
    await look(ana.page, 'team-two-factor-question');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(await bens.read(server.origin, '/api/rep/two-factor')).toMatchObject({ on: true });
    await row('Ben').getByRole('button', { name: 'Take it away…' }).click();
    await dialog.getByRole('button', { name: 'Take it away' }).click();
    await row('Ben').getByText('Ben signs in with the password only now.').waitFor();
    await part.getByText('Without it so far: Ana and Ben.').waitFor();
    expect(await row('Ben').getByRole('button', { name: 'Take it away…' }).count()).toBe(0);
    expect(await bens.read(server.origin, '/api/rep/two-factor')).toMatchObject({ on: false });
    await part.getByRole('checkbox', { name: 'Ask everybody for it' }).uncheck();
    await save();
    await ana.page.getByRole('link', { name: 'Changes' }).click();
    await ana.page.getByText('Ana took the second factor of Ben away').waitFor();
    await ana.page.getByText('asked of everybody').first().waitFor();
  });

  test('B227 says for which shops a role is, where there are several', async () => {
    await ana.settings('Team');
    await ana.press('Manage Ben');
    const shops = row('Ben').getByRole('group', { name: 'Shops that the role of Ben is about' });
    await row('Ben').getByRole('group', { name: 'Role of Ben' }).waitFor();
    expect(await shops.count()).toBe(0);
    await account.addSite(server.origin, 'Second shop');
    await ana.page.reload();
    await ana.press('Manage Ben');
    expect(await shops.getByRole('radio', { name: 'All shops' }).isChecked()).toBe(true);
    expect(await shops.getByRole('checkbox', { name: 'Second shop' }).isVisible()).toBe(false);
    expect(await row('Ben').getByRole('button', { name: 'Set the shops' }).count()).toBe(0);
    await shops.getByRole('radio', { name: 'Some shops only' }).check();
    await ana.press('Set the shops');
    await shops.getByText('Choose at least one shop.').waitFor();
    await shops.getByRole('checkbox', { name: 'Second shop' }).check();
    await look(ana.page, 'team-shops', { whole: true });
    await ana.press('Set the shops');
    await row('Ben').getByText('The role of Ben is about Second shop only now.').waitFor();
    await row('Ben').getByText('Rep · Second shop', { exact: true }).waitFor();
    await ana.page.reload();
    await row('Ben').getByText('Rep · Second shop', { exact: true }).waitFor();
    await ana.press('Manage Ben');
    await shops.getByRole('radio', { name: 'All shops' }).check();
    await ana.press('Set the shops');
    await row('Ben').getByText('The role of Ben is about all shops now.').waitFor();
  });

  test('B228 changes a role, which a console that is open shows at once without a reload, in a call too', async () => {
    await account.ask(server.origin, 'PATCH', `/api/queues/${await salesId()}`, {
      members: [{ repId: await idOfBen() }],
    });
    await account.addSite(server.origin, 'Third shop');
    // Setting up a second factor has ended his other sessions.
    ben = await signIn(bens);
    await ben.goAvailable();
    const kim = await Shopper.arrive(server.origin);
    await kim.call(587);
    await ben.accept();
    expect(await ben.page.getByRole('link', { name: 'Live' }).count()).toBe(0);
    await change({ role: 'supervisor' });
    await ben.page.getByRole('link', { name: 'Live' }).waitFor();
    const note = ben.page.locator('rep-attention').getByText('An admin changed what you may do here.');
    await note.waitFor();
    await look(ben.page, 'access-changed');
    await ben.press('Dismiss');
    await note.waitFor({ state: 'detached' });

    await change({ role: 'admin' });
    await ben.settings('Queues');
    await ben.page.getByRole('region', { name: 'Your call' }).waitFor();
    // Of another shop he has nothing to see from now on.
    const list = ben.page.getByRole('main').getByRole('link', { name: 'Sales' });
    await expect.poll(() => list.count()).toBeGreaterThan(1);
    const { sites } = await account.read<{ sites: { id: string }[] }>(server.origin, '/api/sites');
    await change({ sites: [sites[0]?.id] });
    await expect.poll(() => list.count()).toBe(1);
    await ben.page.getByRole('region', { name: 'Your call' }).waitFor();
    await change({ role: 'rep', sites: null });
    await ben.state('talking');
    await ben.page.getByRole('region', { name: 'Phone', exact: true }).waitFor();
    expect(await ben.page.getByRole('link', { name: 'Settings', exact: true }).count()).toBe(0);
    await ben.press(/^Hang up$/);
    kim.close();
  });

  test('B229 is not offered whoever is disabled for a queue, and sees who answers there again once enabled', async () => {
    await account.ask(server.origin, 'PATCH', `/api/queues/${await salesId()}`, {
      members: [{ repId: await idOfBen() }],
    });
    expect((await change({ disabled: true })).status).toBe(200);
    await server.addRep('Kim');
    await ana.settings('Queues');
    await ana.page.getByRole('main').getByRole('link', { name: 'Sales' }).first().click();
    await ana.page
      .locator('summary')
      .filter({ has: ana.page.getByRole('heading', { name: 'Who answers' }) })
      .click();
    const people = ana.page.locator('[data-field=members]');
    const entry = people.getByRole('listitem').filter({ hasText: 'Ben' });
    await entry.getByText('Disabled').waitFor();
    await entry.getByText('answers here again once enabled').waitFor();
    expect(await entry.getByRole('button').count()).toBe(0);
    const offered = await people
      .getByRole('combobox', { name: 'Add somebody' })
      .locator('option')
      .allTextContents();
    expect(offered.map(text => text.trim())).toEqual(expect.arrayContaining(['Ana']));
    expect(offered.join()).not.toContain('Ben');
    await look(ana.page, 'queue-disabled-member', { whole: true });
  });
});

const salesId = async () =>
  (await account.read<{ queues: { id: string }[] }>(server.origin, '/api/queues')).queues[0]?.id;
