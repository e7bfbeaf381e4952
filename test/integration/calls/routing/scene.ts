/** Where histories that have a name are played: a world on each engine, as on the first day before each of them. */
import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import { shopperView } from '../../../../server/calls/views/shopper-view.ts';
import type { ShopperId, SiteId } from '../../../../shared/ids.ts';
import { engines } from '../../../support/engines.ts';
import { Watch } from './invariants.ts';
import type { Operation } from './operations.ts';
import { Players } from './players.ts';
import { World } from './world.ts';

export let world: World;
export let watch: Watch;
let players: Players;

/** @param name such as "routing on", which the engine's name follows */
export function onEveryEngine(name: string, tests: () => void): void {
  describe.each(engines)(`${name} %s`, engine => {
    beforeAll(async () => {
      world = await World.open(engine);
      watch = new Watch(world);
    });
    afterAll(() => world.close());
    beforeEach(startAnew);
    tests();
  });
}

/** As on the first day. */
export async function startAnew(): Promise<void> {
  await world.reset();
  watch.restart();
  players = new Players(world, watch);
}

export async function play(...history: Operation[]): Promise<void> {
  for (const one of history) await players.play(one);
}

/** Rep -> shopper, of everything that rings. */
export async function rung(): Promise<Record<string, string>> {
  const live = await world.select<{ rep_id: string; shopper_id: string }>(
    "select o.rep_id, c.shopper_id from offers o join calls c on c.id = o.call_id where o.state = 'live'",
  );
  return Object.fromEntries(live.map(row => [row.rep_id, row.shopper_id]));
}

/** What one of the first site's shoppers sees. */
export const view = (shopper: number) =>
  shopperView(
    world.db,
    { siteId: 'a' as SiteId, shopperId: `shopper-${shopper}` as ShopperId, languages: [] },
    world.now,
  );

export const passes = (ms: number): Operation => ({ do: 'time-passes', ms, late: false });
