/**
 * Faults that people live with in other systems (Asterisk's app_queue, FreeSWITCH's mod_callcenter, FusionPBX), each
 * as the history that would show it here. The number is that of the report there.
 */
import { expect, test } from 'vitest';
import { reachability } from '../../../../server/calls/routing/availability.ts';
import type { SiteId } from '../../../../shared/ids.ts';
import { limits } from '../../../../shared/limits.ts';
import type { Operation } from './operations.ts';
import { onEveryEngine, passes, play, rung, startAnew, view, world } from './scene.ts';
import { queues } from './world.ts';

const [ana, ben, cleo] = [0, 1, 2] as const;
const site = 'a' as SiteId;
const [sales, vip] = [0, 1] as const;
const salesWrapUp = queues[sales]!.wrapUpMs;

const works = (rep: number): Operation => ({ do: 'comes-to-work', rep });
const calls = (shopper: number, queue: number = sales): Operation => ({ do: 'start', shopper, queue });
const accepts: Operation = { do: 'accept', rep: 0, offer: 'own' };
const declines: Operation = { do: 'decline', rep: 0, offer: 'own' };
const hangsUp = (shopper: number): Operation => ({ do: 'hang-up', shopper });

const rep = async (id: string) => {
  const [row] = await world.select<{ status: string; work: string; idle_since: number }>(
    'select status, work, idle_since from reps where id = ?',
    id,
  );
  return row!;
};

onEveryEngine('known elsewhere, on', () => {
  test('Q80 queues that share a rep are fair to each other (Asterisk 108)', async () => {
    // Ben alone serves both shops. Five callers come in turns; each is rung for in the order of coming.
    await play(works(ben));
    const order = [0, 4, 1, 5, 2];
    for (const shopper of order) await play(calls(shopper), passes(1_000));
    for (const shopper of order) {
      expect(await rung()).toEqual({ ben: `shopper-${shopper}` });
      await play(accepts, hangsUp(shopper), { do: 'wrap-up-done', rep: ben });
    }
    expect(await rung()).toEqual({});
  });

  test('Q81 priority goes before wait, wait before nothing, and neither is lost on the way (Asterisk 1637)', async () => {
    await play(works(ben), calls(0, sales), accepts, calls(1, sales), passes(60_000), calls(2, vip));
    await play(passes(1_000), calls(3, vip));
    await play(hangsUp(0), { do: 'wrap-up-done', rep: ben });
    expect(await rung(), 'the queue that goes first').toEqual({ ben: 'shopper-2' });
    // Parked and back, the first of the important ones is still before the second.
    await play({ do: 'shopper-lost', shopper: 2 }, { do: 'shopper-back', shopper: 2 });
    expect(await rung()).toEqual({ ben: 'shopper-3' });
    await play(declines);
    expect(await rung()).toEqual({ ben: 'shopper-2' });
    await play(accepts, hangsUp(2));
    expect(await rung(), 'nobody is forgotten behind the important ones').toEqual({ ben: 'shopper-1' });
  });

  test('Q82 no head of the line holds up the others, whatever is the matter with it (Asterisk 1691)', async () => {
    const stalls: Record<string, Operation[]> = {
      'was declined': [declines],
      'lost the connection': [{ do: 'shopper-lost', shopper: 0 }],
      'hung up': [hangsUp(0)],
      'waits to be called back later': [
        { do: 'call-me-back', shopper: 0, kind: 'page' },
        accepts,
        { do: 'put-off', shopper: 0 },
      ],
    };
    for (const [what, head] of Object.entries(stalls)) {
      await startAnew();
      await play(works(ana), calls(0), passes(1), calls(1), ...head);
      expect(await rung(), `the first ${what}`).toEqual({ ana: 'shopper-1' });
    }
  });

  test('Q83 a wrap-up lasts as long as it lasts, whatever else the rep does (Asterisk 1006)', async () => {
    await play(works(ben), calls(0), accepts, hangsUp(0), calls(1), passes(1), calls(4));
    const meanwhile: Operation[] = [
      { do: 'status', rep: ben, status: 'away' },
      { do: 'status', rep: ben, status: 'available' },
      { do: 'microphone', rep: ben, ready: false },
      { do: 'microphone', rep: ben, ready: true },
      { do: 'rep-lost', rep: ben },
      { do: 'rep-arrives', rep: ben, keepsLeg: true },
      { do: 'microphone', rep: ben, ready: true },
      { do: 'rep-arrives', rep: ben, keepsLeg: false },
      { do: 'microphone', rep: ben, ready: true },
    ];
    for (const one of meanwhile) {
      await play(one);
      expect(await rung(), one.do).toEqual({});
      expect((await rep('ben')).work).toBe('wrap-up');
    }
    await play(passes(salesWrapUp - 2));
    expect(await rung()).toEqual({});
    await play(passes(1));
    expect(await rung()).toEqual({ ben: 'shopper-1' });
  });

  test('Q84 who sends a talk on is idle since then, and what becomes of it costs nobody a turn (Asterisk 607)', async () => {
    await play(works(ana), passes(1_000), works(ben), calls(0), calls(1));
    expect(await rung()).toEqual({ ana: 'shopper-0', ben: 'shopper-1' });
    await play(accepts, accepts, passes(30_000), hangsUp(1), { do: 'wrap-up-done', rep: ben });
    const benFree = (await rep('ben')).idle_since;
    await play(passes(5_000), { do: 'transfer', rep: ana, queue: vip });
    const anaFree = (await rep('ana')).idle_since;
    expect(anaFree).toBe(world.now);
    // The talk goes on with ben, and ends.
    expect(await rung()).toEqual({ ben: 'shopper-0' });
    await play(declines, passes(1_000));
    expect(await rep('ben')).toMatchObject({ idle_since: benFree });
    expect(await rep('ana')).toMatchObject({ idle_since: anaFree });
    // Ben has been idle for longer, so ben is next.
    await play(hangsUp(0), calls(2));
    expect(await rung()).toEqual({ ben: 'shopper-2' });
  });

  test('Q85 whoever comes back to the line comes back to their place (FreeSWITCH 2511)', async () => {
    await play(works(ana), calls(0), passes(1_000), calls(1), passes(1_000), calls(2));
    await play({ do: 'shopper-lost', shopper: 0 }, { do: 'shopper-lost', shopper: 1 });
    expect(await rung()).toEqual({ ana: 'shopper-2' });
    await play({ do: 'shopper-back', shopper: 1 }, { do: 'shopper-back', shopper: 0 });
    expect([await view(0), await view(1), await view(2)]).toMatchObject([
      { place: 1 },
      { place: 2 },
      { place: 3 },
    ]);
    await play(hangsUp(2));
    expect(await rung()).toEqual({ ana: 'shopper-0' });
    await play(accepts, { do: 'rep-lost', rep: ana }, passes(limits.repGraceMs), works(ana));
    expect(await rung(), 'back from a talk, still the first').toEqual({ ana: 'shopper-0' });
  });

  test('Q86 a rep whose ringing ends, however it ends, is free at that moment (FreeSWITCH 2540)', async () => {
    const ends: Record<string, Operation> = {
      'the caller hung up': hangsUp(0),
      'the caller was cut off': { do: 'shopper-lost', shopper: 0 },
      'the caller is called back instead': { do: 'call-me-back', shopper: 0, kind: 'page' },
      'caller and rep were at it at once': {
        do: 'together',
        one: { do: 'hang-up', shopper: 0 },
        other: { do: 'accept', rep: ana, offer: 'own' },
      },
    };
    for (const [what, end] of Object.entries(ends)) {
      await startAnew();
      await play(works(ana), calls(0), end);
      const talked = (await rep('ana')).work === 'wrap-up';
      if (talked) await play({ do: 'wrap-up-done', rep: ana });
      await play(calls(1));
      const expected = what === 'the caller is called back instead' ? 'shopper-0' : 'shopper-1';
      expect(await rung(), what).toEqual({ ana: expected });
    }
  });

  test('Q87 nobody is rung for a caller who is not there, and no place is held for one for ever (FreeSWITCH 1973)', async () => {
    await play(works(ana), calls(0), accepts, calls(1), passes(1_000), calls(2));
    await play({ do: 'shopper-lost', shopper: 1 }, hangsUp(0), { do: 'wrap-up-done', rep: ana });
    expect(await rung()).toEqual({ ana: 'shopper-2' });
    await play(accepts, passes(limits.shopperGraceMs));
    expect(await view(1)).toMatchObject({ state: 'ended', reason: 'shopper-lost' });
    await play(calls(3));
    expect(await view(3)).toMatchObject({ state: 'waiting', place: 1 });
    // Not even after a restart of which only one of the two comes back.
    await play(
      calls(1),
      { do: 'restart' },
      { do: 'shopper-back', shopper: 1 },
      passes(limits.shopperGraceMs),
    );
    expect(await view(3)).toMatchObject({ state: 'ended', reason: 'shopper-lost' });
    expect(await view(1)).toMatchObject({ state: 'waiting', place: 1 });
  });

  test('Q88 callers whose reps do not answer or go home are passed on or told, never kept for nothing (FreeSWITCH PR 1221)', async () => {
    await play(works(ana), passes(1), works(ben), calls(0));
    expect(await rung()).toEqual({ ana: 'shopper-0' });
    await play(passes(20_000));
    expect(await rep('ana')).toMatchObject({ status: 'away', work: 'idle' });
    expect(await rung()).toEqual({ ben: 'shopper-0' });
    await play(passes(20_000));
    expect(await rung()).toEqual({});
    await play(passes(29_999));
    expect(await view(0)).toMatchObject({ state: 'waiting' });
    await play(passes(1));
    expect(await view(0)).toMatchObject({ state: 'ended', reason: 'no-answer' });
  });

  test('Q89 available is only who can be reached, and the button says so (FusionPBX 2831)', async () => {
    const here = async () => (await reachability(world.db, site, world.now)).availability;
    await play(passes(limits.repGraceMs));
    expect(await here(), 'nobody signed in').toBe('no-rep');
    await play({ do: 'rep-arrives', rep: ana, keepsLeg: false });
    expect(await here(), 'here, but offline').toBe('no-rep');
    await play({ do: 'status', rep: ana, status: 'available' });
    expect(await here(), 'no microphone').toBe('no-rep');
    await play({ do: 'microphone', rep: ana, ready: true });
    expect(await here()).toBe('open');
    await play(calls(0));
    expect(await rung()).toEqual({ ana: 'shopper-0' });
    await play({ do: 'rep-lost', rep: ana });
    expect(await here(), 'cut off, and perhaps back in a moment').toBe('busy');
    expect(await rung()).toEqual({});
    await play({ do: 'rep-arrives', rep: ana, keepsLeg: false });
    expect(await here(), 'back, and about to have a microphone').toBe('busy');
    await play({ do: 'rep-lost', rep: ana });
    await play(passes(limits.repGraceMs));
    expect(await here(), 'did not come back').toBe('no-rep');
    expect(await rep('ana')).toMatchObject({ status: 'offline' });
    await play({ do: 'rep-arrives', rep: ana, keepsLeg: false });
    expect(await here(), 'back, but did not say so').toBe('no-rep');
    await play(works(cleo));
    expect(await rung(), 'of the lower tier, but there').toEqual({ cleo: 'shopper-0' });
  });
});
