/** What “Is my button live?” says of policies, compared with what a browser does. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allowsConnection, allowsScript, readPolicies } from '../../server/shop-page/content-policy.ts';
import { openBrowser, type Person } from '../support/browser.ts';
import { HttpsShop } from '../support/https-shop.ts';

let shop: HttpsShop;
let person: Person;

beforeAll(async () => {
  shop = await HttpsShop.open();
  person = await openBrowser(440, { ignoreHTTPSErrors: true });
});
afterAll(async () => {
  await person.close();
  await shop.close();
});

/** Whether the browser lets the page do that. Nobody answers at the address; only what the policy says of it is asked. */
const does = (page: Page, what: 'script' | 'connection', to: string) =>
  page.evaluate(
    ({ what, to }) =>
      new Promise<boolean>(resolve => {
        let forbidden = false;
        document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
          if (effectiveDirective === 'img-src') resolve(!forbidden);
          else forbidden = true;
        });
        // Violations are told in their order, later than the error: a sure one comes behind all others.
        const settle = () => {
          new Image().src = 'https://marker.example/';
        };
        if (what === 'script') {
          const script = document.createElement('script');
          script.onerror = script.onload = settle;
          script.src = to;
          document.head.append(script);
        } else if (to.startsWith('wss:')) new WebSocket(to).onerror = settle;
        else fetch(to, { mode: 'no-cors' }).then(settle, settle);
      }),
    { what, to },
  );

/** A second policy, which forbids what nothing here asks for but the end. */
const marker = "img-src 'none'";

const hosts = [
  ...['https://voice.example', 'wss://voice.example', 'voice.example', 'voice.example:443', 'https:', 'wss:'],
  ...['*', "'self'", "'none'", 'https://*.example', 'https://*.voice.example', 'https://voice.example:8443'],
  ...[
    'https://voice.example/talk-to-us.js',
    'https://voice.example/assets/',
    'https://other.example',
    'http:',
  ],
  ...['http://voice.example', 'ws://voice.example'],
];

test('B204 what is told of a policy is what the browser does, for scripts, requests and sockets', async () => {
  const { page } = person;
  const wrong: unknown[] = [];
  for (const host of hosts)
    for (const [what, directive, to] of [
      ['script', 'script-src', 'https://voice.example/talk-to-us.js'],
      ['connection', 'connect-src', 'https://voice.example/'],
      ['connection', 'connect-src', 'wss://voice.example/'],
      ['connection', 'default-src', `${shop.origin.replace('https', 'wss')}/`],
    ] as const) {
      const policy = `${directive} ${host}`;
      const url = new URL(
        shop.at('/policy', {
          html: '<title>Mugs</title>',
          headers: { 'content-security-policy': `${policy}, ${marker}` },
        }),
      );
      await page.goto(url.href);
      const policies = readPolicies(policy, []);
      const told =
        what === 'script'
          ? allowsScript(policies, { src: new URL(to), nonce: '' }, url)
          : allowsConnection(policies, new URL(to), url);
      const done = await does(page, what, to);
      if (told !== done) wrong.push({ policy, to, told, done });
    }
  expect(wrong).toEqual([]);
});
