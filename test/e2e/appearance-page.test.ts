/** An owner chooses how the button looks, in a real browser with the real button beside. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SiteSheet } from '../../shared/api/sites.ts';
import { violations } from '../support/axe.ts';
import { openBrowser, type Person } from '../support/browser.ts';
import { outOfSight } from '../support/in-sight.ts';
import { look } from '../support/look.ts';
import { openRep, type RepPage } from '../support/pages.ts';
import { png, svg } from '../support/pictures.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { until } from '../support/until.ts';

let server: TestServer;
let person: Person;
let ana: RepPage;
/** Where `npm run screenshots` wants the pictures of the documents. */
const { PICTURES: pictures } = process.env;

beforeAll(async () => {
  server = await startTestServer({ workers: 1 });
  person = await openBrowser(880, { locale: 'en-GB' });
  ana = await openRep(person, server.setUpLink(), 'Ana');
  await ana.page.goto(new URL('/rep#settings/shop', ana.page.url()).href);
  await ana.page.getByRole('link', { name: 'How your button looks' }).click();
  await ana.page.getByRole('heading', { level: 1, name: 'Appearance' }).waitFor();
});
afterAll(async () => {
  await person.close();
  await server.close();
});

const frames = ['On a phone', 'On a computer'] as const;
/** In each frame: what the real element shows. */
const shown = (part: string) =>
  frames.map(name => ana.page.frameLocator(`iframe[title="${name}"]`).locator(`talk-to-us [part=${part}]`));
const untilAll = async (part: string, judge: (element: Element) => boolean) => {
  for (const one of shown(part)) {
    await one.waitFor();
    await until(() => one.evaluate(judge));
  }
};
const saved = async (): Promise<SiteSheet> =>
  ana.page.evaluate(async () => (await (await fetch('/api/sites')).json()).sites[0]);

describe('the page about how the button looks', () => {
  test('B186 what is chosen is seen at once on the real button, in each moment of a call, on a light and a dark page, as wide as a phone and a computer', async () => {
    const { page } = ana;
    await untilAll('button', button => getComputedStyle(button).borderRadius === '28px');
    await page.getByLabel('Colour as a code').fill('#c2185b');
    await untilAll('badge', badge => getComputedStyle(badge).backgroundColor === 'rgb(194, 24, 91)');
    await page.getByRole('radio', { name: 'Square' }).check();
    await untilAll('button', button => getComputedStyle(button).borderRadius === '0px');
    await page.getByRole('radio', { name: 'In line' }).check();
    await untilAll('figure', figure => figure.textContent === '2');
    await look(page, 'settings-appearance');
    await page.getByRole('radio', { name: 'Talking' }).check();
    await untilAll('figure', figure => figure.textContent === 'A');
    await page.getByRole('radio', { name: 'Dark page', exact: true }).check();
    await untilAll(
      'panel',
      panel => (panel.getRootNode() as ShadowRoot).host.getAttribute('data-look') === 'dark',
    );
    await page.getByRole('radio', { name: 'Before a call' }).check();
    await page.getByRole('radio', { name: 'Bottom left' }).check();
    await page.getByLabel('Distance from the side').fill('48');
    await untilAll('button', button => Math.round(button.getBoundingClientRect().left) === 48);
    await page.getByRole('radio', { name: 'Light page', exact: true }).check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved. It counts from now on.').waitFor();
    expect((await saved()).appearance).toMatchObject({
      ...{ accent: '#c2185b', shape: 'square', place: 'start', side: 48 },
    });
  });

  test('B187 a colour that is hard to see is told in words, with the nearest that everybody sees, taken by one press', async () => {
    const { page } = ana;
    await page.getByLabel('Colour as a code').fill('#ffe600');
    await page.getByText('On light pages it is hard to see (contrast 1.2, and 3 is needed).').waitFor();
    await page.getByText('On dark pages it is easy to see').waitFor();
    await look(page, 'settings-appearance-contrast', { whole: true });
    const take = page.getByRole('button', { name: /^Use #/ });
    const code = (await take.textContent())!.trim().slice('Use '.length);
    await take.click();
    await page.getByText('On light pages it is easy to see').waitFor();
    expect(await page.getByLabel('Colour as a code').inputValue()).toBe(code);
    await page.getByLabel('Colour as a code').fill('reddish');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('That is not a colour. Write one such as #0b7657.').waitFor();
    expect(await page.evaluate(() => document.activeElement !== document.body)).toBe(true);
    await page.getByRole('button', { name: 'Discard' }).click();
  });

  test('B188 a logo is made small, shown and saved; what is no picture is told in words', async () => {
    const { page } = ana;
    const logo = page.getByLabel('Logo', { exact: true });
    await logo.setInputFiles({ name: 'logo.svg', mimeType: 'image/svg+xml', buffer: svg });
    await page.getByText('That file could not be read as a picture.').waitFor();
    await logo.setInputFiles({
      name: 'logo.png',
      mimeType: 'image/png',
      buffer: png({ width: 640, height: 320 }).subarray(0, 90),
    });
    await page.getByText('That file could not be read as a picture.').waitFor();
    await logo.setInputFiles({
      name: 'small.png',
      mimeType: 'image/png',
      buffer: png({ width: 16, height: 16 }),
    });
    await page.getByText('The picture is too small: at least 32 by 32 pixels.').waitFor();
    await logo.setInputFiles({
      name: 'logo.png',
      mimeType: 'image/png',
      buffer: png({ width: 640, height: 320 }),
    });
    await page.getByAltText('Your logo').waitFor();
    await untilAll('badge', badge => (badge.querySelector('img')?.naturalWidth ?? 0) === 256);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved. It counts from now on.').waitFor();
    const { appearance } = await saved();
    expect(appearance.logo).toMatch(/\.webp$/);
    await page.getByRole('button', { name: 'Use the handset' }).click();
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByAltText('Your logo').waitFor();
  });

  test('B189 what somebody else changed meanwhile is told at its place, shown around the own changes, and replaced by saving again', async () => {
    const { page } = ana;
    const other = await page.context().newPage();
    await page.getByRole('radio', { name: 'Rounded' }).check();
    await other.goto(new URL('/rep', page.url()).href);
    const { id } = await saved();
    const elsewhere = await page.evaluate(
      async siteId =>
        (
          await fetch(`/api/sites/${siteId}`, {
            method: 'PATCH',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ appearance: { shape: 'round', theme: 'dark' } }),
          })
        ).status,
      id,
    );
    expect(elsewhere).toBe(200);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Somebody else has changed this since you opened the page.').waitFor();
    expect(await page.getByRole('radio', { name: 'Always dark' }).isChecked()).toBe(true);
    expect(await page.getByRole('radio', { name: 'Rounded' }).isChecked()).toBe(true);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved. It counts from now on.').waitFor();
    expect((await saved()).appearance).toMatchObject({ shape: 'rounded', theme: 'dark' });
    await other.close();
  });

  test('B190 on a phone of 360 px, and from right to left, nothing is cut off and no rule of accessibility is broken', async () => {
    const { page } = ana;
    await page.setViewportSize({ width: 360, height: 740 });
    const found: string[] = [];
    for (const direction of ['ltr', 'rtl'] as const) {
      await page.evaluate(dir => {
        document.documentElement.dir = dir;
      }, direction);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wide > 0) found.push(`${direction}: ${wide} px too wide`);
      found.push(...(await violations(page)).map(text => `${direction}: ${text}`));
      if (pictures) {
        await mkdir(pictures, { recursive: true });
        const file = path.join(pictures, `settings-appearance-360-${direction}.png`);
        await writeFile(file, await page.screenshot({ fullPage: true }));
      }
    }
    await page.evaluate(() => document.documentElement.removeAttribute('dir'));
    await page.setViewportSize({ width: 1280, height: 800 });
    expect(found).toEqual([]);
  });

  test.each([
    ['as it is', 740],
    ['with a keyboard on it', 400],
  ])(
    'B256 on the screen of a phone, %s, the button stays in sight with each control that has the focus, and nothing covers that; in each direction of writing',
    async (_, height) => {
      const { page } = ana;
      // With what there is to save at the foot of the screen, and all that can be said about a colour.
      await page.getByLabel('Colour as a code').fill('#101010');
      await page.getByRole('button', { name: /^Use #/ }).waitFor();
      await page.setViewportSize({ width: 360, height });
      const controls = page.locator('.preview + div :is(input, button)');
      const preview = page.locator('.preview .glass').first();
      const found: string[] = [];
      for (const direction of ['ltr', 'rtl'] as const) {
        await page.evaluate(dir => {
          document.documentElement.dir = dir;
        }, direction);
        found.push(...(await outOfSight(controls, preview)).map(text => `${direction}: ${text}`));
        if (pictures) {
          await mkdir(pictures, { recursive: true });
          await controls.nth(6).focus();
          const file = path.join(pictures, `settings-appearance-in-sight-${height}-${direction}.png`);
          await writeFile(file, await page.screenshot());
        }
      }
      await page.evaluate(() => document.documentElement.removeAttribute('dir'));
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.getByRole('button', { name: 'Discard' }).click();
      expect(found).toEqual([]);
    },
  );

  test('B257 on a phone moment, page and screen of the preview are chosen beside it', async () => {
    const { page } = ana;
    await page.setViewportSize({ width: 360, height: 740 });
    const [onPhone, onComputer] = shown('panel');
    await page.getByLabel('Moment').selectOption('In line');
    await onPhone!.waitFor();
    await page.getByLabel('Page', { exact: true }).selectOption('Dark page');
    const dark = page.frameLocator('iframe[title="On a phone"]').locator('html[data-scheme=dark]');
    await dark.waitFor({ state: 'attached' });
    expect(await onComputer!.isVisible()).toBe(false);
    await page.getByLabel('Screen', { exact: true }).selectOption('On a computer');
    await onComputer!.waitFor();
    expect(await onPhone!.isVisible()).toBe(false);
    expect(await violations(page)).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 800 });
    expect(await page.getByRole('radio', { name: 'In line' }).isChecked()).toBe(true);
  });
});

test('B191 a rep puts in a photo and takes it out again on “Your account”', async () => {
  const { page } = ana;
  await page.goto(new URL('/rep#account', page.url()).href);
  await page.getByRole('heading', { level: 2, name: 'Your photo' }).waitFor();
  const choose = page.getByLabel('Choose a photo');
  await choose.setInputFiles({ name: 'me.txt', mimeType: 'text/plain', buffer: Buffer.from('me') });
  await page.getByText('That file could not be read as a picture.').waitFor();
  await choose.setInputFiles({
    name: 'me.png',
    mimeType: 'image/png',
    buffer: png({ width: 400, height: 300 }),
  });
  await page.getByText('Your photo is saved.').waitFor();
  const shownAs = page.getByAltText('Your photo, as shoppers see it');
  await until(async () => (await shownAs.evaluate(one => (one as HTMLImageElement).naturalWidth)) === 256);
  expect(await shownAs.evaluate(one => (one as HTMLImageElement).naturalHeight)).toBe(256);
  await look(page, 'account-photo');
  await page.getByRole('button', { name: 'Remove the photo' }).click();
  await page.getByText('Your photo is removed.').waitFor();
  expect(await shownAs.count()).toBe(0);
});
