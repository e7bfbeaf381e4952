/** A person who has a keyboard and nothing else. */
import type { Locator, Page } from 'playwright-core';

/** More stops than any page has on the way. */
const mostStops = 80;

const hasFocus = (target: Locator) =>
  target.evaluate(element => {
    const root = element.getRootNode() as Document | ShadowRoot;
    return root.activeElement === element;
  });

/** Tab by tab, until what is meant has the focus. Fails where the way does not lead there. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let stops = 0; stops < mostStops; stops++) {
    if (await hasFocus(target)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`The key Tab does not lead to ${target}.`);
}

/** Goes there, and presses a key on it. */
export async function pressOn(page: Page, target: Locator, key = 'Enter'): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press(key);
}
