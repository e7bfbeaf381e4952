/** Who is on the team and what they may do, and one-time links, in real browsers. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSqlite } from '../../server/store/sqlite.ts';
import { look } from '../support/look.ts';
import { openRep, type RepPage } from '../support/pages.ts';
import { repBrowsers } from '../support/rep-browsers.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const password = 'a good long password';
const fresh = 'another long password';

let server: TestServer;
/** Runs the team, joins it, and whoever else comes. */
let ana: RepPage;
let ben: RepPage;
const browser = repBrowsers();

beforeAll(async () => {
  server = await startTestServer({ workers: 1 });
  ana = await openRep(await browser(), server.setUpLink(), 'Ana');
});
afterAll(() => server.close());

const people = (rep: RepPage) => rep.page.getByRole('list', { name: 'People' });
const row = (rep: RepPage, name: string) => people(rep).getByRole('listitem').filter({ hasText: name });
const invitations = (rep: RepPage) => rep.page.getByRole('list', { name: 'Invited, not here yet' });

/** What an admin is given to send on. */
const linkFor = (rep: RepPage, name: string) =>
  rep.page.getByRole('textbox', { name: `Link for ${name}` }).inputValue();

async function signIn(rep: RepPage, email: string, secret: string): Promise<void> {
  await rep.page.goto(`${server.origin.replace('127.0.0.1', 'localhost')}/rep`);
  await rep.page.getByLabel('E-mail').fill(email);
  await rep.page.getByLabel('Password', { exact: true }).fill(secret);
  await rep.press('Sign in');
}

/** Which queues ring for that person. */
async function queuesOf(name: string): Promise<string[]> {
  const db = openSqlite(server.dataDir);
  const rows = await db
    .selectFrom('queue_members')
    .innerJoin('queues', 'queues.id', 'queue_members.queue_id')
    .innerJoin('reps', 'reps.id', 'queue_members.rep_id')
    .select('queues.name')
    .where('reps.name', '=', name)
    .execute();
  await db.destroy();
  return rows.map(row => row.name);
}

describe('people', () => {
  test('B158 a shop of one person is bothered with nothing about teams', async () => {
    await ana.settings('Team');
    await row(ana, 'Ana').waitFor();
    expect(await ana.page.getByRole('button', { name: /^Manage/ }).count()).toBe(0);
    expect(await ana.page.getByRole('radio', { name: /^Supervisor/ }).isVisible()).toBe(false);
    expect(await ana.page.getByRole('main').textContent()).not.toMatch(/[Aa]ccount|Signed in|Invited/);
    await look(ana.page, 'team-alone', { whole: true });
  });

  test('B159 an admin invites a supervisor for one queue, withdraws another invitation, and she joins by the link', async () => {
    await ana.settings('Queues');
    await ana.press('Add a queue');
    await ana.page.getByLabel('Name of the queue').fill('Returns');
    await ana.press('Create queue');
    await ana.page.getByRole('heading', { level: 1, name: 'Returns' }).waitFor();
    await ana.settings('Team');
    const form = ana.page.getByRole('form', { name: 'Invite somebody' });
    await form.getByLabel('Name').fill('Kim');
    await form.getByLabel('E-mail').fill('kim@shop.example');
    await form.getByText('Joins as a rep and answers all queues').click();
    await form.getByRole('radio', { name: 'Supervisor Sees and answers' }).check();
    await form.getByText('Joins as a supervisor and answers all queues').waitFor();
    await form.getByRole('radio', { name: 'Rep Takes the calls' }).check();
    for (const queue of await form
      .getByRole('group', { name: 'Queues that they answer' })
      .getByRole('checkbox')
      .all())
      await queue.uncheck();
    await ana.press('Create invitation link');
    await form.getByText('Choose at least one queue.').waitFor();
    await look(ana.page, 'team-invite', { whole: true });
    await form.getByRole('checkbox', { name: 'Returns' }).check();
    await ana.press('Create invitation link');
    await linkFor(ana, 'Kim');
    await invitations(ana)
      .getByText(/Rep · Returns · link works until/)
      .waitFor();
    await look(ana.page, 'team-invited', { whole: true });
    const withdrawn = await linkFor(ana, 'Kim');
    await ana.press('Withdraw the invitation of Kim');
    await ana.page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    expect(await invitations(ana).getByRole('listitem').count()).toBe(1);
    await ana.press('Withdraw the invitation of Kim');
    await ana.page.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click();
    await invitations(ana).waitFor({ state: 'detached' });

    await ana.press('Invite somebody else');
    await form.getByLabel('Name').fill('Ben');
    await form.getByLabel('E-mail').fill('ben@shop.example');
    await form.getByText('Joins as a rep and answers all queues').click();
    await form.getByRole('radio', { name: /^Supervisor/ }).check();
    await form.getByRole('checkbox', { name: 'Sales' }).uncheck();
    await ana.press('Create invitation link');
    const link = await linkFor(ana, 'Ben');
    await invitations(ana)
      .getByText(/Supervisor · Returns/)
      .waitFor();

    const person = await browser();
    await person.page.goto(withdrawn);
    await person.page.getByRole('heading', { name: 'This link no longer works' }).waitFor();
    ben = await openRep(person, link, 'Ben');
    await person.page.getByRole('link', { name: 'Live' }).waitFor();
    expect(await queuesOf('Ben')).toEqual(['Returns']);

    await ana.page.reload();
    await row(ana, 'Ben').getByText('Supervisor').waitFor();
    await row(ana, 'Ben').getByText('Signed in, last seen just now').waitFor();
    expect(await invitations(ana).count()).toBe(0);
  });

  test('B160 a role is changed, and who is disabled is out at once until enabled again', async () => {
    await ana.press('Manage Ben');
    const managed = row(ana, 'Ben');
    expect(await managed.getByRole('button', { name: /^Supervisor/ }).getAttribute('aria-pressed')).toBe(
      'true',
    );
    await look(ana.page, 'team-manage', { whole: true });
    await managed.getByRole('button', { name: /^Rep Takes/ }).click();
    await managed.getByText('Ben is a rep now, also on pages that are open.').waitFor();
    await managed.getByText('Rep', { exact: true }).first().waitFor();
    await ben.page.getByRole('link', { name: 'Live' }).waitFor({ state: 'detached' });

    await managed.getByRole('button', { name: 'Disable' }).click();
    await managed.getByText('Ben is out, and cannot sign in.').waitFor();
    await ben.page.getByText('You’ve been signed out.').waitFor({ timeout: 5_000 });
    await managed.getByText('Disabled', { exact: true }).waitFor();
    await managed.getByText('Not signed in').waitFor();
    await look(ana.page, 'team-disabled', { whole: true });
    await signIn(ben, 'ben@shop.example', password);
    await ben.page.getByText('You may not sign in at the moment.').waitFor();

    await managed.getByRole('button', { name: 'Enable' }).click();
    await managed.getByText('Ben may sign in again.').waitFor();
    await ben.press('Sign in');
    await ben.state('idle');
    expect(await queuesOf('Ben')).toEqual(['Returns']);
  });

  test('B161 somebody is signed out everywhere, and chooses a new password by a link', async () => {
    const managed = row(ana, 'Ben');
    await ana.page.reload();
    await ana.press('Manage Ben');
    await managed.getByText('Signed in with one browser.').waitFor();
    await managed.getByRole('button', { name: 'Sign out everywhere' }).click();
    await managed.getByText('Ben was signed out everywhere.').waitFor();
    await ben.page.getByText('You’ve been signed out.').waitFor();

    await managed.getByRole('button', { name: 'Link for a new password' }).click();
    const link = await linkFor(ana, 'Ben');
    await look(ana.page, 'team-password-link', { whole: true });
    await ben.page.goto(link);
    await ben.page.getByRole('heading', { name: 'Choose a new password' }).waitFor();
    await ben.page.getByText('ben@shop.example').waitFor();
    expect(await ben.page.getByRole('textbox').count()).toBe(1);
    await ben.press('Save and sign in');
    await ben.page.getByText('10 more characters needed').waitFor();
    await look(ben.page, 'link-password');
    await ben.page.getByLabel('New password').fill(fresh);
    await ben.press('Save and sign in');
    await ben.state('idle');
  });

  test('B164 admins read who changed what, before and after, in words, further back on demand and as a table', async () => {
    await ana.settings('Queues');
    await ana.page.getByRole('main').getByRole('link', { name: 'Returns' }).click();
    await ana.page
      .locator('summary')
      .filter({ has: ana.page.getByRole('heading', { name: 'How long' }) })
      .click();
    await ana.page.getByRole('spinbutton', { name: 'Ring each person for' }).fill('30');
    await ana.press('Save');
    await ana.page.getByText('Saved. It counts from now on.').waitFor();
    await ana.settings('Team');
    await ana.page.getByRole('link', { name: 'Changes' }).click();
    await ana.page.getByRole('heading', { level: 1, name: 'Changes' }).waitFor();
    const changes = ana.page.getByRole('list', { name: 'Changes' });
    await changes.getByText('Ana changed the queue Returns').waitFor();
    const newest = changes.getByRole('listitem').first();
    expect(await newest.textContent()).toContain('Ring each person for');
    expect(await newest.textContent()).toMatch(/20 seconds.*30 seconds/);
    const role = changes.getByRole('listitem').filter({ hasText: 'Ana changed what Ben may do' });
    expect(await role.textContent()).toMatch(/Role.*Supervisor.*Rep/);
    await changes.getByText('Ben chose a new password by a link').waitFor();
    await changes.getByText('Ana withdrew the invitation of Kim').waitFor();
    expect(await ana.page.getByRole('button', { name: 'Load older changes' }).count()).toBe(0);
    await look(ana.page, 'changes', { whole: true });
    const [table] = await Promise.all([
      ana.page.waitForEvent('download'),
      ana.page.getByRole('link', { name: 'Save as a table (CSV)' }).click(),
    ]);
    expect(table.suggestedFilename()).toMatch(/^changes-.*\.csv$/);

    // More than a page of them, as after some weeks.
    const db = openSqlite(server.dataDir);
    const { account_id } = await db
      .selectFrom('accounts')
      .select('id as account_id')
      .executeTakeFirstOrThrow();
    for (let i = 0; i < 60; i++)
      await db
        .insertInto('audit')
        .values({
          ...{ id: `old-${i}`, account_id, at: 1_700_000_000_000 + i, rep_id: null },
          ...{ action: 'queue.added', target: `Old ${i}`, before: null, after: null },
        })
        .execute();
    await db.destroy();
    await ana.page.reload();
    await ana.press('Load older changes');
    await changes.getByText('The operator of the server added the queue Old 0', { exact: true }).waitFor();
    expect(await ana.page.getByRole('button', { name: 'Load older changes' }).count()).toBe(0);
  });

  test('B165 who is removed is out at once after a question, and stays in the history', async () => {
    await ana.page.getByRole('link', { name: 'Back to Team' }).click();
    await ana.press('Manage Ben');
    await ana.press('Remove…');
    const dialog = ana.page.getByRole('dialog');
    await dialog.getByText('What they did stays in the history.').waitFor();
    await look(ana.page, 'team-remove');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(await ana.page.getByRole('button', { name: 'Manage Ben' }).isVisible()).toBe(true);
    await ana.press('Remove…');
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await people(ana).getByText('Ben', { exact: true }).waitFor({ state: 'detached' });
    await ben.page.getByText('You’ve been signed out.').waitFor({ timeout: 5_000 });
    await ana.page.getByRole('link', { name: 'Changes' }).click();
    await ana.page.getByText('Ana removed Ben from the team').waitFor();
  });
});
