/** Shops that change the language, forbid, clip, restyle, translate and cover what is on them. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { ShopperPage } from '../support/pages.ts';
import type { ShopPage } from '../support/shop-page.ts';
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

const visit = (page: ShopPage) => shop.visit(page);
const talk = (sam: ShopperPage) => shop.talk(sam);
const hangUp = (sam: ShopperPage) => shop.hangUp(sam);

/** The words in the window, and the time that it shows in seconds. */
const shownTime = (sam: ShopperPage) =>
  sam.page.evaluate(() => {
    const text = document.querySelector('talk-to-us')?.shadowRoot?.querySelector('[role=timer]')?.textContent;
    const [minutes = 0, seconds = 0] = (text ?? '').split(':').map(Number);
    return minutes * 60 + seconds;
  });

describe('on a page whose scripts have changed the language', () => {
  test('B55 a call goes from click to end beside zone.js', async () => {
    const sam = await visit({ head: '<script src="/npm/zone.js/bundles/zone.umd.js"></script>' });
    await talk(sam);
    await shop.hearBothWays(sam);
    await hangUp(sam);
    expect(sam.person.complaints).toEqual([]);
  });
});

describe('on a page with a strict policy', () => {
  const policy = (names: string) => ({
    headers: { 'content-security-policy': `trusted-types ${names}; require-trusted-types-for 'script'` },
  });

  test('B56 works with Trusted Types where the name of its policy is allowed', async () => {
    const sam = await visit(policy('default dompurify talk-to-us'));
    await talk(sam);
    await hangUp(sam);
    expect(sam.person.complaints).toEqual([]);
  });

  test('B56 says in the console which name is missing', async () => {
    const { page } = await shop.visitor();
    const told: string[] = [];
    page.on('console', message => told.push(message.text()));
    await page.goto(shop.shop.at('/', policy('default dompurify')));
    await until(() => told.some(text => /<talk-to-us> .*trusted-types talk-to-us/.test(text)));
  });
});

describe('on a page with wild looks', () => {
  test('B57 takes over none of the properties that a page hands down, or sets on everything', async () => {
    const sam = await visit({});
    await sam.page.locator('[data-reach=open]').waitFor({ state: 'attached' });
    const changed = await sam.page.evaluate(() => {
      const root = document.querySelector('talk-to-us')!.shadowRoot!;
      const label = root.querySelector('[part=label]')!;
      const all = () => {
        const style = getComputedStyle(label);
        return Object.fromEntries([...style].map(name => [name, style.getPropertyValue(name)]));
      };
      const probe = document.body.appendChild(document.createElement('p'));
      const values = [
        '9px',
        '3',
        'hidden',
        'none',
        'right',
        'pre',
        'rtl',
        'uppercase',
        'wait',
        'red',
        'all',
        'break-all',
      ];
      values.push(
        'small-caps',
        'manual',
        'italic',
        '900',
        'condensed',
        'collapse',
        'inside',
        'square',
        'under',
        'auto',
      );
      values.push(
        'dark',
        '1px 1px 1px red',
        'anywhere',
        'balance',
        'vertical-rl',
        'upright',
        'bevel',
        'round',
        'evenodd',
      );
      values.push(
        '"«" "»"',
        'fantasy',
        'ruby',
        'dot',
        'circle red',
        'stroke',
        'geometricprecision',
        'last',
        'hanging',
      );
      const before = all();
      const leaks: string[] = [];
      let inherited = 0;
      for (const name of getComputedStyle(probe)) {
        for (const value of values) {
          // The page's to decide: a shop hides things, and says which way it is written.
          if (name === 'visibility' || !CSS.supports(name, value)) continue;
          for (const [selector, weight] of [
            ['body', ''],
            ['*', ' !important'],
          ]) {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(`${selector} { ${name}: ${value}${weight} }`);
            document.adoptedStyleSheets = [sheet];
            if (getComputedStyle(probe).getPropertyValue(name) === value) inherited++;
            // What makes the whole page smaller or hides it reaches all that is on it.
            const after = all();
            for (const key of Object.keys(before)) {
              if (
                /size$|width$|height$|^(zoom|perspective|transform)|origin$|inset|^(top|left|right|bottom)$/.test(
                  key,
                )
              )
                continue;
              if (before[key] !== after[key])
                leaks.push(`${selector} ${name}: ${value} -> ${key}: ${after[key]}`);
            }
          }
        }
      }
      document.adoptedStyleSheets = [];
      return { leaks, inherited };
    });
    expect(changed.inherited).toBeGreaterThan(100);
    expect(changed.leaks).toEqual([]);
  });

  test('B58 is drawn above everything, whole, wherever its tag stands', async () => {
    const sam = await visit({
      head: `<style>
        main { transform: scale(0.5); filter: blur(0); overflow: hidden; block-size: 40px; contain: strict; }
        .wall { position: fixed; inset: 0; z-index: 2147483647; background: #fff; }
      </style>`,
      body: '<main><talk-to-us site="demo"></talk-to-us></main><div class="wall"></div>',
    });
    await talk(sam);
    const box = await sam.element.getByRole('dialog').boundingBox();
    expect(box?.width).toBeCloseTo(360, 0);
    await hangUp(sam);
  });

  test('B59 follows the colours of the page and not the system, also when they change', async () => {
    const sam = await visit({
      head: '<style>body { background: #fbf6ea } .night { background: #101418 }</style>',
    });
    await sam.page.emulateMedia({ colorScheme: 'dark' });
    const look = (name: string) =>
      sam.page.locator(`talk-to-us[data-look="${name}"]`).waitFor({ state: 'attached' });
    await look('light');
    await sam.page.evaluate(() => document.body.classList.add('night'));
    await look('dark');
    await sam.page.evaluate(() => document.querySelector('talk-to-us')!.setAttribute('theme', 'light'));
    await look('light');
  });
});

describe('a page that is translated', () => {
  test('B60 goes on telling the time and the state after texts were replaced by the translator', async () => {
    const sam = await visit({});
    await talk(sam);
    await sam.page.evaluate(() => {
      const root = document.querySelector('talk-to-us')!.shadowRoot!;
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      const texts: Text[] = [];
      while (walker.nextNode())
        if (walker.currentNode.nodeValue?.trim()) texts.push(walker.currentNode as Text);
      for (const text of texts) {
        const outer = document.createElement('font');
        outer.appendChild(document.createElement('font')).textContent = text.data;
        text.replaceWith(outer);
      }
    });
    const since = await shownTime(sam);
    await until(async () => (await shownTime(sam)) > since);
    await sam.element.getByRole('button', { name: 'Mute' }).click();
    await sam.element.getByRole('button', { name: 'Unmute' }).waitFor();
    await hangUp(sam);
  });
});

describe('a page that opens modal dialogs in a talk', () => {
  test('B61 keeps the window in reach of mouse and keyboard in nested dialogs, and puts it back', async () => {
    const sam = await visit({
      body: `<talk-to-us site="demo"></talk-to-us>
        <dialog id="one">One <button id="more">More</button></dialog><dialog id="two">Two <button>Deep</button></dialog>`,
    });
    await talk(sam);
    const windowIn = (place: string) =>
      sam.page.locator(`${place} > talk-to-us`).getByRole('button', { name: 'Hang up' }).waitFor();
    const dialog = (id: string, what: 'showModal' | 'close') =>
      sam.page.evaluate(([id, what]) => (document.getElementById(id) as HTMLDialogElement)[what](), [
        id,
        what,
      ] as const);
    await dialog('one', 'showModal');
    await windowIn('#one');
    await dialog('two', 'showModal');
    await windowIn('#two');
    await sam.page.locator('#two > talk-to-us').getByRole('button', { name: 'Mute' }).click();
    await dialog('two', 'close');
    await windowIn('#one');
    const unmute = sam.page.locator('#one > talk-to-us').getByRole('button', { name: 'Unmute' });
    await unmute.focus();
    await sam.page.keyboard.press('Enter');
    await sam.page.locator('#one > talk-to-us').getByRole('button', { name: 'Mute' }).waitFor();
    await dialog('one', 'close');
    await windowIn('body');
    expect(await sam.page.locator('talk-to-us').count()).toBe(1);
    await hangUp(sam);
  });
});
