/** Histories that were routed wrongly once, or that people would name if asked what must never happen. */
import { expect, test } from 'vitest';
import type { SiteChanged } from '../../../../server/bus/bus.ts';
import { declineOffer } from '../../../../server/calls/commands/offers.ts';
import { chooseStatus } from '../../../../server/calls/commands/rep-commands.ts';
import { markMuted, noteQuality } from '../../../../server/calls/commands/talk-commands.ts';
import { nextDue } from '../../../../server/calls/timers/due-times.ts';
import { addSite } from '../../../../server/store/sites.ts';
import type { OfferId, QueueId, RepId, ShopperId, SiteId } from '../../../../shared/ids.ts';
import { countedReads } from '../../../support/counted-reads.ts';
import type { Operation } from './operations.ts';
import { onEveryEngine, passes, play, rung, watch, world } from './scene.ts';
import { repOfCallNow } from './world.ts';

const [ana, ben, cleo] = [0, 1, 2] as const;
/** Shoppers 0 to 3 are in the first site, whose queues are sales (0) and vip (1); 4 to 6 in the second. */
const comesToWork = (rep: number): Operation => ({ do: 'comes-to-work', rep });
const starts = (shopper: number, queue = 0): Operation => ({ do: 'start', shopper, queue });
const says = (what: 'accept' | 'decline', rep = 0): Operation => ({ do: what, rep, offer: 'own' });

const call = async (shopper: number) => {
  const calls = await world.select<{ state: string; end_reason: string | null; rep_id: string | null }>(
    `select state, end_reason, ${repOfCallNow} as rep_id from calls where shopper_id = ? order by started_at desc, id`,
    `shopper-${shopper}`,
  );
  return calls[0];
};
const rep = async (id: string) => {
  const reps = await world.select<{ status: string; status_reason: string; idle_since: number }>(
    'select * from reps where id = ?',
    id,
  );
  return reps[0];
};

onEveryEngine('routing on', () => {
  test('Q184 mutes and measurements change the own side alone, and a side that measures all the time adds a row every 4 s', async () => {
    await play(comesToWork(ana), starts(0), says('accept'));
    const published: SiteChanged[] = [];
    const end = world.bus.subscribe(change => published.push(change));
    const deps = { db: world.db, bus: world.bus, now: () => world.now };
    const rep = { repId: 'ana' as RepId };
    const shopper = { siteId: 'a' as SiteId, shopperId: 'shopper-0' as ShopperId };
    await markMuted(deps, rep, true);
    await markMuted(deps, shopper, true);
    await markMuted(deps, shopper, false);
    for (let i = 0; i < 100; i++) {
      await noteQuality(deps, shopper, { rttMs: 40.4, jitterMs: 5, lossPercent: 0.5 });
      world.now += 100;
    }
    await noteQuality(deps, rep, { rttMs: 700, jitterMs: 80, lossPercent: 12 });
    end();
    const sides = await world.db.selectFrom('call_parties').selectAll().orderBy('kind').execute();
    expect(sides.map(({ kind, muted, mos }) => [kind, muted, mos])).toEqual([
      ['rep', 1, expect.toSatisfy(mos => mos < 2.5)],
      ['shopper', 0, expect.toSatisfy(mos => mos > 4)],
    ]);
    const rows = await world.db.selectFrom('call_samples').selectAll().orderBy('at').execute();
    // 10 s of the shopper: at 0, 4 and 8 s.
    expect(rows.map(row => [row.party_id === sides[1]?.id, row.rtt_ms])).toEqual([
      ...[true, true, true].map(own => [own, 40]),
      [false, 700],
    ]);
    // Nothing is read again for it, nor routed.
    expect(published).toHaveLength(104);
    for (const { marks, callIds, repIds, surroundings } of published) {
      expect(marks).toMatchObject([{ repId: 'ana' }]);
      expect([...callIds, ...repIds, surroundings]).toEqual([false]);
    }
    await expect(markMuted(deps, { repId: 'ben' as RepId }, true)).rejects.toMatchObject({
      code: 'not-in-call',
    });
  });

  test('Q182 what is due next is found by one statement, however many sites, queues and calls there are', async () => {
    const statementsNow = async () => {
      const { db, reads } = countedReads(world.db);
      await nextDue(db, world.now);
      return reads.statements;
    };
    expect(await statementsNow()).toBe(1);
    const more = Array.from({ length: 20 }, (_, i) => `more-${i}` as SiteId);
    for (const siteId of more) {
      const queueId = `${siteId}-queue` as QueueId;
      await addSite(world.db, { siteId, queueId, key: siteId, name: 'More' }, world.now);
    }
    await play(comesToWork(ana), starts(0), starts(1), starts(4));
    expect(await statementsNow()).toBe(1);
    await world.db.deleteFrom('queues').where('site_id', 'in', more).execute();
    await world.db.deleteFrom('sites').where('id', 'in', more).execute();
  });

  test('Q20 a rep who becomes free in one shop is rung for the other shop at once', async () => {
    // Ben rings for shop a; a shopper of shop b waits for him alone.
    await play(comesToWork(ben), starts(0), starts(4));
    expect(await rung()).toEqual({ ben: 'shopper-0' });
    await play({ do: 'hang-up', shopper: 0 });
    expect(await rung()).toEqual({ ben: 'shopper-4' });
  });

  test('Q21 a rep of two shops takes the call that came first in either', async () => {
    await play(comesToWork(ben), starts(1), says('accept'), passes(1), starts(4), passes(1), starts(0));
    await play({ do: 'rep-hangs-up', rep: ben });
    expect(await rung()).toEqual({});
    await play({ do: 'wrap-up-done', rep: ben });
    expect(await rung()).toEqual({ ben: 'shopper-4' });
  });

  test('Q22 a queue whose last rep missed a call in another shop tells its callers so', async () => {
    await play(comesToWork(ben), starts(4), starts(0), passes(20_000));
    expect(await rep('ben')).toMatchObject({ status: 'away', status_reason: 'no-answer' });
    await play(passes(29_999));
    expect([(await call(0))?.state, (await call(4))?.state]).toEqual(['waiting', 'waiting']);
    await play(passes(1));
    expect([(await call(0))?.end_reason, (await call(4))?.end_reason]).toEqual(['no-answer', 'no-answer']);
  });

  test('Q23 who declined is asked again after the back-off, without any other event', async () => {
    await play(comesToWork(ana), starts(0), says('decline'));
    expect(await rung()).toEqual({});
    await play(passes(29_999));
    expect(await rung()).toEqual({});
    await play(passes(1));
    expect(await rung()).toEqual({ ana: 'shopper-0' });
    // However late the timer is.
    await play(says('decline'), passes(100_000 - 30_000));
    expect(await rung()).toEqual({ ana: 'shopper-0' });
  });

  test('Q24 a declined call keeps its place and goes to the next rep', async () => {
    await play(comesToWork(ana), passes(1), comesToWork(ben), starts(0), passes(1), starts(1));
    expect(await rung()).toEqual({ ana: 'shopper-0', ben: 'shopper-1' });
    await play({ do: 'decline', rep: 0, offer: 'own' });
    // Ana may take nothing else; when ben is free again, the declined call comes first.
    await play({ do: 'hang-up', shopper: 1 });
    expect(await rung()).toEqual({ ben: 'shopper-0' });
  });

  test('Q73 a reason to decline or to be away is one of the team’s, and is kept', async () => {
    await play(comesToWork(ana), starts(0));
    const [offer] = await world.select<{ id: OfferId }>("select id from offers where state = 'live'");
    const ana_ = 'ana' as RepId;
    const declineFor = (reason: string) =>
      world.transactions.changeRep(ana_, change => declineOffer(change, ana_, offer!.id, reason));
    const awayFor = (note: string) =>
      world.transactions.changeRep(ana_, (change, sites) => chooseStatus(change, sites, ana_, 'away', note));
    await expect(declineFor('I just do not want to')).rejects.toMatchObject({ code: 'bad-request' });
    expect(await rung()).toEqual({ ana: 'shopper-0' });
    await declineFor('default:other-topic');
    await watch.look();
    expect(await world.select("select data from call_events where type = 'offer-declined'")).toEqual([
      { data: '{"reason":"default:other-topic"}' },
    ]);
    await expect(awayFor('Gone fishing')).rejects.toMatchObject({ code: 'bad-request' });
    await awayFor('default:lunch');
    await watch.look();
    await world.transactions.changeRep(ana_, (change, sites) =>
      chooseStatus(change, sites, ana_, 'available'),
    );
    await watch.look();
    expect(await world.select('select status, note from rep_events order by at, status')).toEqual([
      { status: 'available', note: '' },
      { status: 'available', note: '' },
      { status: 'away', note: 'default:lunch' },
    ]);
  });

  test('Q74 a call that a supervisor puts first is the next one, and nobody else loses a place for good', async () => {
    await play(
      comesToWork(ana),
      starts(0),
      says('accept'),
      starts(1),
      passes(1),
      starts(2),
      passes(1),
      starts(3),
    );
    await play({ do: 'boost', shopper: 3, boost: 1 }, { do: 'hang-up', shopper: 0 });
    await play({ do: 'wrap-up-done', rep: ana });
    expect(await rung()).toEqual({ ana: 'shopper-3' });
    await play({ do: 'hang-up', shopper: 3 });
    expect(await rung()).toEqual({ ana: 'shopper-1' });
    await play(says('decline'), { do: 'boost', shopper: 1, boost: -1 });
    expect(await rung()).toEqual({ ana: 'shopper-2' });
  });

  test('Q25 choosing "available" again does not cost a rep the turn', async () => {
    await play(comesToWork(ana), passes(10), comesToWork(ben), passes(10));
    await play({ do: 'status', rep: ana, status: 'available' }, starts(0));
    expect(await rung()).toEqual({ ana: 'shopper-0' });
  });

  test('Q26 a reload stops the ringing until the new page has a microphone', async () => {
    await play(comesToWork(ana), starts(0), { do: 'rep-arrives', rep: ana, keepsLeg: false });
    expect(await rung()).toEqual({});
    expect((await call(0))?.state).toBe('waiting');
    await play({ do: 'microphone', rep: ana, ready: true });
    expect(await rung()).toEqual({ ana: 'shopper-0' });
  });

  test('Q27 a long talk does not count as waiting when the rep is lost and the call goes back', async () => {
    await play(comesToWork(ana), starts(0), says('accept'));
    // Longer than the longest wait; ana is on duty for it all, cleo comes later.
    await play(passes(200_000), { do: 'rep-lost', rep: ana }, passes(10_000));
    expect(await call(0)).toEqual({ state: 'waiting', end_reason: null, rep_id: null });
    expect(await rep('ana')).toMatchObject({ status: 'offline', status_reason: 'connection-lost' });
    await play(passes(10_000), comesToWork(cleo));
    expect(await rung()).toEqual({ cleo: 'shopper-0' });
  });

  test('Q28 a rep who went offline and closed the page is not told of a lost connection', async () => {
    await play(comesToWork(ana), { do: 'status', rep: ana, status: 'offline' });
    await play({ do: 'rep-lost', rep: ana }, passes(10_000));
    expect(await rep('ana')).toMatchObject({ status: 'offline', status_reason: 'chosen' });
  });

  test('Q29 the queue that goes first goes first, and within it who waits longest', async () => {
    await play(comesToWork(ben), starts(0), says('accept'));
    await play(starts(1, 0), passes(1), starts(2, 1), passes(1), starts(3, 1), {
      do: 'rep-hangs-up',
      rep: ben,
    });
    await play({ do: 'wrap-up-done', rep: ben });
    expect(await rung()).toEqual({ ben: 'shopper-2' });
  });

  test('Q30 a caller waits as long as the queue allows and not longer, but a ringing one is given the chance', async () => {
    await play(comesToWork(ben), starts(0), says('accept'), starts(1), passes(110_000), starts(4));
    await play({ do: 'rep-hangs-up', rep: ben }, passes(9_999));
    expect((await call(1))?.state).toBe('waiting');
    await play(passes(1));
    // Wrap-up is over in the same millisecond as the wait.
    expect(await call(1)).toMatchObject({ state: 'ended', end_reason: 'max-wait' });
    expect(await rung()).toEqual({ ben: 'shopper-4' });
  });

  test('Q31 after a restart everybody who comes back in time goes on where they were', async () => {
    await play(comesToWork(ana), starts(0), says('accept'), starts(1), passes(5), { do: 'restart' });
    await play({ do: 'rep-arrives', rep: ana, keepsLeg: false }, { do: 'microphone', rep: ana, ready: true });
    await play({ do: 'shopper-back', shopper: 0 }, { do: 'shopper-back', shopper: 1 }, passes(31_000));
    expect(await call(0)).toMatchObject({ state: 'talking', rep_id: 'ana' });
    expect((await call(1))?.state).toBe('waiting');
    expect(await nextDue(world.db, world.now)).not.toBeNull();
  });
});
