/** Looks at one state of a page as people may see it: on several screens, in either colour scheme. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { violations } from './axe.ts';

/** Where `npm run screenshots` wants a picture of every state on every screen in both schemes; else none is taken. */
const { PICTURES: pictures } = process.env;

const screens = {
  desktop: { width: 1280, height: 800 },
  phone: { width: 390, height: 844 },
  narrow: { width: 1024, height: 768 },
  /** What a desktop of 1280 x 800 has at 200 %. */
  zoomed: { width: 640, height: 400 },
  small: { width: 320, height: 568 },
};
type Screen = keyof typeof screens;
const schemes = ['light', 'dark'] as const;

/** Each screen and each scheme once; the rules of axe take a second. */
const pairs: [Screen, (typeof schemes)[number]][] = [
  ['desktop', 'light'],
  ['phone', 'dark'],
];

/**
 * No violation of accessibility in either colour scheme, on a desk and on a phone, and nothing wider than any screen.
 * The page is then on the screen that it was on before, in light colours.
 *
 * @param whole the picture shows the whole page
 */
export async function look(page: Page, name: string, { whole = false } = {}): Promise<void> {
  const found: string[] = [];
  const before = page.viewportSize();
  for (const screen of Object.keys(screens) as Screen[])
    for (const colorScheme of schemes) {
      const judged = pairs.some(([one, scheme]) => one === screen && scheme === colorScheme);
      if (!judged && !pictures && colorScheme === 'dark') continue;
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(screens[screen]);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wide > 0) found.push(`${name}, ${screen}: ${wide} px too wide`);
      for (const moving of await endlessAnimations(page))
        found.push(`${name}, ${screen}: ${moving} moves although that is not wanted`);
      if (judged)
        found.push(...(await violations(page)).map(text => `${name}, ${colorScheme}, ${screen}: ${text}`));
      if (pictures) await picture(page, `${name}-${screen}-${colorScheme}.png`, whole);
    }
  if (before) await page.setViewportSize(before);
  await page.emulateMedia({ colorScheme: 'light' });
  expect(found).toEqual([]);
}

async function picture(page: Page, name: string, whole: boolean): Promise<void> {
  if (!pictures) return;
  await mkdir(pictures, { recursive: true });
  await page.screenshot({ path: path.join(pictures, name), fullPage: whole });
}

/** The names of all animations that go on for ever, in shadow trees too. */
export function endlessAnimations(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found = new Set<string>();
    const search = (root: Document | ShadowRoot) => {
      for (const animation of root.getAnimations())
        if (animation.effect?.getTiming().iterations === Number.POSITIVE_INFINITY)
          found.add((animation as CSSAnimation).animationName);
      for (const { shadowRoot } of root.querySelectorAll('*')) if (shadowRoot) search(shadowRoot);
    };
    search(document);
    return [...found];
  });
}
