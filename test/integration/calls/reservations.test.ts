/** What is counted against the caps is what lives, whatever happens in which order. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askForCallback, leaveLineForCallback } from '../../../server/calls/commands/callbacks.ts';
import { shopperHangUp, shopperLost, startCall } from '../../../server/calls/commands/shopper-commands.ts';
import { CallError } from '../../../server/calls/errors.ts';
import {
  createReservations,
  type Reservations,
  type ReservedKind,
} from '../../../server/calls/reservations.ts';
import { forgetOld } from '../../../server/calls/timers/retention.ts';
import type { CallId, ShopperId, SiteId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import { engines } from '../../support/engines.ts';
import { quiet } from '../../support/media.ts';
import { Watch } from './routing/invariants.ts';
import { Players } from './routing/players.ts';
import { World } from './routing/world.ts';

const cap = { perNetwork: 2, perSite: 3, inAll: 5 };
const caps = { calls: cap, pageCallbacks: cap, phoneCallbacks: cap };
const addresses = ['192.0.2.1', '192.0.2.2', '2001:db8::1'];
const kinds: ReservedKind[] = ['call', 'page', 'phone'];
/** What the handler of a request sees when something other than a refusal goes wrong. */
const failures = ['none', 'before-commit', 'after-commit'] as const;

type Step =
  | { do: 'begin'; shopper: number; address: number; kind: ReservedKind; fails: (typeof failures)[number] }
  | { do: 'hang-up' | 'lose'; shopper: number }
  | { do: 'time-passes' | 'restart' };

const shopper = fc.nat(7);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('begin' as const),
      shopper,
      address: fc.nat(addresses.length - 1),
      kind: fc.constantFrom(...kinds),
      fails: fc.constantFrom('none', 'none', 'none', ...failures),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('hang-up' as const, 'lose' as const), shopper }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('time-passes' as const, 'restart' as const) }) },
);

describe.each(engines)('caps on %s', engine => {
  let world: World;
  beforeAll(async () => {
    world = await World.open(engine);
  });
  afterAll(() => world.close());

  const siteOf = (shopper: number) => (shopper < 4 ? 'a' : 'b') as SiteId;
  const idOf = (shopper: number) => `shopper-${shopper}` as ShopperId;
  const open = () =>
    createReservations({ db: world.db, bus: world.bus, markKey: new Uint8Array(32), log: quiet, caps });
  const live = () =>
    world.select<{ site_id: string; callback_kind: ReservedKind | null; caller_network: string }>(
      "select site_id, callback_kind, caller_network from calls where state <> 'ended'",
    );

  async function begin(reservations: Reservations, one: Extract<Step, { do: 'begin' }>): Promise<void> {
    const siteId = siteOf(one.shopper);
    const shopperId = idOf(one.shopper);
    const asked = reservations.ask(one.kind, { address: addresses[one.address]!, siteId });
    let callId = crypto.randomUUID() as string as CallId;
    const wanted = { callId, siteId, shopperId, context: {}, networkMark: asked.mark };
    try {
      await world.transactions.change([siteId], async change => {
        if (one.kind === 'call') await startCall(change, wanted);
        else if (one.kind === 'phone') await askForCallback(change, wanted, '+4740000000');
        else
          callId = (
            await leaveLineForCallback(change, siteId, shopperId, {
              kind: 'page',
              phone: null,
              networkMark: asked.mark,
            })
          ).id;
        if (one.fails === 'before-commit') throw new Error('the store went away');
      });
      if (one.fails === 'after-commit') throw new Error('the answer to the commit was lost');
    } catch (error) {
      asked.refused(error);
      throw error;
    }
    asked.granted(callId);
  }

  test('S58 exactly what lives is counted, and never more than the caps lives, in random histories', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(step, { maxLength: 8 }), { maxLength: 12 }), async batches => {
        await world.reset();
        await new Players(world, new Watch(world)).play({ do: 'comes-to-work', rep: 1 });
        let reservations = await open();
        const act = async (one: Step) => {
          switch (one.do) {
            case 'begin':
              return begin(reservations, one);
            case 'hang-up': {
              const [row] = await world.select<{ id: CallId }>(
                "select id from calls where shopper_id = ? and state <> 'ended'",
                idOf(one.shopper),
              );
              if (row)
                await world.transactions.change([siteOf(one.shopper)], change =>
                  shopperHangUp(change, siteOf(one.shopper), idOf(one.shopper), row.id),
                );
              return;
            }
            case 'lose':
              return world.transactions.change([siteOf(one.shopper)], change =>
                shopperLost(change, siteOf(one.shopper), idOf(one.shopper)),
              );
            case 'time-passes':
              world.now += limits.shopperGraceMs;
              await world.honourDue();
              return;
            case 'restart':
              return;
            default:
              return one satisfies never;
          }
        };
        for (const batch of batches) {
          // All at once, in an order that only the engine knows.
          const settled = await Promise.allSettled(batch.map(act));
          const inDoubt = settled.some(
            one => one.status === 'rejected' && !(one.reason instanceof CallError),
          );
          if (batch.some(one => one.do === 'restart')) {
            await reservations.close();
            reservations = await open();
          } else if (inDoubt) await reservations.reconcile();
          const rows = await live();
          expect(kinds.reduce((sum, kind) => sum + reservations.open(kind), 0)).toBe(rows.length);
          for (const kind of kinds) {
            const ofKind = rows.filter(row => (row.callback_kind ?? 'call') === kind);
            expect(ofKind.length).toBeLessThanOrEqual(cap.inAll);
            for (const key of ['site_id', 'caller_network'] as const)
              for (const value of new Set(ofKind.map(row => row[key])))
                expect(ofKind.filter(row => row[key] === value).length).toBeLessThanOrEqual(
                  key === 'site_id' ? cap.perSite : cap.perNetwork,
                );
          }
        }
        for (const one of Array.from({ length: 8 }, (_, index) => index))
          await act({ do: 'hang-up', shopper: one });
        expect(kinds.map(kind => reservations.open(kind))).toEqual([0, 0, 0]);
        world.now += limits.networkKeptMs + 1;
        await forgetOld({ db: world.db, now: () => world.now });
        const [left] = await world.select<{ count: number | string }>(
          "select count(*) as count from calls where caller_network <> ''",
        );
        expect(Number(left!.count)).toBe(0);
        await reservations.close();
      }),
      { numRuns: engine === 'SQLite' ? 100 : 25 },
    );
  });

  test('S59 a site that is full leaves room for the others', async () => {
    await world.reset();
    await new Players(world, new Watch(world)).play({ do: 'comes-to-work', rep: 1 });
    const reservations = await open();
    const ask = (siteId: string, address: string) => () =>
      reservations.ask('call', { address, siteId: siteId as SiteId });
    for (let i = 0; i < cap.perSite; i++) ask('a', `192.0.2.${i}`)();
    expect(ask('a', '192.0.2.100')).toThrow(expect.objectContaining({ code: 'too-many' }));
    ask('b', '192.0.2.100')();
    await reservations.close();
  });
});
