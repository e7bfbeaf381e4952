/** The button as a shop has set it, on pages of the shop. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { SiteSheet } from '../../shared/api/sites.ts';
import type { Appearance } from '../../shared/appearance.ts';
import { plainAppearance } from '../../shared/plain-appearance.ts';
import type { ShopperPage } from '../support/pages.ts';
import { png } from '../support/pictures.ts';
import type { ShopPage } from '../support/shop-page.ts';
import { ShopWithRep } from '../support/shop-with-rep.ts';

let shop: ShopWithRep;
let site: SiteSheet;

beforeAll(async () => {
  shop = await ShopWithRep.open();
  ({
    sites: [site],
  } = await shop.account.read<{ sites: [SiteSheet] }>(shop.server.origin, '/api/sites'));
});
afterEach(async () => {
  await shop.empty();
});
afterAll(() => shop.close());

const set = async (change: Partial<Appearance>) => {
  const appearance = { ...plainAppearance, ...change };
  const answer = await shop.account.ask(shop.server.origin, 'PATCH', `/api/sites/${site.id}`, { appearance });
  expect(answer.status).toBe(200);
};
const upload = async (path: string, picture: Uint8Array) =>
  (await shop.account.ask(shop.server.origin, 'POST', path, picture)).json() as Promise<{ name: string }>;

/** Counts layout shifts and notes each colour and place in which the button is ever seen. */
const watch = `<script>
  globalThis.shifts = 0;
  globalThis.looks = new Set();
  new PerformanceObserver(list => { for (const one of list.getEntries()) shifts += one.value; })
    .observe({ type: 'layout-shift', buffered: true });
  const see = () => {
    const root = document.querySelector('talk-to-us')?.shadowRoot;
    const badge = root?.querySelector('[part=badge]');
    if (badge) looks.add(getComputedStyle(badge).backgroundColor + ' ' + Math.round(badge.getBoundingClientRect().left));
    requestAnimationFrame(see);
  };
  see();
</script>`;
const words = '<main><h1>Mugs</h1><p>Made by hand.</p></main>';

type Seen = { accent: string; on: string; left: number; right: number; bottom: number; radius: string };
const seen = async ({ page }: ShopperPage): Promise<Seen> => {
  await page.locator('talk-to-us [part=button]').waitFor();
  return page.evaluate(() => {
    const root = document.querySelector('talk-to-us')!.shadowRoot!;
    const button = root.querySelector<HTMLElement>('[part=button]')!;
    const badge = getComputedStyle(root.querySelector('[part=badge]')!);
    const { left, right, bottom } = button.getBoundingClientRect();
    return {
      ...{ accent: badge.backgroundColor, on: badge.color, radius: getComputedStyle(button).borderRadius },
      ...{ left, right: innerWidth - right, bottom: innerHeight - bottom },
    };
  });
};
const visit = async (page: ShopPage) => seen(await shop.visit(page));

describe('the button of a shop that has chosen its looks', () => {
  test('B180 it is drawn once, as the shop has set it: it turns from no look into another, and nothing on the page moves', async () => {
    await set({ accent: '#c2185b', place: 'start', side: 32, bottom: 40, shape: 'square' });
    const sam = await shop.visit({ head: watch, body: `${words}<talk-to-us site="demo"></talk-to-us>` });
    const look = await seen(sam);
    expect(look).toEqual({
      ...{ accent: 'rgb(194, 24, 91)', on: 'rgb(255, 255, 255)', radius: '0px' },
      ...{ left: 32, bottom: 40, right: expect.any(Number) },
    });
    await sam.page.waitForLoadState('networkidle');
    const told = await sam.page.evaluate(() => {
      const { shifts, looks } = globalThis as unknown as { shifts: number; looks: Set<string> };
      return { shifts, looks: [...looks] };
    });
    expect(told).toEqual({ shifts: 0, looks: [expect.stringMatching(/^rgb\(194, 24, 91\) 4\d$/)] });
  });

  test('B181 in a page that keeps its place free, a button among the words moves nothing either', async () => {
    await set({ place: 'inline', accent: '#ffd400' });
    const sam = await shop.visit({
      head: `<style>talk-to-us { display: inline-flex; vertical-align: top; min-block-size: 74px }</style>${watch}`,
      body: `${words}<talk-to-us site="demo"></talk-to-us><p>Below it.</p>`,
    });
    expect(await seen(sam)).toMatchObject({ accent: 'rgb(255, 212, 0)', on: 'rgb(0, 0, 0)', left: 8 });
    await sam.page.waitForLoadState('networkidle');
    expect(await sam.page.evaluate(() => (globalThis as unknown as { shifts: number }).shifts)).toBe(0);
  });

  test('B182 what stands on the tag and the custom properties of the page come before what is set', async () => {
    await set({ accent: '#c2185b', place: 'start', shape: 'square', theme: 'dark', side: 60, bottom: 60 });
    const look = await visit({
      head: '<style>talk-to-us { --talk-to-us-accent: oklch(0.9 0.1 100); --talk-to-us-edge: 12px }</style>',
      body: `${words}<talk-to-us site="demo" place="end" shape="pill" theme="light"></talk-to-us>`,
    });
    expect(look).toMatchObject({ accent: 'oklch(0.9 0.1 100)', on: 'rgb(0, 0, 0)', radius: '28px' });
    expect(look).toMatchObject({ right: 12, bottom: 12 });
    const inline = await shop.visit({
      body: `${words}<talk-to-us site="demo" inline theme="auto"></talk-to-us>`,
    });
    expect(await seen(inline)).toMatchObject({ left: 8 });
    expect(await inline.element.getAttribute('data-look')).toBe('light');
    const given = await visit({
      head: '<style>talk-to-us { --talk-to-us-on-accent: rgb(1, 2, 3) }</style>',
      body: '<talk-to-us site="demo"></talk-to-us>',
    });
    expect(given.on).toBe('rgb(1, 2, 3)');
  });

  test('B183 the window opens in the corner of the button, and the picture alone says its words to screen readers', async () => {
    await set({ place: 'start', shape: 'round', side: 24 });
    const sam = await shop.visit({ body: `${words}<talk-to-us site="demo"></talk-to-us>` });
    const button = sam.element.getByRole('button', { name: /Talk to us/ });
    const box = (await button.boundingBox())!;
    expect([box.width, box.height, box.x]).toEqual([56, 56, 24]);
    await shop.talk(sam);
    const panel = (await sam.page.locator('talk-to-us [part=panel]').boundingBox())!;
    expect(panel.x).toBe(24);
    await sam.element.locator('[part=collapse]').click();
    await sam.element.getByRole('button', { name: /Ana/ }).waitFor();
    const small = (await sam.element.locator('[part=button]').boundingBox())!;
    expect(small.width).toBeGreaterThan(100);
    await sam.element.locator('[part=button]').click();
    await shop.hangUp(sam);
  });

  test('B184 the logo stands on the button and the photo of the rep in the talk; a page whose policy forbids them has handset and initials', async () => {
    const { name: logo } = await upload(`/api/images?siteId=${site.id}`, png({ width: 64, height: 64 }));
    await upload('/api/rep/photo', png({ width: 64, height: 64 }, [20, 60, 160]));
    await set({ logo });
    const { origin } = shop.server;
    const policy = (images: string) =>
      `script-src ${origin} 'nonce-a'; style-src 'none'; connect-src ${origin} ${origin.replace('http', 'ws')}; img-src ${images}; default-src 'none'`;
    const page = (images: string) => ({
      headers: { 'content-security-policy': policy(images) },
      body: `${words}<talk-to-us site="demo"></talk-to-us>`,
    });
    const shown = (sam: ShopperPage, part: string) =>
      sam.page.locator(`talk-to-us [part=${part}] img`).evaluate(async image => {
        const picture = image as HTMLImageElement;
        await picture.decode().catch(() => undefined);
        return picture.naturalWidth > 0 && !picture.hidden;
      });
    const allowed = await shop.visit(page(origin));
    await allowed.page.locator('talk-to-us [part=badge] img').waitFor();
    expect(await shown(allowed, 'badge')).toBe(true);
    await shop.talk(allowed);
    await allowed.page.locator('talk-to-us [part=figure] img').waitFor();
    expect(await shown(allowed, 'figure')).toBe(true);
    await shop.hangUp(allowed);

    const forbidden = await shop.visit(page("'none'"));
    await forbidden.page.locator('talk-to-us [part=badge] img[hidden]').waitFor({ state: 'attached' });
    await forbidden.page.locator('talk-to-us [part=badge] svg').waitFor();
    await shop.talk(forbidden);
    await forbidden.page.locator('talk-to-us [part=figure] img[hidden]').waitFor({ state: 'attached' });
    expect(await forbidden.page.locator('talk-to-us [part=figure]').textContent()).toBe('A');
    await shop.hangUp(forbidden);
    await set({});
  });

  test('B185 a server that is slow to say how it looks holds the button back for two seconds at most, and it keeps the look that it was drawn with', async () => {
    await set({ accent: '#c2185b' });
    const sam = await shop.visitor();
    let answer = () => {};
    const held = new Promise<void>(resolve => {
      answer = resolve;
    });
    await sam.page.route('**/availability*', async route => {
      await held;
      await route.continue();
    });
    await sam.page.goto(shop.shop.at('/', { head: watch }));
    expect(await seen(sam)).toMatchObject({ accent: 'rgb(11, 118, 87)' });
    answer();
    await sam.page.locator('talk-to-us[data-reach=open]').waitFor({ state: 'attached' });
    expect(await seen(sam)).toMatchObject({ accent: 'rgb(11, 118, 87)' });
  });
});
