/** The settings about calls, changes, customers' data, reachability and the team in other languages, on a small phone. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { QueueSheet } from '../../shared/api/queues.ts';
import { languages } from '../../shared/i18n/languages.ts';
import type { CallId } from '../../shared/ids.ts';
import { violations } from '../support/axe.ts';
import { openBrowser, type Person } from '../support/browser.ts';
import { misfits } from '../support/fit.ts';
import { leftInEnglish } from '../support/left-in-english.ts';
import { RepPage } from '../support/pages.ts';
import { Rep, Shopper } from '../support/people.ts';
import { servePseudoConsole, untranslatedIn } from '../support/pseudo-console.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const narrow = { width: 360, height: 740 };
/** Where `npm run screenshots` wants the pictures of the documents. */
const { PICTURES: pictures } = process.env;

let server: TestServer;
let person: Person;
let ana: RepPage;
/** The call that was answered. */
let callId: CallId;

beforeAll(async () => {
  server = await startTestServer({ workers: 1 });
  const account = await server.addRep('Ana');
  const ben = await Rep.signIn(server.origin, await server.addRep('Ben'));
  await server.setQueue({ wrapUp: { kind: 'none', ms: 1_000 } });
  const lee = await Shopper.arrive(server.origin);
  await expect(lee.call(440, { name: 'Lee' })).rejects.toThrow('no-rep');
  await ben.goAvailable(880);
  callId = await lee.call(440, {
    name: 'Lee',
    page: { url: 'https://tideline.example/mug', title: 'Mug' },
    cart: { items: [{ name: 'Mug', quantity: 2, price: '€28.00' }], total: '€28.00' },
  });
  await ben.answer();
  await lee.signaling.request('leg.quality', { rttMs: 40, jitterMs: 5, lossPercent: 0 });
  await ben.signaling.request('leg.quality', { rttMs: 700, jitterMs: 80, lossPercent: 12 });
  await ben.signaling.request('call.hang-up', { callId });
  await ben.untilWork('idle');
  const mia = await Shopper.arrive(server.origin);
  const missed = await mia.call(523, {});
  await ben.untilWork('ringing');
  await ben.signaling.request('caller.block', {
    ...{ callId: missed, by: ['shopper', 'network'], forMs: null, reason: '1 2 3' },
  });
  for (const one of [lee, mia, ben]) one.close();

  const asAna = async (method: string, where: string, body: unknown) => {
    const answer = await account.ask(server.origin, method, where, body);
    if (!answer.ok) throw new Error(`${where}: ${await answer.text()}`);
  };
  await asAna('POST', '/api/team/invitations', { name: 'Kim', email: 'kim@shop.example', role: 'rep' });
  const { queues } = await account.read<{ queues: QueueSheet[] }>(server.origin, '/api/queues');
  await asAna('POST', '/api/queues', { siteId: queues[0]!.siteId, name: 'Returns' });
  const day = [{ from: '09:00', to: '17:00' }];
  const none = { tuesday: [], wednesday: [], thursday: [], friday: [], saturday: [], sunday: [] };
  const holidays = [{ date: '2026-12-24', name: 'Yule', open: day }];
  const hours = { timeZone: 'Europe/Oslo', week: { monday: day, ...none }, holidays, closures: [] };
  await asAna('PATCH', `/api/queues/${queues[0]!.id}`, { settings: { hours, offerMs: 30_000 } });
  await asAna('PATCH', `/api/queues/${queues[0]!.id}`, {
    settings: { hours: { ...hours, week: { monday: [], ...none } } },
  });
  const { status } = await fetch(`${server.origin}/api/sites/demo/availability`, {
    headers: { origin: 'https://shop.example' },
  });
  expect(status).toBe(403);

  person = await openBrowser(880, { viewport: narrow });
  ana = new RepPage(person);
  await person.page.goto(`${server.origin}/rep`);
  await person.page.getByLabel('E-mail').fill(account.person.email);
  await person.page.getByLabel('Password', { exact: true }).fill(account.person.password);
  await ana.press('Sign in');
  await person.page.getByRole('button', { name: 'Go available' }).waitFor();
});
afterAll(async () => {
  await person?.close();
  await server?.close();
});

/** The console is in that language from now on. */
async function speak(language: string): Promise<void> {
  await person.page.evaluate(chosen => {
    const key = 'talk-to-us.rep';
    const remembered = JSON.parse(localStorage.getItem(key) ?? '{}') as object;
    localStorage.setItem(key, JSON.stringify({ ...remembered, language: chosen }));
  }, language);
  await person.page.reload();
  await person.page.locator(`html[lang^=${language}]`).waitFor();
}

/** Each page with all that is in it unfolded. @param shown called with its element and a name, while it is shown */
async function walk(shown: (page: string, name: string) => Promise<void>): Promise<void> {
  const { page } = person;
  const open = async (at: string, element: string, name = at) => {
    await page.evaluate(hash => {
      location.hash = hash;
    }, `#settings/${at}`);
    await page.locator(`${element} h1`).waitFor();
    await page.locator(`${element} .spinner`).waitFor({ state: 'detached' });
    for (const folded of await page.locator(`${element} summary`).all()) await folded.click();
    await shown(element, name);
  };
  await open('calls', 'rep-calls-page');
  await page.locator('rep-calls-page input[type=search]').fill('zz');
  await page.locator('rep-calls-page form button').click();
  await page.locator('rep-calls-page .none').waitFor();
  await shown('rep-calls-page', 'calls-not-found');
  await open(`calls/${callId}`, 'rep-call-page', 'call');
  await open('blocks', 'rep-blocks-page');
  await open('changes', 'rep-changes-page');
  await open('privacy', 'rep-privacy-page');
  await page.locator('rep-privacy-page #value').fill('Lee');
  await page.locator('rep-privacy-page form .primary').click();
  await page.locator('rep-privacy-page .stop').click();
  await page.locator('rep-confirm dialog[open]').waitFor();
  await shown('rep-privacy-page, rep-confirm', 'privacy-forget');
  await page.keyboard.press('Escape');
  await open('reach', 'rep-reach-page');
  await open('team', 'rep-team-page');
  await page.locator('rep-team-page .manage').click();
  await page.locator('rep-member-actions').waitFor();
  await page.locator('rep-invitation input#name').fill('Mia');
  await page.locator('rep-invitation input#email').fill('mia@shop.example');
  await shown('rep-team-page', 'team-managed');
}

async function picture(name: string): Promise<void> {
  if (!pictures) return;
  await mkdir(pictures, { recursive: true });
  const { page } = person;
  await page.screenshot({ path: path.join(pictures, `settings-${name}.png`), fullPage: true });
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.screenshot({ path: path.join(pictures, `settings-${name}-desktop.png`), fullPage: true });
  await page.setViewportSize(narrow);
}

test.each([
  ['de', 'ltr'],
  ['ar', 'rtl'],
] as const)(
  'B250 pages about calls, blocked callers, changes, customers’ data, reachability and team fit on 360 px in %s, and keep nobody out',
  async (language, direction) => {
    await speak(language);
    expect(await person.page.locator('html').getAttribute('dir')).toBe(direction);
    const found: string[] = [];
    const seen: string[] = [];
    await walk(async (_, name) => {
      seen.push(name);
      const wrong = [...(await misfits(person.page)), ...(await violations(person.page))];
      found.push(...wrong.map(text => `${name}: ${text}`));
      await picture(`${name}-${language}`);
    });
    expect(found).toEqual([]);
    expect(seen).toHaveLength(10);
  },
);

test.each(['fr', 'es'])(
  'L74 these pages fit on 360 px in %s too, and nothing is left in English',
  async language => {
    await speak(language);
    const found: string[] = [];
    await walk(async (within, name) => {
      const english = await leftInEnglish(person.page.locator(within), language);
      const wrong = [...(await misfits(person.page)), ...english.map(text => `in English: ${text}`)];
      found.push(...wrong.map(text => `${name}: ${text}`));
      await picture(`${name}-${language}`);
    });
    expect(found).toEqual([]);
  },
);

test('B251 in a pseudo-locale nothing on these pages is untranslated or cut off on 360 px, also mirrored', async () => {
  // German has its dates in figures, Arabic its words in other letters: what has ASCII letters is untranslated.
  await servePseudoConsole(person.page, 'de');
  await servePseudoConsole(person.page, 'ar', { mirrored: true });
  // What people and things are called, and what `Intl` writes in German.
  const weekday = new Intl.DateTimeFormat('de', { weekday: 'short' });
  const names = [
    ...['Ana', 'Ben', 'Kim', 'Lee', 'Mug', 'Sales', 'Returns', 'Demo shop', 'Yule', 'Europe/Oslo'],
    ...['ana@shop.example', 'ben@shop.example', 'kim@shop.example', 'https://shop.example'],
    ...['https://shop.example/', '20 Sekunden', '30 Sekunden'],
    // A language is called by its own name.
    ...languages.map(one => new Intl.DisplayNames(one, { type: 'language' }).of(one) ?? one),
    ...[1, 2, 3, 4, 5, 6, 7].map(day => weekday.format(new Date(2026, 0, day))),
  ].toSorted((a, b) => b.length - a.length);
  const found: string[] = [];
  for (const language of ['de', 'ar']) {
    await speak(language);
    await walk(async (within, name) => {
      const wrong = [
        ...(await misfits(person.page)),
        ...(await untranslatedIn(person.page.locator(within), names, 'English')).map(
          text => `untranslated: ${text}`,
        ),
      ];
      found.push(...wrong.map(text => `${name}, ${language}: ${text}`));
      await picture(`pseudo-${name}-${language}`);
    });
  }
  expect(found).toEqual([]);
});

test('B252 in Arabic the pages are mirrored, and in pictures of time the hours run from left to right all the same', async () => {
  await person.page.unrouteAll();
  await speak('ar');
  const sides = (selector: string) =>
    person.page.locator(selector).evaluateAll(all => all.map(one => one.getBoundingClientRect().left));
  const ascending = (values: number[]) => values.toSorted((a, b) => a - b);
  await walk(async (within, name) => {
    expect(
      await person.page
        .locator(within)
        .first()
        .evaluate(one => getComputedStyle(one).direction),
    ).toBe('rtl');
    if (name === 'calls') {
      const hours = await sides('rep-calls-page .unmet thead th');
      expect(hours).toHaveLength(24);
      expect(hours).toEqual(ascending(hours));
    }
    if (name === 'call') {
      const ends = await sides('rep-call-page .quality time');
      expect(ends).toHaveLength(2);
      expect(ends).toEqual(ascending(ends));
    }
  });
});
