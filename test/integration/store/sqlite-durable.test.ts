/** A commit on SQLite and the disk: who waits for it, and who does not. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createInProcessBus } from '../../../server/bus/in-process.ts';
import { startCall } from '../../../server/calls/commands/shopper-commands.ts';
import { movedClock, RowClock } from '../../../server/calls/transaction/row-clock.ts';
import { createTransactions, type Transactions } from '../../../server/calls/transaction/transactions.ts';
import type { Store } from '../../../server/store/store.ts';
import type { CallId, ShopperId, SiteId } from '../../../shared/ids.ts';
import { BigShop } from '../../support/big-shop.ts';
import { freshPlace, openPlace, type Place } from '../../support/engines.ts';
import { SlowDisk } from '../../support/slow-disk.ts';
import { until } from '../../support/until.ts';

let place: Place;
let store: Store;
let disk: SlowDisk;
let transactions: Transactions;
let told: number;
let heard: number;

beforeEach(async () => {
  place = await freshPlace('SQLite');
  store = await openPlace(place);
  await BigShop.open(store, { reps: 1, waiting: 0 });
  disk = await SlowDisk.insert();
  [told, heard] = [0, 0];
  const bus = createInProcessBus();
  bus.subscribe(() => told++);
  const rowClock = new RowClock(movedClock(() => 1_900_000_000_000));
  transactions = createTransactions({ store, bus, rowClock });
  transactions.onCommit(() => heard++);
});
afterEach(async () => {
  disk.remove();
  await store.close();
  await place.remove();
});

const start = (n: number) =>
  transactions.change(['shop' as SiteId], change =>
    startCall(change, {
      callId: `late-${n}` as CallId,
      siteId: 'shop' as SiteId,
      shopperId: `late-shopper-${n}` as ShopperId,
      context: {},
    }),
  );

test('T132 who hears whom follows a commit at once, and whoever is told of it is told once it is on the disk', async () => {
  let answered = false;
  const answer = start(1).then(() => {
    answered = true;
  });
  await until(() => heard === 1 && disk.syncs === 1);
  // Others go on meanwhile.
  expect(
    await store.db
      .selectFrom('calls')
      .select('id')
      .where('id', '=', 'late-1' as CallId)
      .execute(),
  ).toHaveLength(1);
  expect({ answered, told }).toEqual({ answered: false, told: 0 });
  disk.go();
  await answer;
  await until(() => told > 0);
});

test('T133 all that was committed while the disk was busy is brought to it at once', async () => {
  const first = start(0);
  await until(() => disk.syncs === 1);
  const others = Array.from({ length: 20 }, (_, n) => start(n + 1));
  await until(() => heard === 21);
  expect(disk.syncs).toBe(1);
  disk.go();
  await first;
  await until(() => disk.syncs === 2);
  disk.go();
  await Promise.all(others);
  expect(disk.syncs).toBe(2);
});

test('T134 whoever changed something is told when the disk fails, and the next one is not', async () => {
  const failed = start(1);
  failed.catch(() => undefined);
  await until(() => disk.syncs === 1);
  disk.fail();
  await expect(failed).rejects.toThrow('The disk of the database fails');
  const next = start(2);
  await until(() => disk.syncs === 2);
  disk.go();
  await next;
});

test('T135 between two changes others get their turn', async () => {
  const seen = new Set<number>();
  let going = true;
  const look = () => {
    seen.add(heard);
    disk.go();
    if (going) setImmediate(look);
  };
  look();
  await Promise.all(Array.from({ length: 10 }, (_, n) => start(n)));
  going = false;
  expect([...seen]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test('T139 a disk that does not answer is told to whoever waits for it, and works again once it answers', async () => {
  store.watch();
  const kept = start(1);
  await expect(kept).rejects.toThrow('The disk of the database does not answer');
  await until(() => store.health.trouble()?.kind === 'stalled');
  // Nobody asks a disk that hangs for more.
  await expect(start(2)).rejects.toThrow('The disk of the database does not answer');
  expect(disk.syncs).toBe(1);
  disk.go();
  await until(() => store.health.trouble() === null);
  const next = start(3);
  await until(() => disk.syncs === 2);
  disk.go();
  await next;
});

test('T140 a store whose disk does not answer is closed all the same', async () => {
  start(1).catch(() => undefined);
  await until(() => disk.syncs === 1);
  await store.close();
  disk.go();
  store = await openPlace(place);
  const kept = store.db
    .selectFrom('calls')
    .select('id')
    .where('id', '=', 'late-1' as CallId);
  expect(await kept.execute()).toHaveLength(1);
});
