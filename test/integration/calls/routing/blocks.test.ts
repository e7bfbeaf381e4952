/** Callers of whom a shop takes no calls. */
import { expect, test } from 'vitest';
import { blockCaller } from '../../../../server/calls/commands/blocks.ts';
import { askForCallback, leaveLineForCallback } from '../../../../server/calls/commands/callbacks.ts';
import { startCall } from '../../../../server/calls/commands/shopper-commands.ts';
import { readStory } from '../../../../server/calls/history/call-list.ts';
import { forgetOld } from '../../../../server/calls/timers/retention.ts';
import { liftBlock, listBlocks } from '../../../../server/store/blocks.ts';
import type { CallId, QueueId, RepId, ShopperId, SiteId } from '../../../../shared/ids.ts';
import { limits } from '../../../../shared/limits.ts';
import { type BlockWish, blockWish } from '../../../../shared/settings.ts';
import { onEveryEngine, passes, play, startAnew, world } from './scene.ts';
import { repOfCallNow } from './world.ts';

const site = 'a' as SiteId;
const [ana, ben, cleo] = ['ana', 'ben', 'cleo'] as RepId[] as [RepId, RepId, RepId];
const hour = 3_600_000;
const refused = { code: 'blocked', message: expect.stringContaining('takes no calls from you') };

type Row = { id: CallId; state: string; end_reason: string | null; rep_id: string | null };
let made = 0;
type From = { shopper: string; network?: string; queueId?: string; siteId?: string };
const wanted = ({ shopper, network, queueId, siteId = 'a' }: From) => ({
  callId: `call-${made++}` as CallId,
  siteId: siteId as SiteId,
  shopperId: shopper as ShopperId,
  context: { name: `Name of ${shopper}` },
  ...(queueId ? { queueId: queueId as QueueId } : {}),
  ...(network ? { networkMark: network } : {}),
});
const click = async (from: From) => {
  const call = wanted(from);
  await world.transactions.change([call.siteId], change => startCall(change, call));
  return call.callId;
};
const leaveNumber = async (from: From, phone: string) => {
  const call = wanted(from);
  await world.transactions.change([call.siteId], change => askForCallback(change, call, phone));
  return call.callId;
};
const block = (rep: RepId, callId: CallId, wish: Partial<BlockWish> = {}) =>
  world.transactions.changeRep(rep, change =>
    blockCaller(change, rep, blockWish.parse({ callId, by: ['shopper'], forMs: hour, ...wish })),
  );
const row = async (id: CallId) =>
  (
    await world.select<Row>(
      `select id, state, end_reason, ${repOfCallNow} as rep_id from calls where id = ?`,
      id,
    )
  )[0]!;
const workOf = async (rep: RepId) =>
  (await world.select<{ work: string }>('select work from reps where id = ?', rep))[0]!.work;
const list = () => listBlocks(world.db, [site], world.now);

onEveryEngine('blocks on', () => {
  test('Q140 a blocked shopper, network or number is refused at every way in, and nobody else is', async () => {
    await play({ do: 'comes-to-work', rep: 0 });
    const rude = await leaveNumber({ shopper: 'rude', network: 'home' }, '+47 400 00 001');
    await block(ana, rude, { by: ['shopper', 'network', 'number'] });
    expect(await row(rude)).toMatchObject({ state: 'ended', end_reason: 'removed' });
    // By each of the three alone, however the number is written.
    await expect(click({ shopper: 'rude', network: 'away' })).rejects.toMatchObject(refused);
    await expect(click({ shopper: 'new tab', network: 'home' })).rejects.toMatchObject(refused);
    for (const written of ['004740000001', '+47 (400) 00-001', '+47 400 00 001 ext. 7'])
      await expect(leaveNumber({ shopper: 'x', network: 'away' }, written)).rejects.toMatchObject(refused);
    await expect(leaveNumber({ shopper: 'y', network: 'home' }, '+47 400 00 002')).rejects.toMatchObject(
      refused,
    );
    // Who waits and then leaves the blocked number keeps the place that they have.
    const honest = await click({ shopper: 'honest', network: 'away' });
    const asks = (phone: string | null, networkMark: string) =>
      world.transactions.change([site], change =>
        leaveLineForCallback(change, site, 'honest' as ShopperId, {
          kind: phone ? 'phone' : 'page',
          phone,
          networkMark,
        }),
      );
    await expect(asks('+47 400 00 001', 'away')).rejects.toMatchObject(refused);
    await expect(asks(null, 'home')).rejects.toMatchObject(refused);
    expect(await row(honest)).toMatchObject({ state: 'ringing' });
    await asks('+47 400 00 003', 'away');
    // The other shop knows nothing of it.
    await play({ do: 'comes-to-work', rep: 1 });
    await click({ shopper: 'rude', network: 'home', siteId: 'b' });
  });

  test('Q141 a block ends what waits of that caller, and the talk of the rep who blocks, but no talk of others', async () => {
    await play({ do: 'comes-to-work', rep: 0 }, { do: 'comes-to-work', rep: 1 });
    const talk = await click({ shopper: 'rude', network: 'home' });
    await play(passes(1));
    const [offer] = await world.select<{ rep_id: RepId }>("select rep_id from offers where state = 'live'");
    const own = offer!.rep_id;
    const other = own === ana ? ben : ana;
    await play({ do: 'accept', rep: own === ana ? 0 : 1, offer: 'own' });
    const rings = await click({ shopper: 'second tab', network: 'home' });
    expect(await row(rings)).toMatchObject({ state: 'ringing' });
    const waits = await click({ shopper: 'third tab', network: 'home' });
    const honest = await click({ shopper: 'honest', network: 'away' });
    await block(own, talk, { by: ['shopper', 'network'], reason: 'shouts' });
    expect(await row(talk)).toMatchObject({ state: 'ended', end_reason: 'rep-hung-up', rep_id: own });
    for (const id of [rings, waits])
      expect(await row(id)).toMatchObject({ state: 'ended', end_reason: 'removed' });
    expect(await workOf(own)).toBe('wrap-up');
    // The one whose headset was ringing is rung for the next.
    expect(await row(honest)).toMatchObject({ state: 'ringing' });
    expect(await workOf(other)).toBe('ringing');
    const story = await readStory(world.db, talk, world.now);
    expect(story?.steps.slice(-2)).toMatchObject([
      { type: 'blocked', repId: own, data: { until: world.now + hour, reason: 'shouts' } },
      { type: 'ended' },
    ]);
    // A talk that somebody else is in goes on.
    await play({ do: 'accept', rep: own === ana ? 1 : 0, offer: 'own' });
    await block(own, honest);
    expect(await row(honest)).toMatchObject({ state: 'talking', rep_id: other });
  });

  test('Q142 a block is over by itself to the millisecond, whatever the clock is set to, or lifted, or lasts for good', async () => {
    await play({ do: 'comes-to-work', rep: 0 });
    const rude = { shopper: 'rude' };
    await block(ana, await click(rude), { reason: ' shouts ' });
    expect(await list()).toEqual([
      {
        ...{ id: expect.any(String), siteId: site, label: 'Name of rude', by: ['shopper'], reason: 'shouts' },
        ...{ siteName: 'a', repName: 'ana', createdAt: world.now, expiresAt: world.now + hour },
      },
    ]);
    await world.setClock(5 * hour);
    expect(await list()).toMatchObject([{ expiresAt: world.now + hour }]);
    world.now += hour - 1;
    await expect(click(rude)).rejects.toMatchObject(refused);
    world.now += 1;
    expect(await list()).toEqual([]);
    const again = await click(rude);
    // Two blocks: to lift one leaves the other.
    await block(ana, again, { forMs: null });
    world.now += 1;
    await block(ana, again);
    const [newest, forGood] = await list();
    expect(forGood).toMatchObject({ expiresAt: null });
    expect(await liftBlock(world.db, newest!.id, [site])).toMatchObject({ site_id: site });
    await expect(click(rude)).rejects.toMatchObject(refused);
    world.now += limits.longestBlockMs;
    await expect(click(rude)).rejects.toMatchObject(refused);
    expect(await liftBlock(world.db, forGood!.id, [])).toBeUndefined();
    expect(await liftBlock(world.db, forGood!.id, [site])).toMatchObject({ site_id: site });
    expect(await liftBlock(world.db, forGood!.id, [site])).toBeUndefined();
    await play({ do: 'comes-to-work', rep: 0 });
    await click(rude);
    // What is over leaves nothing behind.
    await block(ana, await click({ shopper: 'other' }));
    world.now += 2 * hour;
    await forgetOld({ db: world.db, now: () => world.now });
    for (const table of ['blocks', 'block_marks'])
      expect(await world.select(`select * from ${table}`)).toEqual([]);
  });

  test('Q143 reps block callers of their own queues and talks, overseers any; the list has room for so many', async () => {
    await play({ do: 'comes-to-work', rep: 0 }, { do: 'comes-to-work', rep: 1 });
    const vip = await click({ shopper: 'vip', queueId: 'a-vip' });
    await expect(block(cleo, vip)).rejects.toMatchObject({ code: 'not-found' });
    await expect(block(ana, 'nothing' as CallId)).rejects.toMatchObject({ code: 'not-found' });
    await expect(block(ana, vip, { by: ['number', 'network'] })).rejects.toMatchObject({
      code: 'bad-request',
    });
    await world.db.updateTable('members').set({ role: 'supervisor' }).where('rep_id', '=', cleo).execute();
    await block(cleo, vip);
    await world.db.updateTable('members').set({ role: 'rep' }).where('rep_id', '=', cleo).execute();
    expect(await row(vip)).toMatchObject({ state: 'ended' });
    const one = (await list())[0]!;
    await world.db
      .insertInto('blocks')
      .values(
        Array.from({ length: limits.blocksPerSite - 1 }, (_, i) => ({
          ...{ id: `b${i}` as typeof one.id, site_id: site, label: '', reason: '', rep_id: ana },
          ...{ created_at: world.now, expires_at: world.now + hour },
        })),
      )
      .execute();
    const next = await click({ shopper: 'next' });
    await expect(block(ana, next)).rejects.toMatchObject({ code: 'no-room' });
    expect(await row(next)).not.toMatchObject({ state: 'ended' });
    world.now += hour;
    await block(ana, next);
    expect(await list()).toHaveLength(1);
  });

  test('Q144 of a block and clicks at once none gets into the line behind it, ten times', async () => {
    for (let round = 0; round < 10; round++) {
      await startAnew();
      await play({ do: 'comes-to-work', rep: 0 });
      const rude = await click({ shopper: 'rude', network: 'home' });
      await Promise.allSettled([
        click({ shopper: 'one', network: 'home' }),
        block(ana, rude, { by: ['network'] }),
        click({ shopper: 'two', network: 'home' }),
        leaveNumber({ shopper: 'three', network: 'home' }, '+47 400 00 001'),
      ]);
      expect(await world.select("select id from calls where state <> 'ended'")).toEqual([]);
    }
  });

  test('Q145 the network of a call can be blocked for a day after its end, and is forgotten then', async () => {
    await play({ do: 'comes-to-work', rep: 0 });
    const callId = await click({ shopper: 'rude', network: 'home' });
    await block(ana, callId, { by: ['shopper'] });
    expect(await readStory(world.db, callId, world.now)).toMatchObject({ networkKnown: true });
    await block(ana, callId, { by: ['network'] });
    await expect(click({ shopper: 'new tab', network: 'home' })).rejects.toMatchObject(refused);
    world.now += limits.networkKeptMs + 1;
    await forgetOld({ db: world.db, now: () => world.now });
    expect(await readStory(world.db, callId, world.now)).toMatchObject({ networkKnown: false });
    await expect(block(ana, callId, { by: ['network'] })).rejects.toMatchObject({ code: 'bad-request' });
  });
});
