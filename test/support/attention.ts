/** What the console's attention tests share: shoppers who call, what is shown. */
import type { Page } from 'playwright-core';
import { Shopper } from './people.ts';
import type { TestServer } from './server.ts';
import { until } from './until.ts';

export const desktop = { width: 1280, height: 800 };

/** Shoppers on the shop's page, all gone with `close`. */
export class Callers {
  readonly #shoppers: Shopper[] = [];

  async call(
    server: TestServer,
    name: string,
  ): Promise<{ shopper: Shopper; hangUp: () => Promise<unknown>; browse: () => Promise<unknown> }> {
    const shopper = await Shopper.arrive(server.origin);
    this.#shoppers.push(shopper);
    const context = {
      name,
      page: { url: 'https://tideline.example/heron-teapot', title: 'Heron teapot' },
    };
    const callId = await shopper.call(440, context);
    return {
      shopper,
      hangUp: () => shopper.signaling.request('call.hang-up', { callId }),
      browse: () => shopper.signaling.request('call.context', { context }),
    };
  }

  close(): void {
    for (const shopper of this.#shoppers) shopper.close();
  }
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
