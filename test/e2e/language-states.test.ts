/** Every language through the states of the element on a small phone, and one that nobody speaks. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Language, languages } from '../../shared/i18n/languages.ts';
import { violations } from '../support/axe.ts';
import { closeShop, openShop, somebody, walk } from '../support/element-states.ts';
import { misfits } from '../support/fit.ts';
import type { ShopperPage } from '../support/pages.ts';
import { servePseudo, untranslated } from '../support/pseudo-locale.ts';
import { ShopWithRep } from '../support/shop-with-rep.ts';

const narrow = { width: 320, height: 640 };
/** Where `npm run screenshots` wants the pictures of the documents. */
const { PICTURES: pictures } = process.env;

let shop: ShopWithRep;

beforeAll(async () => {
  shop = await ShopWithRep.open();
});
afterEach(async () => {
  await shop.empty();
});
afterAll(() => shop.close());

const page = (lang: Language) => ({
  lang,
  head: '<meta name="viewport" content="width=device-width, initial-scale=1">',
  body: '<main><h1>Mugs</h1><talk-to-us site="demo" name="Tideline"></talk-to-us></main>',
});

/** The whole element is in that language. */
async function show(sam: ShopperPage, language: Language): Promise<void> {
  await sam.page.evaluate(lang => {
    document.documentElement.lang = lang;
  }, language);
  await sam.page.waitForFunction(lang => {
    const root = document.querySelector('talk-to-us')?.shadowRoot;
    const shown = [...(root?.querySelectorAll('[lang]') ?? [])];
    return shown.length > 0 && shown.every(one => one.getAttribute('lang') === lang);
  }, language);
}

describe('on a screen of 320 px', () => {
  test('L15 a pseudo-locale goes through every state: nothing is cut off, nothing untranslated, also mirrored', async () => {
    const sam = await shop.visitor({ viewport: narrow });
    // In their places, since nobody who shops is sent a language that nobody speaks.
    await servePseudo(sam.page, 'fi');
    await servePseudo(sam.page, 'he', { mirrored: true });
    await sam.page.goto(shop.shop.at('/', page('fi')));
    const found: string[] = [];
    const seen: string[] = [];
    await walk(shop, sam, async name => {
      seen.push(name);
      for (const language of ['fi', 'he'] as const) {
        await show(sam, language);
        // What people and the shop are called, and the initial of one.
        const words = (await untranslated(sam.page, ['Ana', 'Tideline'])).filter(text => text !== 'A');
        const wrong = [...(await misfits(sam.page)), ...words.map(text => `untranslated: ${text}`)];
        found.push(...wrong.map(text => `${name}, ${language}: ${text}`));
        if (pictures) {
          await mkdir(pictures, { recursive: true });
          await sam.page.screenshot({ path: path.join(pictures, `pseudo-${name}-${language}.png`) });
        }
      }
    });
    expect(found).toEqual([]);
    expect(seen.length).toBeGreaterThan(15);
  });

  test('L16 no state keeps anybody out in Arabic, which is mirrored', async () => {
    const sam = await shop.visit(page('ar'));
    await sam.page.setViewportSize(narrow);
    const found: string[] = [];
    await walk(shop, sam, async name => {
      await show(sam, 'ar');
      const wrong = [...(await misfits(sam.page)), ...(await violations(sam.page))];
      found.push(...wrong.map(text => `${name}: ${text}`));
      if (pictures) await sam.page.screenshot({ path: path.join(pictures, `arabic-${name}.png`) });
    });
    expect(found).toEqual([]);
  });

  test('L17 in each language the main states fit, and are in its direction', async () => {
    const sam = await shop.visit(page('en'));
    await sam.page.setViewportSize(narrow);
    const found: string[] = [];
    const tiles = new Map<Language, Buffer[]>(languages.map(language => [language, []]));
    const inAll = async (name: string, part: 'button' | 'panel') => {
      for (const language of languages) {
        await show(sam, language);
        const shown = sam.page.locator(`talk-to-us [part=${part}]`);
        const direction = await shown.evaluate(one => getComputedStyle(one).direction);
        const wanted = language === 'ar' || language === 'he' ? 'rtl' : 'ltr';
        const wrong = [...(await misfits(sam.page)), ...(direction === wanted ? [] : [direction])];
        found.push(...wrong.map(text => `${name}, ${language}: ${text}`));
        if (pictures) tiles.get(language)!.push(await shown.screenshot());
      }
    };
    const busy = await somebody(shop, 587);
    await shop.ana.answer();
    const first = await somebody(shop, 659);
    await sam.page.reload();
    await sam.page.locator('talk-to-us[data-reach=busy]').waitFor({ state: 'attached' });
    await inAll('busy', 'button');
    await sam.element.locator('[part=button]').click();
    await shop.shows(sam, 'waiting');
    await inAll('waiting', 'panel');
    await first.leave();
    await busy.leave();
    await shop.ana.answer();
    await shop.shows(sam, 'talking');
    await inAll('talking', 'panel');
    await sam.element.locator('[part=hang-up]').click();
    await shop.ana.untilWork('idle');
    await closeShop(shop.server);
    await sam.page.reload();
    await sam.page.locator('talk-to-us[data-reach=closed]').waitFor({ state: 'attached' });
    await sam.element.locator('[part=button]').click();
    await sam.element.locator('[part=again]').waitFor();
    await inAll('closed', 'panel');
    await openShop(shop.server);
    expect(found).toEqual([]);
    if (pictures) await sheet(sam, tiles);
  });
});

/** All pictures of all languages in one. */
async function sheet({ page }: ShopperPage, tiles: ReadonlyMap<Language, Buffer[]>): Promise<void> {
  const named = new Intl.DisplayNames('en', { type: 'language' });
  const rows = [...tiles].map(([language, images]) => {
    const shown = images.map(image => `<img src="data:image/png;base64,${image.toString('base64')}">`);
    return `<section><h2>${named.of(language)}</h2><div>${shown.join('')}</div></section>`;
  });
  await page.setViewportSize({ width: 1600, height: 900 });
  await page.setContent(`<style>
    body { margin: 16px; display: grid; grid-template-columns: 1fr 1fr; gap: 16px 24px; font: 14px sans-serif; background: #dfe7e2; }
    h2 { margin: 0 0 6px; font-size: 15px; } div { display: flex; align-items: end; gap: 8px; } img { zoom: 0.58; }
  </style>${rows.join('')}`);
  await mkdir(pictures!, { recursive: true });
  await writeFile(path.join(pictures!, 'languages.png'), await page.screenshot({ fullPage: true }));
}
