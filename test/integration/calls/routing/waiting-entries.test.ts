/** Entries of a line that a rep picks up or removes, and those that are out of reach. */
import { expect, test } from 'vitest';
import { acceptOffer } from '../../../../server/calls/commands/offers.ts';
import { shopperHangUp } from '../../../../server/calls/commands/shopper-commands.ts';
import { pickUp, removeEntry } from '../../../../server/calls/commands/waiting-entries.ts';
import { CallError } from '../../../../server/calls/errors.ts';
import { reachability } from '../../../../server/calls/routing/availability.ts';
import { repView } from '../../../../server/calls/views/rep-view.ts';
import type { CallId, OfferId, RepId, ShopperId, SiteId } from '../../../../shared/ids.ts';
import { onEveryEngine, passes, play, startAnew, view, world } from './scene.ts';
import { repOfCallNow } from './world.ts';

const site = 'a' as SiteId;
const [ana, ben, cleo] = ['ana', 'ben', 'cleo'] as RepId[] as [RepId, RepId, RepId];

type Entry = { id: CallId; state: string; rep_id: string | null; end_reason: string | null };
const callOf = async (shopper: number): Promise<Entry> => {
  const [call] = await world.select<Entry>(
    `select id, state, ${repOfCallNow} as rep_id, end_reason from calls where shopper_id = ? order by started_at desc`,
    `shopper-${shopper}`,
  );
  return call!;
};
const take = (rep: RepId, callId: CallId) =>
  world.transactions.changeRep(rep, change => pickUp(change, rep, callId));
const remove = (rep: RepId, callId: CallId, reason = '') =>
  world.transactions.changeRep(rep, change => removeEntry(change, rep, callId, reason));
const refusal = (code: string) => expect.objectContaining({ code });
const steps = (id: CallId) =>
  world.select<{ type: string; rep_id: string | null; data: string }>(
    'select type, rep_id, data from call_events where call_id = ? order by seq',
    id,
  );
const reach = () => reachability(world.db, site, world.now);
/** One of the first site's, which are 0 to 3. */
const start = (shopper: number) => ({ do: 'start', shopper, queue: 0 }) as const;
const away = { do: 'status', rep: 0, status: 'away' } as const;

onEveryEngine('entries of a line on', () => {
  test('Q100 a rep who is away picks up who waits, and they talk at once', async () => {
    await play({ do: 'comes-to-work', rep: 0 }, start(0), start(2), away);
    const { id } = await callOf(2);
    await take(ana, id);
    expect(await callOf(2)).toMatchObject({ state: 'talking', rep_id: ana });
    expect((await steps(id)).at(-1)).toMatchObject({
      type: 'answered',
      rep_id: ana,
      data: expect.stringContaining('"pickedUp":true'),
    });
    expect(await view(2)).toMatchObject({ state: 'talking', repName: 'ana' });
  });

  test('Q101 what rings at somebody else is picked up, and stops ringing there', async () => {
    await play({ do: 'comes-to-work', rep: 0 }, start(0));
    await play({ do: 'comes-to-work', rep: 1 });
    expect((await callOf(0)).state).toBe('ringing');
    await take(ben, (await callOf(0)).id);
    expect(await callOf(0)).toMatchObject({ state: 'talking', rep_id: ben });
    expect((await repView(world.db, ana, world.now)).work.state).toBe('idle');
    // And what rings at the very rep who picks it up is answered by that.
    await play(start(2));
    await take(ana, (await callOf(2)).id);
    expect(await callOf(2)).toMatchObject({ state: 'talking', rep_id: ana });
  });

  test('Q102 a callback that is put off is picked up: the page rings before its next try', async () => {
    await play({ do: 'comes-to-work', rep: 0 }, start(0), { do: 'call-me-back', shopper: 0, kind: 'page' });
    const [offer] = await world.select<{ id: OfferId }>("select id from offers where state = 'live'");
    await world.transactions.changeRep(ana, change => acceptOffer(change, ana, offer!.id));
    await play({ do: 'put-off', shopper: 0 });
    expect(await view(0)).toMatchObject({ state: 'callback', nextTryAt: expect.any(Number) });
    await take(ana, (await callOf(0)).id);
    expect(await view(0)).toMatchObject({ state: 'calling-back', kind: 'page', repName: 'ana' });
    await play({ do: 'answer-back', shopper: 0 });
    expect(await view(0)).toMatchObject({ state: 'talking' });
  });

  test('Q103 a pick-up is refused in words: busy, ringing, after-call work, absent, gone, not of the queue', async () => {
    await play({ do: 'comes-to-work', rep: 0 }, start(0), start(2));
    const second = (await callOf(2)).id;
    await expect(take(ana, second)).rejects.toEqual(refusal('rep-busy'));
    await take(ana, (await callOf(0)).id);
    await expect(take(ana, second)).rejects.toMatchObject({ message: expect.stringContaining('in a call') });
    await play({ do: 'hang-up', shopper: 0 });
    await expect(take(ana, second)).rejects.toMatchObject({ message: expect.stringContaining('last call') });
    await expect(take(ben, second)).rejects.toMatchObject({ message: expect.stringContaining('microphone') });
    await play({ do: 'wrap-up-done', rep: 0 }, away, { do: 'shopper-lost', shopper: 2 });
    await expect(take(ana, second)).rejects.toEqual(refusal('unreachable'));
    await play({ do: 'hang-up', shopper: 2 });
    await expect(take(ana, second)).rejects.toEqual(refusal('offer-gone'));
    await expect(take(ana, 'nothing' as CallId)).rejects.toEqual(refusal('not-found'));
    // Of the second queue, which cleo does not serve.
    await play({ do: 'comes-to-work', rep: 1 }, { do: 'start', shopper: 3, queue: 1 });
    await expect(take(cleo, (await callOf(3)).id)).rejects.toEqual(refusal('not-found'));
    await expect(remove(cleo, (await callOf(3)).id)).rejects.toEqual(refusal('not-found'));
    await world.db.updateTable('members').set({ role: 'supervisor' }).where('rep_id', '=', cleo).execute();
    await remove(cleo, (await callOf(3)).id);
    await world.db.updateTable('members').set({ role: 'rep' }).where('rep_id', '=', cleo).execute();
    expect(await callOf(3)).toMatchObject({ state: 'ended', end_reason: 'removed' });
  });

  test('Q104 any entry is removed, parked and put off ones too, with the reason in its story', async () => {
    await play({ do: 'comes-to-work', rep: 0 }, start(0), start(2), { do: 'shopper-lost', shopper: 2 });
    for (const shopper of [0, 2]) {
      const { id } = await callOf(shopper);
      await remove(ana, id, 'twice in line');
      expect(await callOf(shopper)).toMatchObject({ state: 'ended', end_reason: 'removed' });
      expect(await steps(id)).toContainEqual({
        type: 'removed',
        rep_id: ana,
        data: JSON.stringify({ reason: 'twice in line' }),
      });
      await expect(remove(ana, id)).rejects.toEqual(refusal('offer-gone'));
    }
    expect(await view(0)).toMatchObject({ state: 'ended', reason: 'removed' });
    expect((await repView(world.db, ana, world.now)).work.state).toBe('idle');
  });

  test('Q105 of two pick-ups, an answer, a removal and a hang-up at once exactly one has the call, 20 times', async () => {
    for (let round = 0; round < 20; round++) {
      await startAnew();
      await play({ do: 'comes-to-work', rep: 0 }, start(0), { do: 'comes-to-work', rep: 1 });
      await play({ do: 'comes-to-work', rep: 2 });
      const { id } = await callOf(0);
      const [offer] = await world.select<{ id: OfferId }>("select id from offers where state = 'live'");
      const rivals: (() => Promise<unknown>)[] = [
        () => world.transactions.changeRep(ana, change => acceptOffer(change, ana, offer!.id)),
        () => take(ben, id),
        () => take(cleo, id),
        () => remove(ben, id),
        ...(round % 2
          ? [
              () =>
                world.transactions.change([site], c => shopperHangUp(c, site, 'shopper-0' as ShopperId, id)),
            ]
          : []),
      ];
      const order = rivals.map((_, index) => rivals[(index + round) % rivals.length]!);
      const outcomes = await Promise.allSettled(order.map(act => act()));
      for (const one of outcomes) if (one.status === 'rejected') expect(one.reason).toBeInstanceOf(CallError);
      const story = await steps(id);
      const taken = story.filter(step => step.type === 'answered').length;
      const removed = story.filter(step => step.type === 'removed').length;
      expect(taken + removed).toBeLessThanOrEqual(1);
      const call = await callOf(0);
      const busy = await world.select<{ id: string }>("select id from reps where work = 'talking'");
      expect(busy.map(rep => rep.id)).toEqual(call.state === 'talking' ? [call.rep_id] : []);
      expect(await world.select("select id from offers where state = 'live'")).toEqual([]);
    }
  });
});

onEveryEngine('a line and those out of reach on', () => {
  test('Q106 parked shoppers and callbacks on a closed page take none of the line, and have their place when they are back', async () => {
    await world.setQueue('a-sales', { maxLength: 2 });
    await play({ do: 'comes-to-work', rep: 0 }, start(3), { do: 'accept', rep: 0, offer: 'own' });
    await play(passes(1), start(0), passes(1), start(1), passes(1), start(2));
    expect(await reach()).toMatchObject({ availability: 'queue-full' });
    expect(await callOf(2), 'two are the longest line').toBeUndefined();
    await play({ do: 'call-me-back', shopper: 0, kind: 'page' }, { do: 'shopper-lost', shopper: 0 });
    expect(await view(1)).toMatchObject({ state: 'waiting', place: 1 });
    await play({ do: 'shopper-lost', shopper: 1 });
    expect(await reach()).toMatchObject({ availability: 'busy', line: { waiting: 0 } });
    await play(passes(1), start(2));
    expect(await view(2)).toMatchObject({ state: 'waiting', place: 1 });
    const seen = await repView(world.db, ana, world.now);
    expect([seen.waitingTotal, seen.absentTotal, seen.queues[0]?.waiting]).toEqual([1, 2, 1]);
    expect(seen.waiting.map(call => call.place)).toEqual([1]);
    await play({ do: 'shopper-back', shopper: 0 });
    expect(await view(0)).toMatchObject({ state: 'callback', place: 1 });
    expect(await view(2)).toMatchObject({ place: 2 });
  });

  test('Q107 a callback that is tried again later holds up nobody until then', async () => {
    await world.setQueue('a-sales', { noRepExitMs: 600_000 });
    await play({ do: 'comes-to-work', rep: 0 }, start(0), { do: 'call-me-back', shopper: 0, kind: 'phone' });
    await play({ do: 'accept', rep: 0, offer: 'own' }, { do: 'outcome', rep: 0, outcome: 'no-answer' });
    await play(passes(1), start(2), away);
    expect((await repView(world.db, ana, world.now)).absent).toMatchObject([
      { phone: expect.any(String), heldUntil: world.now + 59_999 },
    ]);
    expect(await view(2)).toMatchObject({ state: 'waiting', place: 1 });
    await play(passes(60_000));
    expect(await view(2)).toMatchObject({ state: 'waiting', place: 2 });
  });

  test('Q108 availability: open only when somebody is free for a click, else busy with how many wait', async () => {
    expect(await reach()).toMatchObject({ availability: 'no-rep', line: null });
    await play({ do: 'comes-to-work', rep: 0 });
    expect(await reach()).toMatchObject({ availability: 'open', line: null });
    await play(start(0));
    expect(await reach(), 'the only headset rings').toMatchObject({
      availability: 'busy',
      line: { waiting: 1 },
    });
    await play({ do: 'accept', rep: 0, offer: 'own' });
    expect(await reach()).toMatchObject({ availability: 'busy', line: { waiting: 0, estimate: null } });
    await play(start(2));
    expect(await reach()).toMatchObject({ availability: 'busy', line: { waiting: 1 } });
    const [queue] = (await repView(world.db, ana, world.now)).queues;
    expect(queue).toMatchObject({ availability: 'busy', waiting: 1 });
    await play({ do: 'hang-up', shopper: 2 }, { do: 'hang-up', shopper: 0 }, passes(10_000));
    expect(await reach()).toMatchObject({ availability: 'open' });
  });

  test('Q109 who declined or did not answer: the shopper is told, keeps the place, and reads why it ended', async () => {
    await play({ do: 'comes-to-work', rep: 0 }, start(0));
    expect(await view(0)).toMatchObject({ setback: null, ringing: true });
    await play({ do: 'decline', rep: 0, offer: 'own' });
    expect(await view(0)).toMatchObject({ state: 'waiting', place: 1, setback: 'not-taken' });
    expect(await reach(), 'the rep is free, but who waits comes first').toMatchObject({
      availability: 'busy',
    });
    await play(passes(31_000));
    expect(await view(0)).toMatchObject({ ringing: true });
    await play(passes(20_000));
    expect(await view(0)).toMatchObject({ state: 'waiting', setback: 'nobody', callback: { page: true } });
    await play(passes(31_000));
    expect(await view(0)).toMatchObject({ state: 'ended', reason: 'no-answer' });
    // Whose rep went away by themselves reads that nobody is there.
    await play({ do: 'comes-to-work', rep: 0 }, start(2), away, passes(31_000));
    expect(await view(2)).toMatchObject({ state: 'ended', reason: 'no-rep' });
  });
});
