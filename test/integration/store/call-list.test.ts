/** The list of calls and its filters, from real stories, on both engines. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createInProcessBus } from '../../../server/bus/in-process.ts';
import { transferCall } from '../../../server/calls/commands/move.ts';
import { acceptOffer } from '../../../server/calls/commands/offers.ts';
import { shopperHangUp, startCall } from '../../../server/calls/commands/shopper-commands.ts';
import { type CallFilter, listCalls, readStory } from '../../../server/calls/history/call-list.ts';
import { movedClock, RowClock } from '../../../server/calls/transaction/row-clock.ts';
import { createTransactions, type Transactions } from '../../../server/calls/transaction/transactions.ts';
import { createOverviews } from '../../../server/calls/views/overview.ts';
import { applyTo } from '../../../server/calls/writing/apply.ts';
import { mainAccount } from '../../../server/store/members.ts';
import type { RepRow } from '../../../server/store/schema.ts';
import { addSite, newMember, newQueue } from '../../../server/store/sites.ts';
import type { Store } from '../../../server/store/store.ts';
import { addUser } from '../../../server/store/users.ts';
import type { CallId, QueueId, RepId, ShopperId, SiteId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import { engines, freshPlace, openPlace, type Place } from '../../support/engines.ts';

const epoch = 1_800_000_000_000;
const siteId = 'shop' as SiteId;
const sales = 'sales' as QueueId;
const help = 'help' as QueueId;
const ana = 'ana' as RepId;
const ben = 'ben' as RepId;

let place: Place;
let store: Store;
let transactions: Transactions;
let now = epoch;

const find = async (filter: Partial<CallFilter>) =>
  (await listCalls(store.db, { siteId, limit: 50, now, ...filter })).calls.map(call => call.callId);

const start = (name: string, phone?: string) =>
  transactions.change([siteId], change =>
    startCall(change, {
      callId: name as CallId,
      siteId,
      shopperId: name as ShopperId,
      queueId: sales,
      context: { name, page: { url: 'https://shop.example/', title: phone ?? 'Mugs' } },
    }),
  );
const answer = (rep: RepId) =>
  transactions.change([siteId], async change => {
    const offer = await change.db
      .selectFrom('offers')
      .select('id')
      .where('rep_id', '=', rep)
      .where('state', '=', 'live')
      .executeTakeFirstOrThrow();
    await acceptOffer(change, rep, offer.id);
  });

describe.each(engines)('the list of calls on %s', engine => {
  beforeEach(async () => {
    now = epoch;
    place = await freshPlace(engine);
    store = await openPlace(place);
    const { db } = store;
    await addSite(db, { siteId, queueId: sales, key: 'shop', name: 'Shop' }, now);
    await db
      .insertInto('queues')
      .values(newQueue(siteId, help, 'Help', now))
      .execute();
    await db.updateTable('queues').set({ settings: '{"wrapUp":{"kind":"none","ms":1000}}' }).execute();
    for (const [id, queue] of [
      [ana, sales],
      [ben, help],
    ] as const) {
      await addUser(
        db,
        { id, name: id, email: `${id}@shop.example`, password_hash: '' },
        { accountId: mainAccount, role: 'rep' },
        now,
      );
      await db.deleteFrom('queue_members').where('rep_id', '=', id).execute();
      await db
        .insertInto('queue_members')
        .values(newMember(siteId, queue, id))
        .execute();
    }
    await db
      .updateTable('reps')
      .set({ status: 'available', status_reason: 'chosen', session_id: 'here', media_ready: 1 })
      .execute();
    await db.updateTable('queues').set({ no_rep_since: null }).execute();
    transactions = createTransactions({
      store,
      bus: createInProcessBus(),
      rowClock: new RowClock(movedClock(() => now)),
    });
  });
  afterEach(async () => {
    await store.close();
    await place.remove();
  });

  test('R91 a call is listed with its callback and the call of the same tab before it', async () => {
    const again = (callId: string) =>
      transactions.change([siteId], change =>
        startCall(change, {
          callId: callId as CallId,
          siteId,
          shopperId: 'Kim' as ShopperId,
          queueId: sales,
          context: {
            name: 'Kim',
            cart: { items: [{ name: 'Mug', quantity: 3 }], total: '€30' },
          },
        }),
      );
    await again('first');
    await answer(ana);
    now += 60_000;
    await transactions.change([siteId], change =>
      applyTo(change, 'first' as CallId, { type: 'end', reason: 'rep-hung-up' }),
    );
    const firstEnded = now;
    now += 60_000;
    await again('second');
    now += 5_000;
    await transactions.change([siteId], change =>
      shopperHangUp(change, siteId, 'Kim' as ShopperId, 'second' as CallId),
    );
    const secondEnded = now;
    now += 60_000;
    await again('third');
    await start('Lee');
    await store.db
      .updateTable('calls')
      .set({ callback_kind: 'phone', callback_phone: '+47 400 00 000' })
      .where('id', '=', 'third' as CallId)
      .execute();
    const { calls } = await listCalls(store.db, { siteId, limit: 50, now });
    expect(Object.fromEntries(calls.map(call => [call.callId, call]))).toMatchObject({
      Lee: { lastCall: null, cart: null, callback: null },
      third: {
        callback: 'phone',
        phone: '+47 400 00 000',
        cart: { items: 3, total: '€30' },
        lastCall: { endedAt: secondEnded, repName: null },
      },
      second: { callback: null, lastCall: { endedAt: firstEnded, repName: 'ana' } },
      first: { lastCall: null },
    });
    const story = await readStory(store.db, 'second' as CallId, now);
    expect(story?.lastCall).toEqual({ endedAt: firstEnded, repName: 'ana' });
  });

  test('R92 a desk tells today’s answered and missed calls, mean wait and talk, as the list of calls has them', async () => {
    const overviews = createOverviews(store.db, () => now);
    const day = epoch - 3_600_000;
    const today = async (reader: { id: RepId; overseen: SiteId[] } = { id: ana, overseen: [] }) =>
      (await overviews.read(reader, day)).today;
    expect(await today()).toEqual({ answered: 0, missed: 0, meanWaitMs: null, meanTalkMs: null });
    await start('Kim');
    now += 3_000;
    await answer(ana);
    now += 61_000;
    await transactions.change([siteId], change =>
      applyTo(change, 'Kim' as CallId, { type: 'end', reason: 'rep-hung-up' }),
    );
    now += 1_000;
    await start('Lee');
    now += 5_000;
    await answer(ana);
    now += 19_000;
    await transactions.change([siteId], change =>
      applyTo(change, 'Lee' as CallId, { type: 'end', reason: 'rep-hung-up' }),
    );
    now += 1_000;
    await start('Mia');
    now += 5_000;
    await transactions.change([siteId], change =>
      shopperHangUp(change, siteId, 'Mia' as ShopperId, 'Mia' as CallId),
    );
    await start('Nia');
    now += limits.overviewKeptMs + 1;
    const figures = { answered: 2, missed: 1, meanWaitMs: 4_000, meanTalkMs: 40_000 };
    expect(await today()).toEqual(figures);
    // Counted once, however often it is asked, and the one that has ended since as well.
    await transactions.change([siteId], change =>
      shopperHangUp(change, siteId, 'Nia' as ShopperId, 'Nia' as CallId),
    );
    now += limits.overviewKeptMs + 1;
    expect(await today()).toEqual({ ...figures, missed: 2 });
    now += limits.dayAnewMs + 1;
    expect(await today()).toEqual({ ...figures, missed: 2 });
    // The other queue's rep has none of it, who oversees has all, and so has tomorrow.
    expect(await today({ id: ben, overseen: [] })).toMatchObject({ answered: 0, missed: 0 });
    expect((await overviews.read({ id: ben, overseen: [siteId] }, day)).today).toMatchObject({
      answered: 2,
      missed: 2,
    });
    expect((await overviews.read({ id: ana, overseen: [] }, now)).today).toMatchObject({ answered: 0 });
  });

  test('R93 a desk lists the calls just over of the rep’s queues, without notes and whole carts', async () => {
    const overviews = createOverviews(store.db, () => now);
    const names: string[] = [];
    for (let n = 0; n < limits.overviewCalls + 2; n++) {
      const name = `Kim ${n}`;
      names.unshift(name);
      await start(name);
      now += 1_000;
      await transactions.change([siteId], change =>
        shopperHangUp(change, siteId, name as ShopperId, name as CallId),
      );
    }
    await start('Still here');
    await store.db.updateTable('calls').set({ note: 'wants a refund' }).execute();
    const { recent } = await overviews.read({ id: ana, overseen: [] }, epoch);
    expect(recent.map(call => call.context.name)).toEqual(names.slice(0, limits.overviewCalls));
    expect(JSON.stringify(recent)).not.toContain('refund');
    expect((await overviews.read({ id: ben, overseen: [] }, epoch)).recent).toEqual([]);
  });

  test('R94 a desk lists the team of the rep’s queues: free first, then on a call, away and offline, as they are', async () => {
    const overviews = createOverviews(store.db, () => now);
    const colleague = async (id: string, state: Partial<RepRow>) => {
      await addUser(
        store.db,
        { id: id as RepId, name: id, email: `${id}@shop.example`, password_hash: '' },
        { accountId: mainAccount, role: 'rep' },
        now,
      );
      await store.db
        .updateTable('reps')
        .set(state)
        .where('id', '=', id as RepId)
        .execute();
    };
    const here = { session_id: 'here', media_ready: 1, status: 'available' } as const;
    await colleague('cut off', { ...here, session_id: null });
    await colleague('at lunch', { ...here, status: 'away', status_note: 'Lunch' });
    await colleague('talks', { ...here, work: 'talking' });
    await colleague('no headset', { ...here, media_ready: 0 });
    const { team } = await overviews.read({ id: ana, overseen: [] }, epoch);
    expect(
      team.colleagues.map(({ name, status, statusNote, work }) => [name, status, statusNote, work]),
    ).toEqual([
      ['talks', 'available', '', 'talking'],
      ['at lunch', 'away', 'Lunch', 'idle'],
      ['no headset', 'away', '', 'idle'],
      ['cut off', 'offline', '', 'idle'],
    ]);
    expect(team.more).toBe(0);
    // Ben does not serve Ana's queue; the overseer sees all, themselves left out.
    const all = await overviews.read({ id: ben, overseen: [siteId] }, epoch);
    expect(all.team.colleagues.map(({ name }) => name)).toContain('ana');
    expect(all.team.colleagues.map(({ name }) => name)).not.toContain('ben');
    for (let n = 0; n < limits.overviewColleagues; n++) await colleague(`new ${n}`, here);
    now += limits.overviewKeptMs + 1;
    const many = (await overviews.read({ id: ana, overseen: [] }, epoch)).team;
    expect([many.colleagues.length, many.more]).toEqual([limits.overviewColleagues, 4]);
  });

  test('R95 however many look at one desk at once, the store is asked once', async () => {
    let asked = 0;
    const counted = store.db.withPlugin({
      transformQuery({ node }) {
        if (JSON.stringify(node).includes('"status_note"')) asked++;
        return node;
      },
      transformResult: async ({ result }) => result,
    });
    const overviews = createOverviews(counted, () => now);
    await Promise.all(Array.from({ length: 50 }, () => overviews.read({ id: ana, overseen: [] }, epoch)));
    expect(asked).toBe(1);
    now += limits.overviewKeptMs + 1;
    await overviews.read({ id: ana, overseen: [] }, epoch);
    expect(asked).toBe(2);
  });

  test('Q134 tells who talked, waited and left truly, and finds calls by queue, rep, outcome, time and words', async () => {
    await start('Kim');
    now += 3_000;
    await answer(ana);
    now += 131_000;
    await transactions.change([siteId], change => transferCall(change, ana, 'Kim' as CallId, help, ''));
    now += 80_000;
    await transactions.change([siteId], change =>
      shopperHangUp(change, siteId, 'Kim' as ShopperId, 'Kim' as CallId),
    );
    const afterKim = now;
    now += 1_000;
    await start('Lee', 'Fjord lamp');
    now += 2_000;
    await answer(ana);
    now += 60_000;
    await transactions.change([siteId], change =>
      applyTo(change, 'Lee' as CallId, { type: 'end', reason: 'rep-hung-up' }),
    );
    now += 1_000;
    await start('Mia');
    now += 5_000;
    await transactions.change([siteId], change =>
      shopperHangUp(change, siteId, 'Mia' as ShopperId, 'Mia' as CallId),
    );

    const { calls } = await listCalls(store.db, { siteId, limit: 50, now });
    expect(calls).toMatchObject([
      { callId: 'Mia', waitedMs: 5_000, talkedMs: null, repNames: [], inTalk: false },
      { callId: 'Lee', waitedMs: 2_000, talkedMs: 60_000, repNames: ['ana'], inTalk: true },
      {
        callId: 'Kim',
        waitedMs: 83_000,
        talkedMs: 131_000,
        repNames: ['ana'],
        inTalk: false,
        queueName: 'Help',
      },
    ]);
    for (const { startedAt, endedAt, waitedMs, talkedMs } of calls)
      expect(waitedMs + (talkedMs ?? 0)).toBe(endedAt! - startedAt);
    expect(await find({ outcome: 'answered' })).toEqual(['Lee']);
    expect(await find({ outcome: 'unanswered' })).toEqual(['Mia']);
    expect(await find({ outcome: 'left-after-talk' })).toEqual(['Kim']);
    expect(await find({ queueId: help })).toEqual(['Kim']);
    expect(await find({ queueId: sales })).toEqual(['Mia', 'Lee', 'Kim']);
    expect(await find({ repId: ana })).toEqual(['Lee', 'Kim']);
    expect(await find({ repId: ben })).toEqual([]);
    expect(await find({ text: 'FJORD' })).toEqual(['Lee']);
    expect(await find({ until: afterKim })).toEqual(['Kim']);
    expect(await find({ from: afterKim, outcome: 'answered' })).toEqual(['Lee']);
  });

  test('Q135 one request looks through a bounded number of calls, and says where to look on; nothing is lost or told twice', async () => {
    await start('Old');
    now += 1;
    const template = await store.db.selectFrom('calls').selectAll().executeTakeFirstOrThrow();
    const many = limits.historyScan + 10;
    await store.db.transaction().execute(async tx => {
      for (let i = 0; i < many; i++)
        await tx
          .insertInto('calls')
          .values({
            ...template,
            id: `c${i}` as CallId,
            shopper_id: `s${i}` as ShopperId,
            state: 'ended',
            // Many in one moment.
            started_at: epoch + 1 + (i >> 6),
            ended_at: epoch + 100,
            end_reason: 'shopper-hung-up',
            context: '{}',
          })
          .execute();
    });
    const first = await listCalls(store.db, { siteId, limit: 50, text: 'Old', now });
    expect(first.calls).toEqual([]);
    const second = await listCalls(store.db, { siteId, limit: 50, text: 'Old', now, before: first.next! });
    expect(second.calls.map(call => call.callId)).toEqual(['Old']);
    expect(second.next).toBeNull();

    const seen: string[] = [];
    let before: typeof first.next = null;
    do {
      const page: typeof first = await listCalls(store.db, {
        siteId,
        limit: 199,
        now,
        ...(before ? { before } : {}),
      });
      seen.push(...page.calls.map(call => call.callId));
      before = page.next;
    } while (before);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toHaveLength(many + 1);
  });
});
