/** What one network may fill of a line. */
import { expect, test } from 'vitest';
import { askForCallback } from '../../../../server/calls/commands/callbacks.ts';
import { startCall } from '../../../../server/calls/commands/shopper-commands.ts';
import { shareOf } from '../../../../server/calls/line/lengths.ts';
import { reachability } from '../../../../server/calls/routing/availability.ts';
import type { CallId, QueueId, ShopperId, SiteId } from '../../../../shared/ids.ts';
import { limits } from '../../../../shared/limits.ts';
import { queueSettings } from '../../../../shared/settings.ts';
import { onEveryEngine, play, world } from './scene.ts';

const site = 'a' as SiteId;
let made = 0;
const caller = (networkMark: string, queueId = 'a-sales') => ({
  callId: `call-${made}` as CallId,
  siteId: site,
  shopperId: `caller-${made++}` as ShopperId,
  context: {},
  queueId: queueId as QueueId,
  networkMark,
});
const click = (network: string, queueId?: string) => {
  const wanted = caller(network, queueId);
  return world.transactions.change([site], change => startCall(change, wanted));
};
const leaveNumber = (network: string) => {
  const wanted = caller(network);
  const phone = `+47 400 ${10_000 + made}`;
  return world.transactions.change([site], change => askForCallback(change, wanted, phone));
};
/** How so many at once came out: `ok`, or the code of the refusal, counted. */
async function atOnce(count: number, ask: () => Promise<unknown>): Promise<Record<string, number>> {
  const counted: Record<string, number> = {};
  for (const one of await Promise.allSettled(Array.from({ length: count }, ask))) {
    const outcome = one.status === 'fulfilled' ? 'ok' : (one.reason as { code: string }).code;
    counted[outcome] = (counted[outcome] ?? 0) + 1;
  }
  return counted;
}
const open = async () => (await reachability(world.db, site, world.now)).availability;

onEveryEngine('the share of a line on', () => {
  test('Q146 one network fills half of a line and no more, however many ask at once; the rest is for others', async () => {
    await world.setQueue('a-sales', { maxLength: 20 });
    await play({ do: 'comes-to-work', rep: 0 });
    expect(await atOnce(15, () => click('home'))).toEqual({ ok: 10, 'too-many': 5 });
    // Numbers are taken beyond it, and count for nobody else.
    expect(await atOnce(5, () => leaveNumber('home'))).toEqual({ ok: 5 });
    expect(await open()).toBe('busy');
    expect(await atOnce(12, () => click(`guest-${made}`))).toEqual({ ok: 10, 'queue-full': 2 });
    expect(await open()).toBe('queue-full');
    // Who is not in line any more makes room.
    await world.setQueue('a-sales', { maxLength: 40 });
    expect(await atOnce(9, () => click('home'))).toEqual({ ok: 5, 'too-many': 4 });
    await play({ do: 'accept', rep: 0, offer: 'own' });
    expect(await atOnce(2, () => click('home'))).toEqual({ ok: 1, 'too-many': 1 });
  });

  test('Q147 a line too short to be shared is whole for whoever comes first, and those of no known network are one each', async () => {
    await world.setQueue('a-sales', { maxLength: limits.lineShareAtLeast });
    await play({ do: 'comes-to-work', rep: 0 });
    expect(await atOnce(7, () => click('home'))).toEqual({ ok: 5, 'queue-full': 2 });
    expect(await atOnce(20, () => click('', 'a-vip'))).toEqual({ ok: 4, 'queue-full': 16 });
  });

  test('Q148 an office of fifty behind one address is in line whole where a hundred may wait, and half of it by default, where the others leave a number', async () => {
    await play({ do: 'comes-to-work', rep: 0 });
    await world.setQueue('a-sales', { maxLength: 100 });
    expect(await atOnce(50, () => click('office'))).toEqual({ ok: 50 });
    expect(await atOnce(1, () => click('guest'))).toEqual({ ok: 1 });
    const { maxLength } = queueSettings.parse({});
    await world.setQueue('a-vip', { maxLength });
    expect(await atOnce(50, () => click('office', 'a-vip'))).toEqual({
      ok: shareOf(maxLength),
      'too-many': 50 - shareOf(maxLength),
    });
    expect(await atOnce(25, () => leaveNumber('office'))).toEqual({ ok: 25 });
    expect(await atOnce(maxLength - shareOf(maxLength), () => click(`guest-${made}`, 'a-vip'))).toEqual({
      ok: maxLength - shareOf(maxLength),
    });
  });

  test('Q149 who finds the share full is sent on by the rule for a full line; what is sent on counts for no more than a share', async () => {
    const full = { do: 'queue' as const, queueId: 'a-vip' as QueueId };
    const overflow = { ...queueSettings.parse({}).overflow, full };
    await world.setQueue('a-sales', { maxLength: 12, overflow });
    await world.setQueue('a-vip', { maxLength: 12 });
    await play({ do: 'comes-to-work', rep: 0 });
    expect(await atOnce(14, () => click('home'))).toEqual({ ok: 12, 'too-many': 2 });
    const [here] = await world.select<{ count: number | string }>(
      "select count(*) as count from calls where queue_id = 'a-vip'",
    );
    expect(Number(here!.count)).toBe(6);
    // One more by a transfer: half of the line is left for others all the same.
    await play({ do: 'accept', rep: 0, offer: 'own' }, { do: 'transfer', rep: 0, queue: 1 });
    expect(await atOnce(7, () => click(`guest-${made}`, 'a-vip'))).toEqual({ ok: 6, 'queue-full': 1 });
  });
});
