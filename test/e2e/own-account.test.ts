/** One's own account, in real browsers: name, address, password, and where one is signed in. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { look } from '../support/look.ts';
import { RepPage } from '../support/pages.ts';
import { repBrowsers } from '../support/rep-browsers.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const password = 'a good long password';
const fresh = 'another long password';

let server: TestServer;
let ben: RepPage;
const browser = repBrowsers();

beforeAll(async () => {
  server = await startTestServer({ workers: 1 });
  await server.addRep('Ana');
  await server.addRep('Ben');
  ben = new RepPage(await browser());
  await signIn(ben, password);
  await ben.state('idle');
});
afterAll(() => server.close());

async function signIn(rep: RepPage, secret: string): Promise<void> {
  await rep.page.goto(`${server.origin.replace('127.0.0.1', 'localhost')}/rep`);
  await rep.page.getByLabel('E-mail').fill('ben@shop.example');
  await rep.page.getByLabel('Password', { exact: true }).fill(secret);
  await rep.press('Sign in');
}

async function openAccount(rep: RepPage): Promise<void> {
  await rep.page.getByRole('button', { name: /Account and settings/ }).click();
  await rep.page.getByRole('link', { name: 'Your account' }).click();
  await rep.page.getByRole('heading', { level: 1, name: 'Your account' }).waitFor();
}

/** Which of our files this page has asked for. */
const fetched = (rep: RepPage) =>
  rep.page.evaluate(() =>
    performance.getEntriesByType('resource').map(({ name }) => name.replace(/^.*\/assets\//, '')),
  );

/** Name and address; languages and photo are saved on their own. */
const saveDetails = (rep: RepPage) =>
  rep.page.locator('rep-own-details').getByRole('button', { name: 'Save' }).click();

test('B162 a rep finds the own account without the settings, changes the password, and other sessions are out at once', async () => {
  const phone = new RepPage(await browser());
  await signIn(phone, password);
  await phone.state('idle');
  expect((await fetched(ben)).filter(file => /account|admin/.test(file))).toEqual([]);
  await openAccount(ben);
  expect((await fetched(ben)).filter(file => /^(admin|team|queue)-/.test(file))).toEqual([]);
  const sessions = ben.page.getByRole('list', { name: 'Where you are signed in' });
  await sessions.getByText('This window').waitFor();
  expect(await sessions.getByText('Chrome on Linux').count()).toBe(2);
  await look(ben.page, 'account', { whole: true });

  // The phone goes on behind it.
  await ben.page.getByRole('link', { name: 'Phone', exact: true }).click();
  await ben.state('idle');
  await openAccount(ben);

  await ben.page.getByLabel('Password that you have now').fill('not that one');
  await ben.page.getByLabel('New password').fill('short');
  await ben.press('Change password');
  await ben.page.getByText('5 more characters needed').waitFor();
  await ben.page.getByLabel('New password').fill(fresh);
  await ben.press('Change password');
  await ben.page.getByText('That is not your password.').waitFor();
  await look(ben.page, 'account-refused', { whole: true });
  await ben.page.getByLabel('Password that you have now').fill(password);
  await ben.press('Change password');
  await ben.page.getByText('Your password was changed, and you are signed out everywhere else.').waitFor();
  await phone.page.getByText('You’ve been signed out.').waitFor({ timeout: 5_000 });
  await expect.poll(() => sessions.getByRole('listitem').count()).toBe(1);

  await signIn(phone, fresh);
  await phone.state('idle');
  await ben.page.reload();
  await ben.press('Sign out of Chrome on Linux');
  await ben.page.getByText('Signed out of Chrome on Linux.').waitFor();
  await phone.page.getByText('You’ve been signed out.').waitFor({ timeout: 5_000 });
  expect(await sessions.getByRole('listitem').count()).toBe(1);
  expect(await ben.page.getByRole('heading', { level: 1, name: 'Your account' }).isVisible()).toBe(true);
});

test('B163 one’s own name is changed, and the e-mail address with the password', async () => {
  await ben.page.getByLabel('Your name').fill('Benjamin');
  await saveDetails(ben);
  await ben.page.getByText('Saved.').waitFor();
  await ben.page.getByRole('button', { name: /^Benjamin/ }).waitFor();
  expect(
    await ben.page.locator('rep-own-details').getByLabel('Your password, for the new address').count(),
  ).toBe(0);
  await ben.page.getByRole('textbox', { name: 'E-mail' }).fill('ana@shop.example');
  await ben.page.locator('rep-own-details').getByLabel('Your password, for the new address').fill(fresh);
  await saveDetails(ben);
  await ben.page.getByText(/already/).waitFor();
  await look(ben.page, 'account-email', { whole: true });
  await ben.page.getByRole('textbox', { name: 'E-mail' }).fill('benjamin@shop.example');
  await saveDetails(ben);
  await ben.page.getByText('Saved.').waitFor();
  expect(
    await ben.page.locator('rep-own-details').getByLabel('Your password, for the new address').count(),
  ).toBe(0);
  await ben.page.getByRole('button', { name: /^Benjamin/ }).click();
  await ben.page.getByText('benjamin@shop.example').waitFor();
  await look(ben.page, 'account-menu');
  await ben.page.keyboard.press('Escape');
});
