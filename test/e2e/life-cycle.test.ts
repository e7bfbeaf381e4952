/** What browsers do to a page besides showing it: keep it while somebody is elsewhere, and bring it back. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ShopWithRep } from '../support/shop-with-rep.ts';

let shop: ShopWithRep;

beforeAll(async () => {
  shop = await ShopWithRep.open();
});
afterEach(async () => {
  expect(await shop.empty()).toEqual([]);
});
afterAll(() => shop.close());

const parked = (is: boolean) =>
  shop.ana.signaling.until(({ work }) => work.state === 'talking' && work.shopperLost === is);

describe('a page in a talk', () => {
  test('B118 that is left and comes back, from the browser’s cache where there is one, goes on with the talk', async () => {
    const sam = await shop.visitor({ backForwardCache: true });
    await sam.page.goto(shop.shop.at('/', {}));
    await shop.talk(sam);
    await sam.page.goto(shop.shop.at('/other', { body: '<h1>Elsewhere</h1>' }));
    await parked(true);
    await sam.page.goBack({ waitUntil: 'commit' });
    await parked(false);
    await shop.shows(sam, 'talking');
    await shop.hearBothWays(sam);
    await shop.hangUp(sam);
  });

  test('B118 that waits in line does so too', async () => {
    const sam = await shop.visitor({ backForwardCache: true });
    await sam.page.goto(shop.shop.at('/', {}));
    await shop.click(sam);
    await shop.ana.untilWork('ringing');
    await sam.page.goto(shop.shop.at('/other', { body: '<h1>Elsewhere</h1>' }));
    // Nobody is rung for somebody who is not there.
    await shop.ana.untilWork('idle');
    await sam.page.goBack({ waitUntil: 'commit' });
    await shop.shows(sam, 'waiting');
    await shop.ana.answer();
    await shop.hearBothWays(sam);
    await shop.hangUp(sam);
  });
});
