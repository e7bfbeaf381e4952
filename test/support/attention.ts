/** What the console's attention tests share: shoppers who call, what is shown, and pictures of it. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { violations } from './axe.ts';
import { Shopper } from './people.ts';
import type { TestServer } from './server.ts';
import { until } from './until.ts';

const pictures = 'test-results/screenshots';
export const desktop = { width: 1280, height: 800 };
/** 640 x 400 is what a desktop of 1280 x 800 has at 200 %. */
const sizes = {
  desktop,
  zoomed: { width: 640, height: 400 },
  phone: { width: 390, height: 844 },
  small: { width: 320, height: 568 },
};

/** Shoppers on the shop's page, all gone with `close`. */
export class Callers {
  readonly #shoppers: Shopper[] = [];

  async call(
    server: TestServer,
    name: string,
  ): Promise<{ shopper: Shopper; hangUp: () => Promise<unknown> }> {
    const shopper = await Shopper.arrive(server.origin);
    this.#shoppers.push(shopper);
    const callId = await shopper.call(440, {
      name,
      page: { url: 'https://tideline.example/heron-teapot', title: 'Heron teapot' },
    });
    return { shopper, hangUp: () => shopper.signaling.request('call.hang-up', { callId }) };
  }

  close(): void {
    for (const shopper of this.#shoppers) shopper.close();
  }
}

/** In both colour schemes and every size: no violation, nothing wider than the page; a picture to look at. */
export async function look(page: Page, name: string): Promise<void> {
  await mkdir(pictures, { recursive: true });
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

/** The list of what must not be overlooked. */
export const needs = (page: Page) => page.getByRole('region', { name: 'Needs your attention' });

export const untilTitle = (page: Page, wanted: string) =>
  until(async () => (await page.title()) === wanted, { describe: () => wanted });

/** The address of the tab's icon. */
export const icon = (page: Page) =>
  page.evaluate(() => document.querySelector<HTMLLinkElement>('link[rel=icon]')?.href ?? '');

/** Waits until what has the focus, within whatever shadow roots, has these words. */
export async function untilFocused(page: Page, words: string): Promise<void> {
  let seen = '';
  await until(
    async () => {
      seen = await page.evaluate(() => {
        let active = document.activeElement;
        while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
        return active?.textContent?.trim() ?? '';
      });
      return seen === words;
    },
    { describe: () => seen },
  );
}
