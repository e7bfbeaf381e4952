/** The list of calls and its filters, from real stories, on both engines. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createInProcessBus } from '../../../server/bus/in-process.ts';
import { movedClock, Timeline } from '../../../server/calls/clock/timeline.ts';
import { transferCall } from '../../../server/calls/commands/move.ts';
import { shopperHangUp, startCall } from '../../../server/calls/commands/shopper-commands.ts';
import { createDoor, type Door } from '../../../server/calls/door.ts';
import { type CallFilter, listCalls } from '../../../server/calls/history/call-list.ts';
import { endCall } from '../../../server/calls/life/call-life.ts';
import { acceptOffer } from '../../../server/calls/life/offers.ts';
import { addAccount } from '../../../server/store/accounts.ts';
import { migrate } from '../../../server/store/migrate.ts';
import { addSite, newMember, newQueue } from '../../../server/store/sites.ts';
import type { Store } from '../../../server/store/store.ts';
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
let door: Door;
let now = epoch;

const find = async (filter: Partial<CallFilter>) =>
  (await listCalls(store.db, { siteId, limit: 50, now, ...filter })).calls.map(call => call.callId);

const start = (name: string, phone?: string) =>
  door.change([siteId], change =>
    startCall(change, {
      callId: name as CallId,
      siteId,
      shopperId: name as ShopperId,
      queueId: sales,
      context: { name, page: { url: 'https://shop.example/', title: phone ?? 'Mugs' } },
    }),
  );
const answer = (rep: RepId) =>
  door.change([siteId], async change => {
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
    await migrate(db);
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
      await addAccount(
        db,
        { id, name: id, email: `${id}@shop.example`, password_hash: '', role: 'rep' },
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
    door = createDoor({ store, bus: createInProcessBus(), timeline: new Timeline(movedClock(() => now)) });
  });
  afterEach(async () => {
    await store.close();
    await place.remove();
  });

  test('Q134 tells who talked, waited and left truly, and finds calls by queue, rep, outcome, time and words', async () => {
    await start('Kim');
    now += 3_000;
    await answer(ana);
    now += 131_000;
    await door.change([siteId], change => transferCall(change, ana, 'Kim' as CallId, help));
    now += 80_000;
    await door.change([siteId], change => shopperHangUp(change, siteId, 'Kim' as ShopperId, 'Kim' as CallId));
    const afterKim = now;
    now += 1_000;
    await start('Lee', 'Fjord lamp');
    now += 2_000;
    await answer(ana);
    now += 60_000;
    await door.change([siteId], change => endCall(change, 'Lee' as CallId, 'rep-hung-up'));
    now += 1_000;
    await start('Mia');
    now += 5_000;
    await door.change([siteId], change => shopperHangUp(change, siteId, 'Mia' as ShopperId, 'Mia' as CallId));

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
  }, 60_000);
});
