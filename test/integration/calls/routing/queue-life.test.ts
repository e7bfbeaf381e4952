/** Opening hours, overflow and transfers, on both engines. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { transferCall } from '../../../../server/calls/commands/move.ts';
import { startCall } from '../../../../server/calls/commands/shopper-commands.ts';
import { CallError } from '../../../../server/calls/errors.ts';
import { inLanguage, reachability } from '../../../../server/calls/routing/availability.ts';
import { nextDue } from '../../../../server/calls/timers/due-times.ts';
import { repView } from '../../../../server/calls/views/rep-view.ts';
import type { CallId, QueueId, RepId, ShopperId, SiteId } from '../../../../shared/ids.ts';
import type { OverflowRule, QueueSettings } from '../../../../shared/settings.ts';
import { engines } from '../../../support/engines.ts';
import { Watch } from './invariants.ts';
import { Players } from './players.ts';
import { epoch, World } from './world.ts';

const site = 'a' as SiteId;
const sales = 'a-sales' as QueueId;
const vip = 'a-vip' as QueueId;
const [ana, ben] = [0, 1];
const minute = 60_000;

const to = (queueId: QueueId): OverflowRule => ({ do: 'queue', queueId });
const ends: OverflowRule = { do: 'end' };
const overflow = (change: Partial<QueueSettings['overflow']>) => ({
  overflow: { closed: ends, noRep: ends, full: ends, maxWait: ends, ...change },
});
/** The world begins on a Friday at 08:00 UTC. */
const fridayOnly: QueueSettings['hours'] = {
  timeZone: 'UTC',
  week: {
    monday: [],
    tuesday: [],
    wednesday: [],
    thursday: [],
    friday: [{ from: '09:00', to: '10:00' }],
    saturday: [],
    sunday: [],
  },
  holidays: [],
  closures: [],
};

let world: World;
let players: Players;

const comes = (shopper: number, queueId: QueueId = sales) =>
  world.transactions.change([site], change =>
    startCall(change, {
      callId: `${shopper}` as CallId,
      siteId: site,
      queueId,
      shopperId: `shopper-${shopper}` as ShopperId,
      context: {},
    }),
  );
const arrives = (rep: number) => players.play({ do: 'comes-to-work', rep });
const passes = (ms: number) => players.play({ do: 'time-passes', ms, late: false });
const accepts = (rep: number) => players.play({ do: 'accept', rep, offer: 'own' });
const call = async (shopper: number) => {
  const [row] = await world.select<Record<string, unknown>>(
    'select state, queue_id, queued_at, end_reason from calls where id = ?',
    `${shopper}`,
  );
  return row;
};
const rung = async () => {
  const live = await world.select<{ rep_id: string; call_id: string }>(
    "select rep_id, call_id from offers where state = 'live'",
  );
  return Object.fromEntries(live.map(offer => [offer.rep_id, offer.call_id]));
};

describe.each(engines)('the life of a queue on %s', engine => {
  beforeAll(async () => {
    world = await World.open(engine);
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    await world.reset();
    const watch = new Watch(world);
    // These tests change the rules as they go, which the watch does not know of.
    world.onCommit = () => undefined;
    players = new Players(world, Object.assign(watch, { look: async () => undefined }));
  });

  test('Q56 outside its hours takes no calls, says when it opens, and tells pages at that moment', async () => {
    await arrives(ana);
    await world.setQueue(sales, { hours: fridayOnly });
    expect(inLanguage(await reachability(world.db, site, world.now), [])).toEqual({
      availability: 'closed',
      opensAt: epoch + 60 * minute,
      takesNumber: true,
      line: null,
      message: '',
      language: 'en',
      words: {},
    });
    await expect(comes(0)).rejects.toMatchObject({ code: 'closed' });
    expect(await nextDue(world.db, world.now)).toBe(epoch + 60 * minute);
    const told: number[] = [];
    world.onCommit = () => told.push(world.now);
    await passes(60 * minute);
    expect(told).toEqual([epoch + 60 * minute]);
    expect(await reachability(world.db, site, world.now)).toMatchObject({
      availability: 'open',
      opensAt: null,
    });
    await comes(0);
    // Who is in line when it closes is still served.
    await players.play({ do: 'decline', rep: ana, offer: 'own' });
    await comes(1);
    await world.setQueue(sales, { maxWaitMs: 120 * minute });
    await world.db
      .updateTable('offers')
      .set({ due_at: epoch + 300 * minute })
      .execute();
    await passes(60 * minute);
    expect((await reachability(world.db, site, world.now)).availability).toBe('closed');
    expect(await call(0)).toMatchObject({ state: 'waiting' });
    await accepts(ana);
    expect(await call(1)).toMatchObject({ state: 'talking' });
  });

  test('Q57 while closed or full sends callers on by its rule, and round in no circle', async () => {
    await arrives(ben);
    await world.setQueue(sales, { hours: fridayOnly, ...overflow({ closed: to(vip) }) });
    expect((await reachability(world.db, site, world.now)).availability).toBe('open');
    await comes(0);
    expect(await call(0)).toMatchObject({ state: 'ringing', queue_id: vip });
    // And back to where they came from: nobody takes the call.
    await world.setQueue(vip, { maxLength: 1, ...overflow({ full: to(sales) }) });
    await expect(comes(1)).rejects.toMatchObject({ code: 'closed' });
    await world.setQueue(sales, { hours: null });
    await comes(2, vip);
    expect(await call(2)).toMatchObject({ queue_id: sales });
  });

  test('Q58 sends on who waited for too long, who keeps the original wait and gets another full one', async () => {
    await arrives(ben);
    await world.setQueue(sales, { maxWaitMs: 2 * minute, ...overflow({ maxWait: to(vip) }) });
    await world.setQueue(vip, { maxWaitMs: 3 * minute, ...overflow({ maxWait: to(sales) }) });
    await comes(0);
    await accepts(ben);
    await comes(1);
    await passes(2 * minute);
    expect(await call(1)).toMatchObject({ state: 'waiting', queue_id: vip, queued_at: epoch });
    // Not back again: the call was there before.
    await passes(3 * minute - 1);
    expect(await call(1)).toMatchObject({ state: 'waiting' });
    await passes(1);
    expect(await call(1)).toMatchObject({ state: 'ended', end_reason: 'max-wait', queue_id: vip });
  });

  test('Q60 takes over a talk that a rep sends on: by the original wait, and not back to that rep', async () => {
    await arrives(ana);
    await comes(0);
    await accepts(ana);
    const send = (queueId: QueueId) =>
      world.transactions.changeRep('ana' as RepId, change =>
        transferCall(change, 'ana' as RepId, '0' as CallId, queueId, 'a note'),
      );
    await expect(send('none' as QueueId)).rejects.toBeInstanceOf(CallError);
    await expect(send('b-help' as QueueId)).rejects.toMatchObject({ code: 'not-found' });
    await expect(send(sales)).rejects.toMatchObject({ code: 'bad-request' });
    world.now += minute;
    await send(vip);
    // Ana serves that queue too, but has just sent the call away.
    expect(await call(0)).toMatchObject({ state: 'waiting', queue_id: vip, queued_at: epoch });
    expect(await rung()).toEqual({});
    await comes(1, vip);
    expect(await rung()).toEqual({ ana: '1' });
    await arrives(ben);
    expect(await rung()).toEqual({ ana: '1', ben: '0' });
    await accepts(ben);
    await passes(31_000);
    const story = await world.select<{ type: string }>(
      "select type from call_events where call_id = '0' order by at, type",
    );
    expect(story.map(event => event.type)).toContain('moved');
  });

  test('C315 a note travels with a talk that is sent on to another queue, to whoever answers there', async () => {
    const workOf = async (rep: string) => (await repView(world.db, rep as RepId, world.now)).work;
    await arrives(ana);
    await comes(0);
    await accepts(ana);
    expect(await workOf('ana')).toMatchObject({ state: 'talking', handed: null });
    await world.transactions.changeRep('ana' as RepId, change =>
      transferCall(change, 'ana' as RepId, '0' as CallId, vip, 'Broken teapot'),
    );
    await arrives(ben);
    const handed = { from: 'ana', note: 'Broken teapot' };
    expect(await workOf('ben')).toMatchObject({ state: 'ringing', handed });
    await accepts(ben);
    expect(await workOf('ben')).toMatchObject({ state: 'talking', handed });
  });

  // The last one: it takes reps out of queues for good.
  test('Q59 sends on who waits when the last rep has gone, if somebody is there', async () => {
    await arrives(ana);
    await arrives(ben);
    await world.setQueue(sales, { noRepExitMs: 0, ...overflow({ noRep: to(vip) }) });
    // Both serve both; from now on only Ben serves the other queue.
    await world.db
      .deleteFrom('queue_members')
      .where('queue_id', '=', sales)
      .where('rep_id', '<>', 'ana' as RepId)
      .execute();
    await world.db
      .deleteFrom('queue_members')
      .where('queue_id', '=', vip)
      .where('rep_id', '=', 'ana' as RepId)
      .execute();
    await comes(0);
    await accepts(ana);
    await comes(1);
    await players.play({ do: 'status', rep: ana, status: 'away' });
    await passes(1);
    expect(await call(1)).toMatchObject({ state: 'ringing', queue_id: vip });
  });
});
