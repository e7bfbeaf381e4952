/** What is too old goes, and nothing else does. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { blockCaller } from '../../../server/calls/commands/blocks.ts';
import { removeEntry } from '../../../server/calls/commands/waiting-entries.ts';
import { forgetOld } from '../../../server/calls/timers/retention.ts';
import { RetentionClock } from '../../../server/calls/timers/retention-clock.ts';
import { recordAudit } from '../../../server/store/audit.ts';
import { mainAccount } from '../../../server/store/members.ts';
import { changeSite } from '../../../server/store/sites.ts';
import type { RepId, SiteId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import { engines } from '../../support/engines.ts';
import { Watch } from './routing/invariants.ts';
import { Players } from './routing/players.ts';
import { epoch, World } from './routing/world.ts';

const day = 24 * 60 * 60 * 1000;
const site = 'a' as SiteId;
const [ana] = [0];

let world: World;

describe.each(engines)('retention on %s', engine => {
  beforeAll(async () => {
    world = await World.open(engine);
  });
  afterAll(() => world.close());

  test('Q72 forgets the shopper after the one time and the call after the other, and leaves what is not over', async () => {
    const players = new Players(world, new Watch(world));
    await world.reset();
    const play = players.play.bind(players);
    await play({ do: 'comes-to-work', rep: ana });
    await play({ do: 'start', shopper: 0, queue: 0 });
    await play({ do: 'accept', rep: ana, offer: 'own' });
    await play({ do: 'hang-up', shopper: 0 });
    await play({ do: 'wrap-up-done', rep: ana });
    // More than one portion of the same age.
    const over = await world.db.selectFrom('calls').selectAll().executeTakeFirstOrThrow();
    const copies = Array.from({ length: 2 * limits.retentionPortion + 1 }, (_, index) => ({
      ...over,
      id: `old-${index}` as typeof over.id,
      context: '{"name":"Sam"}',
      note: 'Wants a refund',
    }));
    const parties = await world.db.selectFrom('call_parties').selectAll().execute();
    for (const copy of copies) {
      await world.db.insertInto('calls').values(copy).execute();
      const theirs = parties.map(party => ({
        ...{ ...party, call_id: copy.id, id: `${party.id}-${copy.id}` as typeof party.id },
      }));
      await world.db.insertInto('call_parties').values(theirs).execute();
    }
    // And one that goes on.
    await play({ do: 'start', shopper: 1, queue: 0 });
    await world.db
      .updateTable('calls')
      .set({ context: '{"name":"Kim"}' })
      .where('state', '<>', 'ended')
      .execute();
    await changeSite(world.db, site, { retention: { callDays: 100, personalDays: 10 } });

    const at = (days: number) => forgetOld({ db: world.db, now: () => epoch + days * day });
    const counts = async () => {
      const rows = await world.select<{ what: string; n: number }>(`
        select 'calls' what, count(*) n from calls
        union all select 'known', count(*) from calls where context <> '{}' or note <> ''
        union all select 'events', count(*) from call_events where call_id = '${over.id}'
        union all select 'parties', count(*) from call_parties
        union all select 'offers', count(*) from offers where call_id = '${over.id}'
        union all select 'statuses', count(*) from rep_events`);
      return Object.fromEntries(rows.map(({ what, n }) => [what, n]));
    };
    expect(await at(9)).toEqual({ calls: 0, personal: 0 });
    expect(await counts()).toMatchObject({ calls: copies.length + 2, known: copies.length + 2, offers: 1 });
    expect(await at(11)).toEqual({ calls: 0, personal: copies.length + 1 });
    expect(await counts()).toMatchObject({ calls: copies.length + 2, known: 1, offers: 1, statuses: 1 });
    expect(await at(101)).toEqual({ calls: copies.length + 1, personal: 0 });
    expect(await counts()).toMatchObject({ calls: 1, known: 1, events: 0, offers: 0, parties: 1 });
    // The other site keeps its own for longer, so the reps' statuses are kept as long.
    expect((await counts()).statuses).toBe(1);
    await at(366);
    expect((await counts()).statuses).toBe(0);
    expect(await world.select('select state from calls')).not.toMatchObject([{ state: 'ended' }]);
  });

  test('Q200 forgets with the shopper what reps wrote about them into the history and the audit', async () => {
    const players = new Players(world, new Watch(world));
    await world.reset();
    await players.play({ do: 'comes-to-work', rep: ana });
    const wrote = 'shouted at me';
    const end = async (shopper: number, how: 'remove' | 'block') => {
      await players.play({ do: 'start', shopper, queue: 0 });
      const { id: callId } = await world.db
        .selectFrom('calls')
        .select('id')
        .where('state', '<>', 'ended')
        .executeTakeFirstOrThrow();
      const rep = 'ana' as RepId;
      await world.transactions.change([site], async change => {
        if (how === 'remove') await removeEntry(change, rep, callId, wrote);
        else await blockCaller(change, rep, { callId, by: ['shopper'], forMs: day, reason: wrote });
      });
      // Nothing else is known of them.
      await world.db.updateTable('calls').set({ context: '{}', note: '' }).execute();
    };
    await end(0, 'remove');
    await end(1, 'block');
    const deed = { accountId: mainAccount, by: null, action: 'caller.unblocked' } as const;
    await recordAudit(world.db, { ...deed, target: 'Sam' }, epoch);
    await changeSite(world.db, site, { retention: { callDays: 100, personalDays: 10 } });
    const written = async () => [
      ...(await world.select<{ data: string }>(`select data from call_events where data like '%${wrote}%'`)),
      ...(await world.select<{ target: string }>("select target from audit where target = 'Sam'")),
    ];
    expect(await written()).toHaveLength(3);
    await forgetOld({ db: world.db, now: () => epoch + 9 * day });
    expect(await written()).toHaveLength(3);
    await forgetOld({ db: world.db, now: () => epoch + 11 * day });
    expect(await written()).toEqual([]);
    // That it happened is kept.
    expect(await world.select("select id from call_events where type in ('removed', 'blocked')")).not.toEqual(
      [],
    );
    expect(await world.select('select reason from blocks')).toEqual([]);
  });

  test('C68 a clock that is years ahead for a minute makes nothing old, and one that starts in 1970 nothing young', async () => {
    await world.db.deleteFrom('retention_clock').execute();
    await world.db.deleteFrom('clock').execute();
    let [wall, steady] = [epoch, 0];
    const passes = (ms: number) => {
      wall += ms;
      steady += ms;
    };
    const start = () =>
      new RetentionClock(
        world.db,
        () => wall,
        () => steady,
      );
    let clock = start();
    expect(await clock.read()).toBe(epoch);
    passes(60 * 60_000);
    expect(await clock.read()).toBe(wall);
    const right = wall;
    wall += 10 * 365 * day;
    expect(await clock.read()).toBe(right);
    passes(60_000);
    expect(await clock.read()).toBe(right + limits.retentionCatchUp * 60_000);
    // Neither does a start with the wrong time: how long no server ran is not known.
    clock = start();
    expect(await clock.read()).toBe(right + limits.retentionCatchUp * 60_000);
    wall = right + 60_000;
    expect(await clock.read()).toBe(wall);
    // A month without a server is caught up within hours of one, and time that was believed stays believed.
    wall += 30 * day;
    clock = start();
    const reached = await clock.read();
    expect(reached).toBeLessThan(wall - 29 * day);
    passes(Math.ceil((31 * day) / (limits.retentionCatchUp - 1)) + 0.25);
    expect(await clock.read()).toBe(Math.floor(wall));
    const believed = Math.floor(wall);
    wall = 0;
    clock = start();
    expect(await clock.read()).toBe(0);
    wall = believed;
    expect(await clock.read()).toBe(believed);
  });
});
