/** Which language the element is in, how that changes, and what happens where its words cannot be had. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { ShopperPage } from '../support/pages.ts';
import { ShopWithRep } from '../support/shop-with-rep.ts';
import { until } from '../support/until.ts';

let shop: ShopWithRep;

beforeAll(async () => {
  shop = await ShopWithRep.open();
});
afterEach(async () => {
  await shop.empty();
});
afterAll(() => shop.close());

const element = '<talk-to-us site="demo"></talk-to-us>';
/** A button that says so, in that direction. */
const says = async (sam: ShopperPage, label: string, tag: string, direction = 'ltr') => {
  const button = sam.page.locator('talk-to-us [part=button]').first();
  await button.locator('[part=label]', { hasText: label }).waitFor();
  expect(await button.getAttribute('lang')).toBe(tag);
  expect(await button.evaluate(one => getComputedStyle(one).direction)).toBe(direction);
};

describe('the element', () => {
  test('L10 follows the nearest `lang` around it, its own first, through shadow trees', async () => {
    const sam = await shop.visit({ lang: 'fr-CA', body: element });
    await says(sam, 'Parlez-nous', 'fr-CA');
    await sam.page.goto(shop.shop.at('/', { lang: 'fr', body: `<main lang="pl">${element}</main>` }));
    await says(sam, 'Porozmawiaj z nami', 'pl');
    const own = element.replace('site', 'lang="de" site');
    await sam.page.goto(shop.shop.at('/', { lang: 'fr', body: `<main lang="pl">${own}</main>` }));
    await says(sam, 'Mit uns sprechen', 'de');
    await sam.page.evaluate(() => {
      const host = document.body.appendChild(document.createElement('div'));
      host.lang = 'it';
      host.attachShadow({ mode: 'open' }).append(document.querySelector('talk-to-us')!.cloneNode());
      document.querySelector('talk-to-us')!.remove();
      host.shadowRoot!.querySelector('talk-to-us')!.removeAttribute('lang');
    });
    await says(sam, 'Parli con noi', 'it');
  });

  test('L10 follows the page where nothing around it names a language that there are words for', async () => {
    const sam = await shop.visit({ lang: 'es', body: `<main lang="tlh">${element}</main>` });
    await says(sam, 'Hable con nosotros', 'es');
  });

  test('L10 follows what the browser’s user reads where the page names no language', async () => {
    const sam = await shop.visitor({ locale: 'nl-BE' });
    await sam.page.goto(shop.shop.at('/', { lang: '' }));
    await says(sam, 'Praat met ons', 'nl-BE');
  });

  test('L10 is in English where nobody names a language that there are words for', async () => {
    const sam = await shop.visitor({ locale: 'is-IS' });
    await sam.page.goto(shop.shop.at('/', { lang: 'is' }));
    await says(sam, 'Talk to us', 'en');
  });

  test('L11 follows a change of language, also in a call and also of the direction', async () => {
    const sam = await shop.visit({ lang: 'de' });
    await says(sam, 'Mit uns sprechen', 'de');
    await shop.talk(sam);
    const hangUp = (name: string) => sam.element.getByRole('button', { name });
    await hangUp('Auflegen').waitFor();
    await sam.page.evaluate(() => {
      document.documentElement.lang = 'ar';
    });
    await hangUp('إنهاء المكالمة').waitFor();
    const panel = sam.page.locator('talk-to-us [part=panel]');
    expect(await panel.getAttribute('lang')).toBe('ar');
    expect(await panel.evaluate(one => getComputedStyle(one).direction)).toBe('rtl');
    const box = (await panel.boundingBox())!;
    expect(box.x).toBeLessThan(100);
    await sam.page.evaluate(() => {
      document.documentElement.lang = 'en';
    });
    await hangUp('Hang up').click();
    await shop.ana.untilWork('idle');
  });

  test('L12 is there at once in English, and never in a language that is not the visitor’s', async () => {
    const sam = await shop.visitor();
    await sam.page.addInitScript(() => {
      const seen = new Set<string>();
      Object.assign(globalThis, { seen });
      const look = () => {
        const label = document
          .querySelector('talk-to-us')
          ?.shadowRoot?.querySelector('[part=label]')?.textContent;
        if (label) seen.add(label.trim());
        requestAnimationFrame(look);
      };
      look();
    });
    await sam.page.goto(shop.shop.at('/', { lang: 'sv' }));
    await says(sam, 'Prata med oss', 'sv');
    expect(await sam.page.evaluate(() => [...(globalThis as unknown as { seen: Set<string> }).seen])).toEqual(
      ['Prata med oss'],
    );
  });

  test('L12 fetches the words of its own language and face only, and none in English before a call', async () => {
    const sam = await shop.visitor();
    const fetched: string[] = [];
    sam.page.on('request', request => {
      const words = /words-(\w+-\w+)-/.exec(request.url())?.[1];
      if (words) fetched.push(words);
    });
    await sam.page.goto(shop.shop.at('/', { lang: 'en' }));
    await says(sam, 'Talk to us', 'en');
    await sam.page.waitForLoadState('networkidle');
    expect(fetched).toEqual([]);
    await sam.page.goto(shop.shop.at('/', { lang: 'cs' }));
    await says(sam, 'Promluvte si s námi', 'cs');
    expect(fetched).toEqual(['button-cs']);
    await sam.element.getByRole('button').hover();
    await until(() => fetched.includes('call-cs'));
    await sam.page.waitForLoadState('networkidle');
    expect(fetched).toEqual(['button-cs', 'call-cs']);
  });

  test('L13 is in English where the words of the language cannot be fetched, and calls work', async () => {
    const sam = await shop.visitor();
    await sam.page.route(/words-\w+-da-/, route => route.abort());
    await sam.page.goto(shop.shop.at('/', { lang: 'da' }));
    await says(sam, 'Talk to us', 'en');
    await shop.talk(sam);
    await shop.hangUp(sam);
  });

  test('L13 is in English after a while where they do not come, and in the language once they do', async () => {
    const sam = await shop.visitor();
    let send = () => {};
    const held = new Promise<void>(resolve => {
      send = resolve;
    });
    await sam.page.route(/words-button-da-/, async route => {
      await held;
      await route.continue();
    });
    await sam.page.goto(shop.shop.at('/', { lang: 'da' }));
    await says(sam, 'Talk to us', 'en');
    send();
    await says(sam, 'Tal med os', 'da');
  });

  test('L13 says that it could not load, and tries again, where no words of a call can be fetched', async () => {
    const sam = await shop.visitor();
    let cut = true;
    await sam.page.route(/words-call-/, route => (cut ? route.abort() : route.continue()));
    await sam.page.goto(shop.shop.at('/', { lang: 'fi' }));
    await sam.element.getByRole('button').click();
    await sam.element.locator('[part=reach]', { hasText: 'Lataus epäonnistui' }).waitFor();
    cut = false;
    await sam.element.getByRole('button').click();
    await shop.shows(sam, 'waiting');
  });

  test('L18 tells the rep the language', async () => {
    const sam = await shop.visit({ lang: 'de-AT' });
    await says(sam, 'Mit uns sprechen', 'de-AT');
    await shop.click(sam);
    const { call } = await shop.ana.untilWork('ringing');
    expect(call.context.language).toBe('de-AT');
    await sam.press('Warteschlange verlassen');
  });

  test('L14 has the merchant’s own label in any language', async () => {
    const sam = await shop.visit({
      lang: 'he',
      body: element.replace('site', 'label="Frag Ana" site'),
    });
    await says(sam, 'Frag Ana', 'he', 'rtl');
    await sam.element.locator('[part=reach]', { hasText: 'אפשר לענות לכם עכשיו' }).waitFor();
  });
});
