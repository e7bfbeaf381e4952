/** One browser through all that stands before the console, by what it is made of: in a language that the test cannot read. */
import type { Page } from 'playwright-core';
import { runAccountCommand } from '../../server/operator/accounts.ts';
import { openSqlite } from '../../server/store/sqlite.ts';
import type { SignInProblem } from '../../shared/domain.ts';
import { allowances } from '../../shared/limits.ts';
import { codeAt } from './authenticator.ts';
import type { TestProvider } from './oidc-provider.ts';
import { RepAccount } from './rep-account.ts';
import type { TestServer } from './server.ts';

type Shown = (name: string) => Promise<void>;

/** What people and things are called here that are not ours to put into words. */
export const people = {
  ana: { name: 'Ana', email: 'ana@shop.example', password: 'a good long password' },
  ben: { name: 'Ben', email: 'ben@shop.example', password: 'another long password' },
  olga: { name: 'Olga', email: 'olga@other.example', password: 'a third long password' },
};

/** All that the sign-in provider's way can end with. */
const problems: Record<SignInProblem, true> = {
  ...{ 'not-invited': true, 'email-unverified': true, 'connected-elsewhere': true, disabled: true },
  ...{ 'provider-away': true, expired: true, refused: true, 'too-many': true },
};

type Walk = {
  server: TestServer;
  provider: TestProvider;
  page: Page;
  /** Pushes the server's clock on, and says what it shows then, ms: a code works once. */
  push: (ms: number) => number;
};

export async function walkIn({ server, provider, page, push }: Walk, shown: Shown): Promise<void> {
  const { ana, ben, olga } = people;
  const { origin } = new URL(server.setUpLink());
  provider.open(`${origin}/api/rep/oidc/return`);
  const open = async (address: string) => {
    await page.goto('about:blank');
    await page.goto(address);
  };
  const press = () => page.locator('main.gate form button.primary').click();
  const told = (how: 'bad' | 'info' = 'bad') => page.locator(`main.gate .note.${how}`).waitFor();
  const linkTo = async (answer: Response) => new URL(((await answer.json()) as { url: string }).url).hash;
  const openLink = async (hash: string) => {
    await open(`${origin}/rep${hash}`);
    await page.locator('rep-link form').waitFor();
  };
  const desk = () => page.locator('rep-header .account').waitFor();
  const toSignIn = async (hash = '') => {
    await page.context().clearCookies();
    await open(`${origin}/rep${hash}`);
    await page.locator('rep-sign-in .or').waitFor();
  };
  const signIn = async (password = ben.password) => {
    await page.locator('#email').fill(ben.email);
    await page.locator('#password').fill(password);
    await press();
  };

  // The first owner.
  const ownersLink = new URL(server.setUpLink()).hash;
  await openLink(ownersLink);
  await shown('link-owner');
  await page.locator('#email').fill('ana');
  await page.locator('#password').fill('short');
  await press();
  await page.locator('#email-note .problem').waitFor();
  await shown('link-owner-refused');
  await page.locator('#name').fill(ana.name);
  await page.locator('#email').fill(ana.email);
  await page.locator('#password').fill(ana.password);
  await page.locator('.password button').click();
  await page.locator('.strength[data-met=yes]').waitFor();
  await shown('link-owner-ready');
  await press();
  await desk();
  const admin = await RepAccount.signIn(server.origin, ana);
  const asAdmin = async (method: string, path: string, body: object = {}) => {
    const answer = await admin.ask(server.origin, method, path, body);
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return answer;
  };
  await asAdmin('PATCH', '/api/first-run', { state: 'dismissed' });
  await page.context().clearCookies();
  await open(`${origin}/rep${ownersLink}`);
  await page.locator('rep-notice button').waitFor();
  await shown('link-gone');

  // Whoever was invited.
  const invitation = { name: ben.name, email: ben.email };
  await openLink(await linkTo(await asAdmin('POST', '/api/team/invitations', invitation)));
  await shown('link-invitation');
  await page.locator('#email').fill(ana.email);
  await page.locator('#password').fill(ben.password);
  await press();
  await told();
  await shown('link-invitation-refused');
  await page.locator('#email').fill(ben.email);
  await press();
  await desk();
  const { reps } = await admin.read<{ reps: { id: string; name: string }[] }>(server.origin, '/api/team');
  const ofBen = `/api/team/${reps.find(({ name }) => name === ben.name)?.id}`;
  await asAdmin('POST', `${ofBen}/sign-out`);
  await told('info');
  await shown('signed-out-elsewhere');

  // By password, and at the provider.
  await toSignIn();
  await shown('sign-in');
  await press();
  await page.locator('#email-note .problem').waitFor();
  await page.locator('#email').fill(ben.email);
  await press();
  await page.locator('#password-note .problem').waitFor();
  await shown('sign-in-empty');
  await signIn('not the password');
  await told();
  await shown('wrong-password');
  let goOn = () => {};
  const slow = new Promise<void>(resolve => {
    goOn = resolve;
  });
  // As slow as a server that was asked too often.
  await page.route('**/api/rep/sign-in', async route => {
    await slow;
    await route.continue();
  });
  await signIn('not that one either');
  await page.locator('form .spinner').waitFor();
  await shown('sign-in-slowed-down');
  goOn();
  await told();
  await page.unroute('**/api/rep/sign-in');
  provider.person.claims = { email: 'eve@shop.example', email_verified: true };
  await page.locator('main.gate a.button').click();
  await told();
  await shown('provider-not-invited');
  for (const problem of Object.keys(problems)) {
    await toSignIn(`#sign-in-problem=${problem}`);
    await told();
    await shown(`provider-${problem}`);
  }

  // The team asks for a second factor.
  await asAdmin('PUT', '/api/team/settings', {
    ...(await admin.read<object>(server.origin, '/api/team/settings')),
    twoFactor: 'required',
  });
  await toSignIn();
  await signIn();
  const secretText = page.locator('rep-two-factor code');
  await secretText.waitFor();
  const secret = ((await secretText.textContent()) ?? '').replaceAll(' ', '');
  await shown('two-factor-scan');
  const code = page.locator('#code');
  await code.fill('000000');
  await press();
  await told();
  await shown('two-factor-wrong-code');
  await code.fill(codeAt(secret, push(60_000)));
  await press();
  const codes = page.locator('rep-two-factor .codes code');
  await codes.first().waitFor();
  const recoveryCodes = await codes.allInnerTexts();
  await page.locator('rep-two-factor .actions button').last().click();
  await page.locator('rep-two-factor .hint:not(:empty)').waitFor();
  await shown('two-factor-codes');
  await page.locator('rep-two-factor .actions button').first().click();
  await desk();
  await open(`${origin}/rep#account`);
  await page.locator('rep-two-factor form').waitFor();
  await shown('account-with-two-factor');

  await toSignIn();
  await signIn();
  await code.waitFor();
  await shown('code');
  await code.fill('000000');
  await press();
  await told();
  await shown('wrong-code');
  await page.locator('.others button').first().click();
  await shown('recovery-code');
  await code.fill('AAAA-BBBB');
  await press();
  await told();
  await shown('wrong-recovery-code');
  await code.fill(recoveryCodes[0] ?? '');
  await press();
  await desk();

  // Shut out while at the desk.
  await asAdmin('PATCH', ofBen, { disabled: true });
  await told('info');
  await shown('shut-out');
  await toSignIn();
  await signIn();
  await code.fill(codeAt(secret, push(60_000)));
  await press();
  await told();
  await shown('disabled');
  await asAdmin('PATCH', ofBen, { disabled: false });

  // A new password, which is no way around the second factor.
  await openLink(await linkTo(await asAdmin('POST', `${ofBen}/password-link`)));
  await shown('link-password');
  await page.locator('#password').fill('short');
  await press();
  await page.locator('#password-note .problem').waitFor();
  await shown('link-password-refused');
  await page.locator('#password').fill(ben.password);
  await press();
  await told('info');
  await shown('link-password-done');

  // Invited to another account as well.
  const db = openSqlite(server.dataDir);
  const text = await runAccountCommand(db, server.origin, ['add', 'Second merchant']);
  await db.destroy();
  const token = /#link=(\S+)/.exec(text)?.[1] ?? '';
  const other = await RepAccount.make(server.origin, token, olga);
  await openLink(`#link=${await other.invite(server.origin, ben)}`);
  await shown('link-known');
  await page.locator('#password').fill('not the password');
  await press();
  await page.locator('#password-note .problem').waitFor();
  await shown('link-known-refused');

  await guessTooOften(server, ben.email);
  await toSignIn();
  await signIn('not the password');
  await told();
  await shown('too-many-tries');

  // No server.
  await page.context().setOffline(true);
  await page.evaluate(() => {
    location.hash = '#link=any';
  });
  await page.locator('rep-notice button').waitFor();
  await shown('unreachable');
  await page.context().setOffline(false);
}

/** Until whoever tries next is refused at once, since the turns of all that wait are too far away. */
async function guessTooOften(server: TestServer, email: string): Promise<void> {
  const left = new AbortController();
  const refused = Array.from({ length: 2 * allowances.wrongPasswords.burst }, async () => {
    const { status } = await fetch(`${server.origin}/api/rep/sign-in`, {
      ...{ method: 'POST', signal: left.signal },
      headers: { 'content-type': 'application/json', origin: server.origin },
      body: JSON.stringify({ email, password: 'a guess' }),
    });
    if (status !== 429) throw new Error(`answered ${status}`);
  });
  await Promise.any(refused);
  left.abort();
}
