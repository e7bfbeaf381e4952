/** Being called back, on both engines: the place is kept, tries are counted, and nobody rings into the void. */
import { expect, test } from 'vitest';
import { askForCallback } from '../../../../server/calls/commands/callbacks.ts';
import { startCall } from '../../../../server/calls/commands/shopper-commands.ts';
import { nextDue } from '../../../../server/calls/timers/due-times.ts';
import type { CallId, ShopperId, SiteId } from '../../../../shared/ids.ts';
import { limits } from '../../../../shared/limits.ts';
import type { Operation } from './operations.ts';
import { onEveryEngine, passes, play, rung, view, world } from './scene.ts';
import { queues } from './world.ts';

const site = 'a' as SiteId;
const sales = 'a-sales';
const [ana, ben] = [0, 1];
const minute = 60_000;

const comes = (shopper: number): Operation => ({ do: 'start', shopper, queue: 0 });
const asks = (shopper: number, kind: 'page' | 'phone'): Operation => ({ do: 'call-me-back', shopper, kind });
const accepts = (rep: number): Operation => ({ do: 'accept', rep, offer: 'own' });
const types = async (shopper: number) => {
  const events = await world.select<{ type: string }>(
    'select type from call_events e join calls c on c.id = e.call_id where c.shopper_id = ? order by e.at',
    `shopper-${shopper}`,
  );
  return events.map(event => event.type);
};

onEveryEngine('a callback on', () => {
  test('Q62 keeps the place, and rings the page when the turn has come and a rep has taken it', async () => {
    await play({ do: 'comes-to-work', rep: ana }, comes(0), accepts(ana), comes(1), passes(1), comes(2));
    await play(asks(1, 'page'));
    expect(await view(1)).toMatchObject({ state: 'callback', place: 1, kind: 'page', tries: 0 });
    expect(await view(2)).toMatchObject({ state: 'waiting', place: 2 });
    await play({ do: 'hang-up', shopper: 0 }, passes(queues[0]!.wrapUpMs));
    expect(await rung()).toEqual({ ana: 'shopper-1' });
    await play(accepts(ana));
    expect(await view(1)).toMatchObject({ state: 'calling-back', repName: 'ana' });
    await play({ do: 'answer-back', shopper: 1 });
    expect(await view(1)).toMatchObject({ state: 'talking', repName: 'ana' });
    expect(await types(1)).toEqual(
      expect.arrayContaining(['callback-asked', 'calling-back', 'callback-answered']),
    );
  });

  test('Q63 that nobody answers is tried again later in its place, and given up after the last try', async () => {
    await play({ do: 'comes-to-work', rep: ana }, comes(0), asks(0, 'page'), accepts(ana));
    await play(passes(limits.callbackRingMs));
    expect(await view(0)).toMatchObject({ state: 'callback', tries: 1, place: 1 });
    // The rep is free at once, for somebody else and not for the same void.
    expect(await rung()).toEqual({});
    await play(comes(1));
    expect(await rung()).toEqual({ ana: 'shopper-1' });
    await play(accepts(ana), { do: 'hang-up', shopper: 1 }, passes(queues[0]!.wrapUpMs));
    expect(await rung()).toEqual({});
    await play(passes(minute));
    expect(await rung()).toEqual({ ana: 'shopper-0' });
    await play(accepts(ana), { do: 'put-off', shopper: 0 });
    expect(await view(0)).toMatchObject({ state: 'ended', reason: 'callback-failed' });
    const [rep] = await world.select<{ work: string }>("select work from reps where id = 'ana'");
    expect(rep).toEqual({ work: 'idle' });
  });

  test('Q64 waits for a page that is closed, as long as it has; and a telephone needs no page', async () => {
    await play({ do: 'comes-to-work', rep: ana }, comes(0), asks(0, 'page'), {
      do: 'decline',
      rep: ana,
      offer: 'own',
    });
    await play({ do: 'shopper-lost', shopper: 0 }, passes(minute));
    expect(await rung()).toEqual({});
    await play({ do: 'shopper-back', shopper: 0 });
    expect(await rung()).toEqual({ ana: 'shopper-0' });
    await play(accepts(ana), { do: 'answer-back', shopper: 0 }, { do: 'hang-up', shopper: 0 });
    await play({ do: 'wrap-up-done', rep: ana }, { do: 'status', rep: ana, status: 'away' });
    await play({ do: 'comes-to-work', rep: ben }, comes(1), asks(1, 'phone'));
    await play({ do: 'shopper-lost', shopper: 1 });
    expect(await rung()).toEqual({ ben: 'shopper-1' });
    await play(accepts(ben), { do: 'outcome', rep: ben, outcome: 'reached' });
    expect(await view(1)).toMatchObject({ state: 'ended', reason: 'callback-done', repName: 'ben' });
  });

  test('Q75 needs no open page where a push reaches the browser, and then has longer for the way back', async () => {
    await play({ do: 'comes-to-work', rep: ana }, comes(0), accepts(ana), comes(1), asks(1, 'page'));
    expect(await view(1)).toMatchObject({ push: false });
    await play({ do: 'allow-push', shopper: 1 }, { do: 'shopper-lost', shopper: 1 });
    expect(await view(1)).toMatchObject({ state: 'callback', push: true });
    // Even a restart finds nobody to wait for.
    await play({ do: 'restart' }, { do: 'comes-to-work', rep: ana });
    expect(await types(0)).toContain('answered');
    await play({ do: 'hang-up', shopper: 0 }, passes(queues[0]!.wrapUpMs));
    expect(await rung()).toEqual({ ana: 'shopper-1' });
    await play(accepts(ana), passes(limits.callbackRingMs));
    expect(await view(1)).toMatchObject({ state: 'calling-back', ringUntil: expect.any(Number) });
    await play({ do: 'shopper-back', shopper: 1 }, { do: 'answer-back', shopper: 1 });
    expect(await view(1)).toMatchObject({ state: 'talking' });
    const [call] = await world.select('select callback_push from calls where shopper_id = ?', 'shopper-1');
    expect(call).toEqual({ callback_push: null });
  });

  test('Q76 rings on when the page closes meanwhile, if a push can bring it back; once it cannot, it waits for the page', async () => {
    await play({ do: 'comes-to-work', rep: ana }, comes(0), asks(0, 'page'), {
      do: 'allow-push',
      shopper: 0,
    });
    await play(accepts(ana), { do: 'shopper-lost', shopper: 0 });
    expect(await view(0)).toMatchObject({ state: 'calling-back' });
    await play({ do: 'push-gone', shopper: 0 });
    expect(await view(0)).toMatchObject({ state: 'callback', push: false, tries: 1 });
    await play(passes(2 * minute));
    expect(await rung()).toEqual({});
    await play({ do: 'shopper-back', shopper: 0 });
    expect(await rung()).toEqual({ ana: 'shopper-0' });
  });

  test('Q65 expires in its time, even while nobody is on duty, and waits through that meanwhile', async () => {
    await play({ do: 'comes-to-work', rep: ana }, comes(0), asks(0, 'page'), {
      do: 'decline',
      rep: ana,
      offer: 'own',
    });
    await play({ do: 'status', rep: ana, status: 'away' }, passes(2 * minute));
    expect(await view(0)).toMatchObject({ state: 'callback' });
    await play(passes(3 * minute));
    expect(await view(0)).toMatchObject({ state: 'ended', reason: 'callback-expired' });
  });

  test('Q69 ends at once when its time ran out while it was being made, and the rep who made it is gone', async () => {
    await play({ do: 'comes-to-work', rep: ana }, comes(0), asks(0, 'phone'), accepts(ana));
    await play({ do: 'rep-lost', rep: ana }, passes(5 * minute));
    expect(await view(0)).toMatchObject({ state: 'ended', reason: 'callback-expired' });
    expect(await nextDue(world.db, world.now)).toBeNull();
  });

  test('Q66 can be asked for with a number while nobody can take a call, and comes first thing', async () => {
    const wanted = {
      callId: 'left' as CallId,
      siteId: site,
      shopperId: 'shopper-0' as ShopperId,
      context: {},
    };
    await expect(
      world.transactions.change([site], change => startCall(change, wanted)),
    ).rejects.toMatchObject({
      code: 'no-rep',
    });
    expect(await view(0)).toMatchObject({ state: 'idle', takesNumber: true });
    await world.transactions.change([site], change => askForCallback(change, wanted, '030 123456'));
    await play(passes(2 * minute), { do: 'comes-to-work', rep: ana });
    expect(await rung()).toEqual({ ana: 'shopper-0' });
    await world.setQueue(sales, {
      callback: {
        page: true,
        phone: false,
        numbers: { countries: 'any', premium: false, own: null },
        tries: 2,
        retryMs: minute,
        expireMs: 300_000,
      },
    });
    await expect(
      world.transactions.change([site], change =>
        askForCallback(change, { ...wanted, shopperId: 'shopper-1' as ShopperId }, '030 123456'),
      ),
    ).rejects.toMatchObject({ code: 'not-allowed' });
  });

  test('Q67 that is being made when the server restarts is made anew, and counts as no try', async () => {
    await play({ do: 'comes-to-work', rep: ana }, comes(0), asks(0, 'phone'), accepts(ana));
    await play({ do: 'restart' });
    expect(await view(0)).toMatchObject({ state: 'callback', tries: 0 });
    await play({ do: 'comes-to-work', rep: ana });
    expect(await rung()).toEqual({ ana: 'shopper-0' });
  });

  test('Q68 is what a rule makes of a wait that is too long: nothing is lost', async () => {
    await world.setQueue(sales, {
      maxWaitMs: minute,
      overflow: {
        closed: { do: 'end' },
        noRep: { do: 'callback' },
        full: { do: 'end' },
        maxWait: { do: 'callback' },
      },
    });
    await play({ do: 'comes-to-work', rep: ana }, comes(0), accepts(ana), comes(1), passes(minute));
    expect(await view(1)).toMatchObject({ state: 'callback', kind: 'page', place: 1 });
  });
});
