/** Who runs several accounts, in real browsers. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runAccountCommand } from '../../server/operator/accounts.ts';
import { openSqlite } from '../../server/store/sqlite.ts';
import { look } from '../support/look.ts';
import { openRep, RepPage } from '../support/pages.ts';
import { repBrowsers } from '../support/rep-browsers.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const password = 'a good long password';

let server: TestServer;
let ana: RepPage;
const browser = repBrowsers();

beforeAll(async () => {
  server = await startTestServer({ workers: 1 });
  ana = await openRep(await browser(), server.setUpLink(), 'Ana');
});
afterAll(() => server.close());

/** What the operator reads. */
async function operator(...words: string[]): Promise<string> {
  const db = openSqlite(server.dataDir);
  try {
    return await runAccountCommand(db, server.origin, words);
  } finally {
    await db.destroy();
  }
}

const invitations = (rep: RepPage) => rep.page.getByRole('list', { name: 'Invited, not here yet' });

/** What an admin is given to send on. */
const linkFor = (rep: RepPage, name: string) =>
  rep.page.getByRole('textbox', { name: `Link for ${name}` }).inputValue();

test('B166 who runs several accounts sees whose everything is, and joins one with the password they have', async () => {
  const text = await operator('add', 'Second merchant');
  const olga = new RepPage(await browser());
  await openRep(olga.person, /http\S+/.exec(text)?.[0] ?? '', 'Olga');
  await olga.settings('Shop');
  await olga.page.getByLabel('Name of the new shop').fill('Second shop');
  await olga.press('Add shop');
  await olga.page.getByRole('region', { name: 'Second shop' }).waitFor();
  await olga.settings('Team');
  const invite = olga.page.getByRole('form', { name: 'Invite somebody' });
  expect(await invite.getByLabel('Account').count()).toBe(0);
  await invite.getByLabel('Name').fill('Anna Lena');
  await invite.getByLabel('E-mail').fill('ana@shop.example');
  await invite.getByText('Joins as a rep').click();
  await invite.getByRole('radio', { name: /^Admin/ }).check();
  await olga.press('Create invitation link');
  const link = await linkFor(olga, 'Anna Lena');

  await ana.page.goto(link);
  await ana.page.getByRole('heading', { name: 'Join another team' }).waitFor();
  await ana.page.getByLabel('Password', { exact: true }).fill('not the one');
  await ana.press('Join the team');
  await ana.page.getByText('That is not the password that you sign in with.').waitFor();
  await look(ana.page, 'link-known');
  await ana.page.getByLabel('Password', { exact: true }).fill(password);
  await ana.press('Join the team');
  await ana.state('idle');

  await ana.settings('Team');
  // The name is her own, not what somebody else wrote.
  await ana.page
    .getByRole('list', { name: 'People · Second merchant' })
    .getByText('Ana', { exact: true })
    .waitFor();
  await ana.page
    .getByRole('list', { name: 'People · Second merchant' })
    .getByText('Olga', { exact: true })
    .waitFor();
  const form = ana.page.getByRole('form', { name: 'Invite somebody' });
  await form.getByLabel('Name').fill('Lee');
  await form.getByLabel('E-mail').fill('lee@shop.example');
  await form.getByLabel('Account').selectOption('Second merchant');
  expect(await form.getByRole('checkbox').count()).toBe(0);
  await ana.press('Create invitation link');
  await invitations(ana)
    .getByText(/^Second merchant · Rep · /)
    .waitFor();
  await look(ana.page, 'team-accounts', { whole: true });
  await ana.press('Add a reason: Reasons to be away · Second merchant');
  await ana.page
    .getByRole('textbox', { name: 'Reasons to be away · Second merchant, number 4' })
    .fill('Dentist');
  await ana.press('Save');
  await ana.page.getByText('Saved. It counts from now on.').waitFor();
  await olga.page.reload();
  await olga.page.getByRole('textbox', { name: 'Reasons to be away, number 4' }).waitFor();

  await ana.settings('Shop');
  await ana.page.getByRole('heading', { name: 'Second shop · Second merchant' }).waitFor();
  await ana.page.getByLabel('Name of the new shop').fill('Third shop');
  await ana.page.getByLabel('Account', { exact: true }).selectOption('Second merchant');
  await ana.press('Add shop');
  await ana.page.getByRole('heading', { name: 'Third shop · Second merchant' }).waitFor();
  await look(ana.page, 'shop-accounts', { whole: true });

  // Whose each change was is said, where one could ask.
  await ana.settings('Team');
  await ana.page.getByRole('link', { name: 'Changes' }).click();
  const changes = ana.page.getByRole('list', { name: 'Changes' });
  const third = changes.getByRole('listitem').filter({ hasText: 'Ana added the shop Third shop' });
  await third.getByText(/ · Second merchant$/).waitFor();
  await look(ana.page, 'changes-accounts', { whole: true });
});
