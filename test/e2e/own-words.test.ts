/** The element in the languages of a shop, with the shop's own words. */
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { SiteSheet } from '../../shared/api/sites.ts';
import { signalingPath } from '../../shared/signaling-path.ts';
import { violations } from '../support/axe.ts';
import { misfits } from '../support/fit.ts';
import type { ShopperPage } from '../support/pages.ts';
import { ShopWithRep } from '../support/shop-with-rep.ts';

let shop: ShopWithRep;
let siteId: string;

const own = {
  de: {
    label: 'Fragen? Rufen Sie an',
    open: 'Frau Ünal ist am Telefon',
    title: 'Blumen Müller (seit 1912)',
    greeting: 'Wir freuen uns auf Sie.',
    privacy: 'Gespräche werden nicht aufgezeichnet.',
  },
  ar: {
    label: 'اتصل بمتجر الزهور',
    open: 'نحن هنا الآن (حتى ٦)',
    title: 'زهور مولر (منذ ١٩١٢)',
    greeting: 'يسعدنا اتصالك.',
    privacy: 'لا نسجّل المكالمات.',
  },
};

beforeAll(async () => {
  shop = await ShopWithRep.open();
  const { sites } = await shop.ana.account.read<{ sites: SiteSheet[] }>(shop.server.origin, '/api/sites');
  siteId = sites[0]!.id;
});
afterEach(async () => {
  await shop.empty();
  await set({ languages: { allowed: 'all', default: 'en' }, words: {} });
});
afterAll(() => shop.close());

const set = (change: Partial<Pick<SiteSheet, 'languages' | 'words'>>) =>
  shop.ana.account.patchSite(shop.server.origin, siteId, change);
const element = '<talk-to-us site="demo"></talk-to-us>';
const part = (sam: ShopperPage, name: string) => sam.page.locator(`talk-to-us [part=${name}]`).first();
const reads = async (sam: ShopperPage, name: string, text: string) =>
  expect.poll(async () => (await part(sam, name).textContent())?.trim(), { timeout: 10_000 }).toBe(text);
/** What the visitor has seen on the button, from the first frame on. */
const watchLabels = (sam: ShopperPage) =>
  sam.page.addInitScript(() => {
    const seen = new Set<string>();
    Object.assign(globalThis, { seen });
    const look = () => {
      const label = document.querySelector('talk-to-us')?.shadowRoot?.querySelector('[part=label]');
      if (label?.textContent) seen.add(label.textContent.trim());
      requestAnimationFrame(look);
    };
    look();
  });
const labelsSeen = (sam: ShopperPage) =>
  sam.page.evaluate(() => [...(globalThis as unknown as { seen: Set<string> }).seen]);

const { PICTURES: pictures } = process.env;
const picture = async (sam: ShopperPage, name: string) => {
  if (pictures) await sam.page.screenshot({ path: path.join(pictures, `${name}.png`) });
};

describe('the shop’s own words', () => {
  test.each([
    ['de-AT', 'de', 'ltr'],
    ['ar', 'ar', 'rtl'],
  ] as const)(
    'L27 on a page in %s the button and the call window say them',
    async (lang, language, direction) => {
      await set({ words: own });
      const words = own[language];
      const sam = await shop.visitor({ viewport: { width: 360, height: 740 } });
      await watchLabels(sam);
      await sam.page.goto(shop.shop.at('/', { lang, body: element }));
      await reads(sam, 'label', words.label);
      await reads(sam, 'reach', words.open);
      expect(await part(sam, 'button').evaluate(one => getComputedStyle(one).direction)).toBe(direction);
      expect(await labelsSeen(sam)).toEqual([words.label]);
      expect(await misfits(sam.page)).toEqual([]);
      await picture(sam, `own-words-${language}-button`);
      let send = () => {};
      const held = new Promise<void>(resolve => {
        send = resolve;
      });
      // What is said while it is calling can be read as long as the call has no words of its own.
      await sam.page.routeWebSocket(
        url => url.pathname === signalingPath,
        socket => {
          const server = socket.connectToServer();
          socket.onMessage(message =>
            String(message).includes('call.start')
              ? void held.then(() => server.send(message))
              : server.send(message),
          );
        },
      );
      await sam.page.reload();
      await part(sam, 'button').click();
      await reads(sam, 'detail', words.greeting);
      await reads(sam, 'title', words.title);
      await sam.page.locator('talk-to-us .footer', { hasText: words.privacy }).waitFor();
      expect(await misfits(sam.page)).toEqual([]);
      await picture(sam, `own-words-${language}-window`);
      expect(await violations(sam.page)).toEqual([]);
      await sam.page.evaluate(() => document.querySelector('talk-to-us')!.setAttribute('theme', 'dark'));
      await picture(sam, `own-words-${language}-window-dark`);
      send();
      await shop.shows(sam, 'waiting');
      await reads(sam, 'title', words.title);
      await part(sam, 'leave').click();
    },
  );

  test('L27 where there are none in a language, ours stand there, and those for every language', async () => {
    await set({ words: { de: own.de, every: { ...own.de, label: '', title: 'Fleurs & Co', open: '' } } });
    const sam = await shop.visit({ lang: 'fr', body: element });
    await reads(sam, 'label', 'Parlez-nous');
    await part(sam, 'button').click();
    await reads(sam, 'title', 'Fleurs & Co');
  });

  test('L28 what is written on the tag, or put into it, goes first', async () => {
    await set({ words: own });
    const sam = await shop.visit({
      lang: 'de',
      body: `<talk-to-us site="demo" label="Vom Etikett" name="Etikett"><p slot="footer">Eigene Fußzeile</p></talk-to-us>`,
    });
    await reads(sam, 'label', 'Vom Etikett');
    await part(sam, 'button').click();
    await reads(sam, 'title', 'Mit Etikett sprechen');
    expect(await sam.page.locator('talk-to-us .footer').isVisible()).toBe(false);
    expect(await sam.page.getByText('Eigene Fußzeile').isVisible()).toBe(true);
  });

  test('L28 they are text: what looks like a tag is shown as it is written', async () => {
    const label = '<b onclick=alert(1)>Hallo & Co</b>';
    await set({ words: { every: { ...own.de, label } } });
    const sam = await shop.visit({ lang: 'de', body: element });
    await reads(sam, 'label', label);
  });
});

describe('the languages of a shop', () => {
  test('L29 a page in a language that the shop does not speak gets the next best that it does, and never sees another', async () => {
    await set({ languages: { allowed: ['nl', 'ar'], default: 'nl' } });
    const sam = await shop.visitor({ locale: 'ar-EG' });
    await watchLabels(sam);
    await sam.page.goto(shop.shop.at('/', { lang: 'fr', body: element }));
    await reads(sam, 'label', 'تحدث إلينا');
    expect(await labelsSeen(sam)).toEqual(['تحدث إلينا']);
  });

  test('L29 where it speaks none of those asked for, it is its main language, in a call too', async () => {
    await set({ languages: { allowed: ['nl', 'ar'], default: 'nl' } });
    const sam = await shop.visitor({ locale: 'en-GB' });
    await watchLabels(sam);
    await sam.page.goto(shop.shop.at('/', { lang: 'fr', body: element }));
    await reads(sam, 'label', 'Praat met ons');
    expect(await labelsSeen(sam)).toEqual(['Praat met ons']);
    await shop.talk(sam);
    await sam.element.getByRole('button', { name: 'Ophangen' }).waitFor();
    const { work } = shop.ana.signaling.view!;
    expect(work).toMatchObject({ call: { context: { language: 'nl' } } });
    await sam.element.getByRole('button', { name: 'Ophangen' }).click();
    await shop.ana.untilWork('idle');
  });

  test('L29 a page that changes its language is answered in it, words of the shop included', async () => {
    await set({ words: own });
    const sam = await shop.visit({ lang: 'ar', body: element });
    await reads(sam, 'label', own.ar.label);
    // An open socket told the shop's words in Arabic; those of the new language come all the same.
    await part(sam, 'button').hover();
    await sam.page.waitForLoadState('networkidle');
    await sam.page.evaluate(() => {
      document.documentElement.lang = 'de';
    });
    await reads(sam, 'label', own.de.label);
    await reads(sam, 'reach', own.de.open);
  });

  test('L30 a button waits for the shop’s words no longer than 4 s, and keeps them while the server is away', async () => {
    await set({ words: own });
    const sam = await shop.visitor();
    let send = () => {};
    const held = new Promise<void>(resolve => {
      send = resolve;
    });
    await sam.page.route(/availability/, async route => {
      await held;
      await route.continue();
    });
    await sam.page.goto(shop.shop.at('/', { lang: 'de', body: element }));
    await reads(sam, 'label', 'Mit uns sprechen');
    send();
    await reads(sam, 'label', own.de.label);
    await sam.page.route(/availability/, route => route.abort());
    await sam.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await sam.page.locator('talk-to-us[data-reach=unknown]').waitFor({ state: 'attached' });
    await reads(sam, 'label', own.de.label);
  });
});
