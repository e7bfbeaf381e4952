/** Two tabs of a shop that are clicked at the same instant. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ShopperPage } from '../support/pages.ts';
import { ShopWithRep } from '../support/shop-with-rep.ts';

let shop: ShopWithRep;

beforeAll(async () => {
  shop = await ShopWithRep.open();
});
afterAll(async () => {
  await shop.empty();
  await shop.close();
});

test('B115 two tabs that are clicked at the same instant make one call, which both show and control', async () => {
  const one = await shop.visit({});
  const two = new ShopperPage(await one.person.another());
  await two.page.goto(one.page.url());
  const tabs = [one, two];
  for (const first of tabs) {
    const second = first === one ? two : one;
    // All that a click waits for is ready.
    for (const { page } of tabs) await page.locator('talk-to-us').getByRole('button').first().hover();
    await Promise.all(
      tabs.map(({ page }) => page.evaluate(() => document.querySelector('talk-to-us')!.call())),
    );
    await shop.ana.answer();
    await Promise.all(tabs.map(tab => shop.shows(tab, 'talking')));
    const notes = await Promise.all(
      tabs.map(tab => tab.element.getByText('Your call is in another tab.').count()),
    );
    expect(notes.filter(count => count > 0)).toHaveLength(1);
    await shop.repHears();
    await first.press('Mute');
    await second.element.getByRole('button', { name: 'Unmute' }).waitFor();
    await second.press('Unmute');
    await shop.repHears();
    await second.press('Hang up');
    await Promise.all(tabs.map(tab => shop.shows(tab, 'ended')));
    // Nobody else is in line.
    expect(await shop.ana.untilWork('idle')).toMatchObject({ state: 'idle' });
    expect(tabs.map(({ person }) => person.complaints)).toEqual([[], []]);
    for (const tab of tabs) await tab.element.locator('[part=close]').click();
  }
});
