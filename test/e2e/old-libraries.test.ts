/** Shops whose scripts have changed the language itself, as old libraries, polyfills and agents did. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asScript, oldLibraries, ownLanguage } from '../support/old-libraries.ts';
import type { ShopperPage } from '../support/pages.ts';
import { ShopWithRep } from '../support/shop-with-rep.ts';
import { until } from '../support/until.ts';

let shop: ShopWithRep;
let sam: ShopperPage;

beforeAll(async () => {
  shop = await ShopWithRep.open();
  sam = await shop.visitor();
});
afterAll(async () => {
  await shop.empty();
  await shop.close();
});

describe('beside scripts that have changed the language', () => {
  test.each([
    ...Object.entries({ ...oldLibraries, ...ownLanguage }).map(([name, text]) => ({ name, texts: [text] })),
    { name: 'all-at-once', texts: Object.values(oldLibraries) },
  ])('B62 a call goes from click to end, $name', async ({ name, texts }) => {
    await sam.page.goto(shop.shop.at(`/${name}`, { head: asScript(...texts) }));
    await shop.talk(sam);
    await shop.hearBothWays(sam);
    await shop.hangUp(sam);
    await shop.shows(sam, 'ended');
    expect(sam.person.complaints.splice(0)).toEqual([]);
  });

  test('B69 the time of a talk is right where clocks and chance stand still', async () => {
    await sam.page.goto(shop.shop.at('/clocks', { head: asScript(oldLibraries.clocks) }));
    const since = performance.now();
    await shop.talk(sam);
    const timer = sam.page.locator('talk-to-us').getByRole('timer');
    const shown = async () => {
      const [minutes = 0, seconds = 0] = ((await timer.textContent()) ?? '').split(':').map(Number);
      return minutes * 60 + seconds;
    };
    for (const seconds of [1, 3]) {
      await until(async () => (await shown()) >= seconds);
      expect(performance.now() - since).toBeGreaterThan(seconds * 1_000 - 100);
    }

    expect(await sam.page.evaluate(() => [new Date().getFullYear(), performance.now()])).toEqual([2020, 0]);
    await shop.hangUp(sam);
  });
});
