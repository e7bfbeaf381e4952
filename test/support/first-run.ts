/** The first run, as a browser shows it: found by its hooks, which hold in every language. */
import type { Locator, Page } from 'playwright-core';
import type { FirstRun } from '../../shared/api/first-run.ts';
import type { FirstRunStep } from '../../shared/first-run.ts';

export const password = 'a good long password';

export const step = (page: Page, name: FirstRunStep): Locator => page.locator(`[data-step=${name}]`);
export const hook = (page: Page, name: string): Locator => page.locator(`[data-test=${name}]`);
/** The colour as a code. */
export const colour = (page: Page): Locator => page.locator('#field-appearance-accent');
export const preview = (page: Page) => page.frameLocator('rep-appearance-preview iframe');

/** The colour of the button in the preview, as a code. */
export const drawnIn = (page: Page): Promise<string> =>
  preview(page)
    .locator('talk-to-us [part=badge]')
    .evaluate(badge => {
      const parts = getComputedStyle(badge).backgroundColor.match(/\d+/g) ?? [];
      return `#${parts.map(part => Number(part).toString(16).padStart(2, '0')).join('')}`;
    });

/** What the server says to whoever is signed in there. */
export async function read<T>(page: Page, path: string): Promise<T> {
  return (await page.request.get(new URL(path, page.url()).href)).json() as Promise<T>;
}
export const firstRun = async (page: Page): Promise<FirstRun> =>
  (await read<{ runs: FirstRun[] }>(page, '/api/first-run')).runs[0]!;

/** Like a hand at a mouse, or a finger. */
export const pointer = {
  press: (_: Page, target: Locator) => target.click(),
  choose: (_: Page, target: Locator) => target.check(),
  write: (_: Page, target: Locator, text: string) => target.fill(text),
};
export type Hand = typeof pointer;

/** The first admin, by the one-time link. */
export async function signUp(page: Page, link: string, { press, write }: Hand = pointer): Promise<void> {
  await page.goto(link);
  await write(page, page.locator('#name'), 'Ana');
  await write(page, page.locator('#email'), 'ana@shop.example');
  await write(page, page.locator('#password'), password);
  await press(page, page.locator('form button.primary'));
}
