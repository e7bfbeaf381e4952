/** The steps of the first run about the shop: its name and colour, with the button beside, and its languages. */
import type { Page } from 'playwright-core';
import { afterEach, describe, expect, test } from 'vitest';
import type { SiteSheet } from '../../shared/api/sites.ts';
import { violations } from '../support/axe.ts';
import { openBrowser, type Person } from '../support/browser.ts';
import { colour, firstRun, hook, preview, read, signUp, step } from '../support/first-run.ts';
import { outOfSight } from '../support/in-sight.ts';
import { look } from '../support/look.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
const opened: Person[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map(person => person.close()));
  await server.close();
});

async function open(options: Parameters<typeof openBrowser>[1]): Promise<Person> {
  const person = await openBrowser(880, options);
  opened.push(person);
  return person;
}

/** As another window of the owner does. */
async function changeSite(page: Page, change: object): Promise<void> {
  const status = await page.evaluate(async body => {
    const { sites } = (await (await fetch('/api/sites')).json()) as { sites: SiteSheet[] };
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`/api/sites/${sites[0]!.id}`, { method: 'PATCH', headers, body });
    return answer.status;
  }, JSON.stringify(change));
  expect(status).toBe(200);
}

describe('the steps about the shop', () => {
  test('B253 the preview of the button moves nothing when it comes, and nothing is seen in its place before', async () => {
    server = await startTestServer({ workers: 1 });
    const { page } = await open({ locale: 'en-GB' });
    let letCome = () => {};
    const held = new Promise<void>(resolve => {
      letCome = resolve;
    });
    await page.route(/\/preview$/, async route => {
      await held;
      await route.continue();
    });
    await signUp(page, server.setUpLink());
    await step(page, 'shop').waitFor();
    const room = page.locator('rep-appearance-preview');
    await room.locator('iframe').waitFor({ state: 'attached' });
    const places = () =>
      step(page, 'shop')
        .locator('input, label, button, p, rep-appearance-preview')
        .evaluateAll(all =>
          all.map(one => {
            const { x, y, width, height } = one.getBoundingClientRect();
            return [one.localName, x, y, width, height];
          }),
        );
    const before = await places();
    expect((await room.boundingBox())!.height).toBeGreaterThan(100);
    expect(await room.locator('iframe').isVisible()).toBe(false);
    await page.evaluate(() => {
      Object.assign(globalThis, { shifts: [] });
      new PerformanceObserver(list => {
        for (const { value } of list.getEntries() as (PerformanceEntry & { value: number })[])
          (globalThis as unknown as { shifts: number[] }).shifts.push(value);
      }).observe({ type: 'layout-shift' });
    });
    letCome();
    await preview(page).locator('talk-to-us [part=button]').waitFor();
    await expect.poll(() => room.locator('iframe').isVisible()).toBe(true);
    expect(await places()).toEqual(before);
    expect(await page.evaluate(() => (globalThis as unknown as { shifts: number[] }).shifts)).toEqual([]);
  });

  test('B254 without the preview name and colour are set all the same; a colour that is none, and one that somebody else has changed, are told beside it', async () => {
    server = await startTestServer({ workers: 1 });
    const { page } = await open({ locale: 'en-GB' });
    await page.route(/assets\/preview-/, route => route.abort());
    await signUp(page, server.setUpLink());
    await step(page, 'shop').waitFor();
    await page.locator('#field-name').fill('Harbour Mugs');
    await colour(page).fill('reddish');
    await hook(page, 'next').click();
    const problem = step(page, 'shop').locator('[data-field="appearance.accent"] .problem');
    await expect
      .poll(() => problem.textContent())
      .toMatch(/^\s*That is not a colour\. Write one such as #0b7657\.$/);
    expect(await colour(page).evaluate(input => input.matches(':focus'))).toBe(true);
    await changeSite(page, { appearance: { accent: '#0000aa', shape: 'square' } });
    await colour(page).fill('#c2185b');
    expect(await problem.count()).toBe(0);
    await hook(page, 'next').click();
    await expect
      .poll(() => problem.textContent())
      .toMatch(/^\s*Somebody else has changed this since you opened the page\./);
    expect(await colour(page).inputValue()).toBe('#c2185b');
    expect(await page.locator('#field-name').inputValue()).toBe('Harbour Mugs');
    expect(await violations(page)).toEqual([]);
    // Going on again puts it over theirs.
    await hook(page, 'next').click();
    await step(page, 'hours').waitFor();
    const { sites: kept } = await read<{ sites: SiteSheet[] }>(page, '/api/sites');
    expect(kept[0]).toMatchObject({
      ...{ name: 'Harbour Mugs', appearance: { accent: '#c2185b', shape: 'square' } },
    });
    await page.reload();
    await page.locator('[data-go=shop][data-done]').click();
    await step(page, 'shop').waitFor();
    expect(await colour(page).inputValue()).toBe('#c2185b');
  });

  test('B255 the step about languages proposes the owner’s own, lets the button speak that one only, and keeps several that are chosen in the settings', async () => {
    server = await startTestServer({ workers: 1 });
    const { page } = await open({ locale: 'de-AT' });
    await signUp(page, server.setUpLink());
    await step(page, 'shop').waitFor();
    const languagesNow = async () =>
      (await read<{ sites: SiteSheet[] }>(page, '/api/sites')).sites[0]!.languages;
    const main = page.locator('#field-languages-default');
    const only = page.locator('input[value=some]');
    const go = async () => {
      await page.locator('[data-go=language]').click();
      await main.waitFor();
    };
    await go();
    expect(await main.inputValue()).toBe('de');
    expect(await page.locator('input[value=all]').isChecked()).toBe(true);
    await hook(page, 'later').click();
    await step(page, 'people').waitFor();
    // What was only proposed does not count.
    expect(await languagesNow()).toEqual({ allowed: 'all', default: 'en' });
    expect((await firstRun(page)).done).not.toContain('language');
    await go();
    await only.check();
    await main.selectOption('fr');
    await page.getByText('Nur français', { exact: true }).waitFor();
    await look(page, 'first-run-language-only', { whole: true });
    await hook(page, 'next').click();
    await step(page, 'people').waitFor();
    await expect.poll(async () => (await firstRun(page)).done).toContain('language');
    expect(await languagesNow()).toEqual({ allowed: ['fr'], default: 'fr' });

    await changeSite(page, { languages: { allowed: ['de', 'fr'], default: 'fr' } });
    await page.reload();
    await go();
    await page.getByText('Nur Deutsch und français', { exact: true }).waitFor();
    expect(await only.isChecked()).toBe(true);
    await main.selectOption('ar');
    await hook(page, 'next').click();
    await step(page, 'people').waitFor();
    expect(await languagesNow()).toEqual({ allowed: ['de', 'fr', 'ar'], default: 'ar' });
    await go();
    await page.locator('[data-step=language] a').click();
    await page.locator('rep-shop-page').waitFor();
  });

  test.each(['de-DE', 'ar-EG'].flatMap(locale => [740, 400].map(height => [locale, height] as const)))(
    'B258 on a phone, %s, 360 x %i pixels, the button is seen with each part of its colour that has the focus',
    async (locale, height) => {
      server = await startTestServer({ workers: 1 });
      const { page } = await open({
        ...{ locale, viewport: { width: 360, height }, isMobile: true, hasTouch: true },
      });
      await signUp(page, server.setUpLink());
      await step(page, 'shop').waitFor();
      await colour(page).fill('#ffe600');
      await page.locator('.better button').waitFor();
      await preview(page).locator('talk-to-us [part=button]').waitFor();
      const controls = page.locator('.look :is(input, button)');
      expect(await outOfSight(controls, page.locator('rep-appearance-preview .glass'))).toEqual([]);
    },
  );
});
