/** A line so long that it is not counted at each change: what each person sees of it, at once and a moment later. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createBoard } from '../../../server/calls/views/board.ts';
import { CrowdedQueues } from '../../../server/calls/views/crowded-queues.ts';
import { repView } from '../../../server/calls/views/rep-view.ts';
import { readShared } from '../../../server/calls/views/shared-reading.ts';
import { shopperView } from '../../../server/calls/views/shopper-view.ts';
import type { QueueId, RepId, ShopperId, SiteId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import type { ShopperView } from '../../../shared/views.ts';
import { BigShop } from '../../support/big-shop.ts';
import { engines, freshPlace, openPlace } from '../../support/engines.ts';
import { Rep } from '../../support/people.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { SignalingClient } from '../../support/signaling-client.ts';
import { until } from '../../support/until.ts';
import { chromeCapabilities } from '../../unit/shared/chrome.ts';

const waiting = limits.crowd + 50;
const siteId = 'shop' as SiteId;
const queue = { id: 'line' as QueueId, site_id: siteId };

describe.each(engines)('a crowd on %s', engine => {
  test('Q186 who joins sees the exact place at once, and others count one more once those around were told', async () => {
    const place = await freshPlace(engine);
    const store = await openPlace(place);
    try {
      const shop = await BigShop.open(store, { reps: 3, waiting });
      const crowds = new CrowdedQueues();
      const read = () => readShared(store.db, 0, crowds);
      const seenByRep = async () => {
        const rep = 'rep-0' as RepId;
        const board = createBoard(store.db, [rep], 0, read());
        return (await repView(store.db, rep, 0, undefined, board)).waitingTotal;
      };
      const placeOf = async (shopperId: string) => {
        const visitor = { siteId, shopperId: shopperId as ShopperId, languages: [] };
        const view = await shopperView(store.db, visitor, 0, read());
        return view.state === 'waiting' ? view.place : view.state;
      };
      expect(await seenByRep()).toBe(waiting);
      expect(await placeOf('shopper-call-0')).toBe(1);
      await shop.join();
      expect(await placeOf('new-shopper-0')).toBe(waiting + 1);
      expect(await seenByRep()).toBe(waiting);
      crowds.forget(siteId);
      expect(await seenByRep()).toBe(waiting + 1);
      expect(await placeOf('new-shopper-0')).toBe(waiting + 1);
    } finally {
      await store.close();
      await place.remove();
    }
  });
});

test('Q187 a count that was begun before those around were told is not kept, nor one of a queue that is no crowd', async () => {
  const { lengths } = new CrowdedQueues();
  const of = (inReach: number) => ({ inReach, outOfReach: 0, waiting: inReach, counted: inReach });
  const count = (inReach: number) => lengths.of([queue], async () => new Map([[queue.id, of(inReach)]]));
  let finish = (_: number): void => undefined;
  const slow = lengths.of([queue], () =>
    new Promise<number>(resolve => {
      finish = resolve;
    }).then(inReach => new Map([[queue.id, of(inReach)]])),
  );
  lengths.forget(siteId);
  finish(waiting);
  expect((await slow).get(queue.id)?.inReach).toBe(waiting);
  expect(lengths.has(siteId)).toBe(false);
  await count(limits.crowd);
  expect(lengths.has(siteId)).toBe(false);
  await count(waiting);
  expect((await count(1)).get(queue.id)?.inReach, 'as it was kept').toBe(waiting);
  lengths.forget(siteId);
  expect((await count(1)).get(queue.id)?.inReach).toBe(1);
});

describe('with everybody connected', () => {
  let server: TestServer;
  let ana: Rep;
  const shoppers: SignalingClient<ShopperView>[] = [];

  beforeEach(async () => {
    server = await startTestServer({ workers: 1, environment: { TRUST_PROXY: 'on' } });
    ana = await Rep.signIn(server.origin, await server.addRep('Ana'));
    await server.setQueue({ offerMs: 60_000, maxLength: 500 });
    await ana.goAvailable(880);
  });
  afterEach(async () => {
    for (const shopper of shoppers.splice(0)) shopper.close();
    ana.close();
    await server.close();
  });

  test('Q188 all see exact places and counts a moment after a call came, was answered and was left', async () => {
    const join = async (n: number) => {
      const { client } = await SignalingClient.shopper(server.origin, { address: `203.0.113.${n}` });
      shoppers.push(client);
      await client.request('call.start', { rtpCapabilities: chromeCapabilities });
      await client.until(view => view.state === 'waiting');
    };
    for (let n = 0; n < limits.crowd + 5; n++) await join(n);
    const placeOf = ({ view }: SignalingClient<ShopperView>) => (view?.state === 'waiting' ? view.place : 0);
    const allAre = (line: readonly SignalingClient<ShopperView>[]) =>
      until(
        () =>
          ana.signaling.view?.waitingTotal === line.length &&
          line.every((shopper, index) => placeOf(shopper) === index + 1),
      );
    await allAre(shoppers);
    await join(200);
    await allAre(shoppers);
    await ana.answer();
    await allAre(shoppers.slice(1));
    const [, , left] = shoppers;
    if (left?.view?.state !== 'waiting') throw new Error('the third does not wait');
    await left.request('call.hang-up', { callId: left.view.callId });
    await allAre(shoppers.filter((_, index) => index !== 0 && index !== 2));
  });
});
