/** What a rep must not overlook, on whatever page of the console: told, in the title and icon, with the way out. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { violations } from '../support/axe.ts';
import { openBrowser, type Person } from '../support/browser.ts';
import { openRep, type RepPage } from '../support/pages.ts';
import { Shopper } from '../support/people.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { until } from '../support/until.ts';

const pictures = 'test-results/screenshots';
const desktop = { width: 1280, height: 800 };
/** 640 x 400 is what a desktop of 1280 x 800 has at 200 %. */
const sizes = {
  desktop,
  zoomed: { width: 640, height: 400 },
  phone: { width: 390, height: 844 },
  small: { width: 320, height: 568 },
};

let server: TestServer;
let person: Person;
let ana: RepPage;
const shoppers: Shopper[] = [];

beforeAll(async () => {
  await mkdir(pictures, { recursive: true });
  server = await startTestServer({ workers: 1 });
  // Whoever waits is still there when all the pictures are taken.
  await server.setQueue({ offerMs: 5_000, noRepExitMs: 3_600_000, wrapUp: { kind: 'none', ms: 1_000 } });
  person = await openBrowser(880, { viewport: desktop, reducedMotion: 'reduce' });
  ana = await openRep(person, server.setUpLink(), 'Ana');
});
afterAll(async () => {
  for (const shopper of shoppers) shopper.close();
  await person.close();
  await server.close();
});

async function calls(name: string): Promise<{ shopper: Shopper; hangUp: () => Promise<unknown> }> {
  const shopper = await Shopper.arrive(server.origin);
  shoppers.push(shopper);
  const callId = await shopper.call(440, {
    name,
    page: { url: 'https://tideline.example/heron-teapot', title: 'Heron teapot' },
  });
  return { shopper, hangUp: () => shopper.signaling.request('call.hang-up', { callId }) };
}

/** In both colour schemes and every size: no violation, nothing wider than the page; a picture to look at. */
async function look(page: Page, name: string): Promise<void> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const [size, viewport] of Object.entries(sizes)) {
      await page.setViewportSize(viewport);
      if (size !== 'zoomed')
        found.push(...(await violations(page)).map(text => `${name}, ${colorScheme}, ${size}: ${text}`));
      await page.screenshot({ path: path.join(pictures, `${name}-${size}-${colorScheme}.png`) });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wide > 0) found.push(`${name}, ${size}: ${wide} px too wide`);
    }
  }
  await page.setViewportSize(desktop);
  await page.emulateMedia({ colorScheme: 'light' });
  expect(found).toEqual([]);
}

const needs = (page: Page) => page.getByRole('region', { name: 'Needs your attention' });
const title = (page: Page, wanted: string) =>
  until(async () => (await page.title()) === wanted, { describe: () => wanted });
const icon = (page: Page) =>
  page.evaluate(() => document.querySelector<HTMLLinkElement>('link[rel=icon]')?.href ?? '');

describe('a rep in the settings', () => {
  test('B90 cannot overlook a missed call, also after a reload, and is available again with one click', async () => {
    const { page } = person;
    await ana.goAvailable();
    const plain = await icon(page);
    await ana.settings('Shop');
    const kim = await calls('Kim');
    const missed = needs(page).getByText('You missed a call from Kim (Sales). They still wait.');
    await missed.waitFor();
    await title(page, '⚠ Missed: Kim · Talk to Us');
    expect(await icon(page)).not.toBe(plain);
    expect(await page.locator('#now').textContent()).toContain('You missed a call from Kim');
    await page.reload();
    await missed.waitFor();
    await title(page, '⚠ Missed: Kim · Talk to Us');
    await look(page, 'settings-missed');
    await server.setQueue({ offerMs: 60_000 });
    await needs(page).getByRole('button', { name: 'Go available again' }).click();
    await page.getByRole('button', { name: 'Answer' }).waitFor();
    await needs(page).waitFor({ state: 'detached' });
    await kim.hangUp();
    await title(page, 'Talk to Us');
    expect(await icon(page)).toBe(plain);
  });

  test('B91 picks up who was missed, without leaving the page', async () => {
    const { page } = person;
    await server.setQueue({ offerMs: 5_000 });
    const kim = await calls('Kim');
    await needs(page).getByRole('button', { name: 'Pick up now: Kim' }).click();
    await kim.shopper.untilState('talking');
    await page.getByRole('region', { name: 'Your call' }).getByText('Kim').waitFor();
    // Taken after all, it is no missed call any more.
    await needs(page).waitFor({ state: 'detached' });
    await ana.press('Hang up');
    await kim.shopper.untilState('ended');
  });
});
