/** Getting in: with a code, a recovery code, or at the sign-in provider; and the same without barriers. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeAt } from '../support/authenticator.ts';
import { openBrowser, type Person } from '../support/browser.ts';
import { look } from '../support/look.ts';
import { startProvider, type TestProvider } from '../support/oidc-provider.ts';
import { openRep, type RepPage } from '../support/pages.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const email = 'ana@shop.example';
const password = 'a good long password';

let provider: TestProvider;
let server: TestServer;
let browser: Person;
let ana: RepPage;
let page: Page;
let origin: string;
/** What the authenticator app was told, and the codes that were kept. */
let secret: string;
let recoveryCodes: string[];
/** A code works once, so time goes on between two. */
let passedMs = 0;
const now = () => Date.now() + passedMs;

const nextCode = () => {
  passedMs += 60_000;
  return codeAt(secret, now());
};
const ask = (method: string, path: string, body: object = {}) =>
  page.evaluate(
    async ([method = '', path = '', body = '']) => {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(path, { method, ...(method === 'GET' ? {} : { headers, body }) });
      return (await answer.json()) as Record<string, unknown>;
    },
    [method, path, JSON.stringify(body)],
  );
const askOfEverybody = async (twoFactor: 'optional' | 'required') =>
  ask('PUT', '/api/team/settings', { ...(await ask('GET', '/api/team/settings')), twoFactor });
const toSignIn = async () => {
  await ask('POST', '/api/rep/sign-out');
  await page.goto(`${origin}/rep`);
  await page.getByRole('heading', { name: 'Welcome back' }).waitFor();
};
const typePassword = async () => {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await ana.press(/^Sign in$/);
};
const atTheDesk = () => page.getByRole('button', { name: 'Go available' }).waitFor();
const readSetUp = async () => {
  await page.getByRole('heading', { name: 'Scan this with your authenticator app' }).waitFor();
  secret = ((await page.locator('rep-two-factor code').textContent()) ?? '').replaceAll(' ', '');
  expect(
    await page.locator('rep-two-factor img').evaluate((img: HTMLImageElement) => img.naturalWidth),
  ).not.toBe(0);
};
const readCodes = async () => {
  await page.getByRole('heading', { name: 'Keep your recovery codes' }).waitFor();
  recoveryCodes = await page.locator('rep-two-factor .codes code').allInnerTexts();
  expect(new Set(recoveryCodes).size).toBe(10);
};

beforeAll(async () => {
  provider = await startProvider();
  const { issuer, clientId, clientSecret, name } = provider.settings;
  server = await startTestServer({
    workers: 1,
    now,
    environment: {
      ...{ OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId },
      ...{ OIDC_CLIENT_SECRET: clientSecret, OIDC_NAME: name },
    },
  });
  browser = await openBrowser(440, { viewport: { width: 1280, height: 800 } });
  ({ page } = browser);
  ana = await openRep(browser, server.setUpLink(), 'Ana');
  ({ origin } = new URL(page.url()));
  provider.open(`${origin}/api/rep/oidc/return`);
});
afterAll(async () => {
  await browser.close();
  await server.close();
  await provider.close();
});

describe('getting in', () => {
  test('B170 where the team asks for it, who signs in sets up a code first, and signs in with one from then on', async () => {
    await askOfEverybody('required');
    await toSignIn();
    await typePassword();
    await page.getByRole('heading', { name: 'One more step' }).waitFor();
    await readSetUp();
    expect(await page.locator('rep-two-factor h2').evaluate(heading => heading.matches(':focus'))).toBe(true);
    await look(page, 'console-two-factor-scan', { whole: true });
    await page.getByLabel('Code the app shows').fill('000000');
    await ana.press('Switch on');
    await page.getByRole('alert').filter({ hasText: 'That code is not right' }).waitFor();
    await page.getByLabel('Code the app shows').fill(nextCode());
    await ana.press('Switch on');
    await readCodes();
    await look(page, 'console-two-factor-codes', { whole: true });
    await ana.press('I’ve kept them');
    await atTheDesk();

    await toSignIn();
    await typePassword();
    await page.getByRole('heading', { name: 'Enter your code' }).waitFor();
    await look(page, 'console-sign-in-code');
    const code = page.getByLabel('Code', { exact: true });
    expect(await code.evaluate(input => input.matches(':focus'))).toBe(true);
    await code.fill('000000');
    await ana.press(/^Sign in$/);
    await page.getByRole('alert').filter({ hasText: 'That code is not right' }).waitFor();
    await look(page, 'console-sign-in-wrong-code');
    await code.fill(nextCode());
    await code.press('Enter');
    await atTheDesk();

    await toSignIn();
    await typePassword();
    await ana.press('Use a recovery code');
    await page.getByLabel('Recovery code').fill(recoveryCodes[0] ?? '');
    await ana.press(/^Sign in$/);
    await atTheDesk();
  });

  test('B171 two-factor sign-in is moved to another phone, given new recovery codes, and switched off', async () => {
    // In the document of the sign-in, which has the element.
    await page.evaluate(() => {
      const main = document.createElement('main');
      const heading = document.createElement('h1');
      heading.textContent = 'Your account';
      main.append(heading, document.createElement('rep-two-factor'));
      document.body.replaceChildren(main);
    });
    await page.getByText('9 recovery codes are left').waitFor();
    await page.getByText('it can’t be switched off').waitFor();
    await look(page, 'console-two-factor-on');
    const type = (word: string) => page.getByLabel('Your password').fill(word);
    await type('not the password');
    await ana.press('New recovery codes');
    await page.getByRole('alert').filter({ hasText: 'That is not your password' }).waitFor();
    await type(password);
    await ana.press('New recovery codes');
    const before = recoveryCodes;
    await readCodes();
    expect(recoveryCodes.filter(code => before.includes(code))).toEqual([]);
    await ana.press('I’ve kept them');
    await page.getByText('10 recovery codes are left').waitFor();
    await type(password);
    await ana.press('Set up another phone');
    const old = secret;
    await readSetUp();
    expect(secret).not.toBe(old);
    await page.getByLabel('Code the app shows').fill(nextCode());
    await ana.press('Switch on');
    await readCodes();
    await askOfEverybody('optional');
    await ana.press('I’ve kept them');
    await type(password);
    await ana.press('Switch off');
    await page.getByRole('button', { name: 'Set it up' }).waitFor();
    await look(page, 'console-two-factor-off');
    await toSignIn();
    await typePassword();
    await atTheDesk();
  });

  test('B172 one click signs in by the provider, and whom nobody invited is told what to do', async () => {
    await toSignIn();
    const way = page.getByRole('link', { name: 'Sign in with Tideline ID' });
    await way.waitFor();
    await look(page, 'console-sign-in-provider');
    provider.person.claims = { email: 'eve@shop.example', email_verified: true };
    await way.click();
    await page.getByRole('alert').filter({ hasText: 'Ask your admin to invite you' }).waitFor();
    expect(page.url()).toBe(`${origin}/rep`);
    await look(page, 'console-sign-in-not-invited');
    provider.person.subject = 'ana';
    provider.person.claims = { email, email_verified: true };
    await way.click();
    await atTheDesk();
    expect(page.url()).toBe(`${origin}/rep`);
    await page.reload();
    await atTheDesk();
    // A browser complains of each refusal, of which there were some.
    expect(browser.complaints.filter(text => !text.includes('status of 401'))).toEqual([]);
  });
});
