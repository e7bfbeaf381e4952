/** The same offer, wanted by several at once: one outcome, told consistently, whoever was first. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { acceptOffer, declineOffer } from '../../../../server/calls/commands/offers.ts';
import { repLost } from '../../../../server/calls/commands/rep-commands.ts';
import { shopperHangUp, shopperLost, startCall } from '../../../../server/calls/commands/shopper-commands.ts';
import { CallError } from '../../../../server/calls/errors.ts';
import type { CallId, OfferId, RepId, ShopperId, SiteId } from '../../../../shared/ids.ts';
import { Watch } from './invariants.ts';
import { Players } from './players.ts';
import { World } from './world.ts';

const rounds = Number(process.env.RACE_ROUNDS ?? 300);
const ana = 'ana' as RepId;
const site = 'a' as SiteId;
const shopper = 'racer' as ShopperId;

const rivals = [
  'accept',
  'accept-again',
  'decline',
  'expiry',
  'hang-up',
  'shopper-lost',
  'rep-lost',
] as const;
type Rival = (typeof rivals)[number];

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());

describe('routing', () => {
  test(`Q32 of all who want the same offer at once exactly one gets it, ${rounds} times`, async () => {
    const watch = new Watch(world);
    watch.ordered = false;
    let round = 0;
    const outcomes = new Map<string, number>();

    const race = async (order: readonly Rival[]) => {
      await world.reset();
      watch.restart();
      const players = new Players(world, watch);
      await players.play({ do: 'comes-to-work', rep: 0 });
      const callId = `race-${round++}` as CallId;
      await world.transactions.change([site], change =>
        startCall(change, { callId, siteId: site, shopperId: shopper, context: {} }),
      );
      const [offer] = await world.select<{ id: OfferId }>("select id from offers where state = 'live'");
      const [rep] = await world.select<{ session_id: string }>(
        "select session_id from reps where id = 'ana'",
      );
      const { id } = offer!;
      // For half of the rivals the offer is still good, for the other half it is due this very moment.
      const act: Record<Rival, () => Promise<unknown>> = {
        accept: () => world.transactions.changeRep(ana, change => acceptOffer(change, ana, id)),
        'accept-again': () => world.transactions.changeRep(ana, change => acceptOffer(change, ana, id)),
        decline: () => world.transactions.changeRep(ana, change => declineOffer(change, ana, id)),
        expiry: () => {
          world.now += 20_000;
          return world.honourDue();
        },
        'hang-up': () =>
          world.transactions.change([site], change => shopperHangUp(change, site, shopper, callId)),
        'shopper-lost': () => world.transactions.change([site], change => shopperLost(change, site, shopper)),
        'rep-lost': () =>
          world.transactions.changeRep(ana, (change, sites) => repLost(change, sites, ana, rep!.session_id)),
      };
      const settled = await Promise.allSettled(order.map(rival => act[rival]()));
      await watch.look();

      for (const one of settled)
        if (one.status === 'rejected') expect(one.reason, String(one.reason)).toBeInstanceOf(CallError);
      const won = (rival: Rival) =>
        order.includes(rival) && settled[order.indexOf(rival)]!.status === 'fulfilled';
      const accepts = Number(won('accept')) + Number(won('accept-again'));
      expect(accepts + Number(won('decline')), 'answers to one offer').toBeLessThanOrEqual(1);
      const [after] = await world.select<{ state: string }>('select state from offers where id = ?', id);
      expect(after!.state).not.toBe('live');
      expect(after!.state === 'accepted').toBe(accepts === 1);
      expect(after!.state === 'declined').toBe(won('decline'));
      const events = await world.select<{ type: string }>(
        "select type from call_events where call_id = ? and type in ('answered', 'ended')",
        callId,
      );
      expect(events.filter(({ type }) => type === 'answered')).toHaveLength(accepts);
      expect(events.filter(({ type }) => type === 'ended').length).toBeLessThanOrEqual(1);
      outcomes.set(after!.state, (outcomes.get(after!.state) ?? 0) + 1);
    };

    await fc.assert(fc.asyncProperty(fc.shuffledSubarray([...rivals], { minLength: 2 }), race), {
      numRuns: rounds,
    });
    // Every way it can end was seen.
    expect([...outcomes.keys()].sort()).toEqual(['accepted', 'declined', 'expired', 'revoked']);
  });
});
