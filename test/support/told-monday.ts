/**
 * A Monday in Berlin with one call of each kind, half an hour apart so that nobody is in two. What its figures are is
 * worked out by hand in the tests.
 */
import type { Store } from '../../server/store/store.ts';
import type { QueueId, SiteId } from '../../shared/ids.ts';
import { ToldHistory } from './told-history.ts';

/** 2026-03-30 10:00 in Berlin. */
export const mondayAtTen = Date.UTC(2026, 2, 30, 8);
const hour = 3_600_000;

/** @param monday when its ten o’clock in Berlin is */
export async function tellMonday(store: Pick<Store, 'db'>, monday = mondayAtTen): Promise<ToldHistory> {
  const atTime = (index: number) => monday + (index - 1) * (hour / 2);
  const told = new ToldHistory(store);
  await told.site('shop', ['sales', 'help'], 'Europe/Berlin');
  await told.site('other', ['other'], 'Asia/Tokyo');
  await told.rep('ana', [['shop', 'sales']]);
  await told.rep('ben', [
    ['shop', 'sales'],
    ['shop', 'help'],
  ]);
  await told.rep('cleo', [['other', 'other']]);
  await told.was('ana', 'available', monday - hour);
  await told.was('ana', 'offline', monday + 7 * hour);
  await told.was('ben', 'available', monday);
  // In the middle of the second call.
  await told.was('ben', 'away', atTime(2) + 50_000);
  await told.was('ben', 'available', atTime(2) + 100_000);
  await told.was('ben', 'offline', monday + 7 * hour);
  const sales = (index: number, more: { page?: string; language?: string } = {}) => ({
    ...{ site: 'shop', queue: 'sales', at: atTime(index) },
    ...more,
  });
  const mugs = { page: 'https://shop.example/mugs?visit=1', language: 'de' };
  await told.call(sales(1, mugs), [
    [0, 'offered', 'ana'],
    [10, 'answered', 'ana', { waitedMs: 10_000 }],
    [110, 'ended', 'ana', { reason: 'shopper-hung-up' }],
    [130, 'wrapped-up', 'ana'],
  ]);
  await told.call(sales(2, { ...mugs, page: 'https://shop.example/mugs?visit=2' }), [
    [0, 'offered', 'ben'],
    [20, 'answered', 'ben', { waitedMs: 20_000 }],
    [80, 'ended', 'ben', { reason: 'rep-hung-up' }],
  ]);
  await told.call(sales(3, { page: 'https://shop.example/pots', language: 'fr' }), [
    [5, 'offered', 'ben'],
    [25, 'offer-expired', 'ben'],
    [30, 'offered', 'ana'],
    [45, 'answered', 'ana', { waitedMs: 45_000 }],
    [245, 'ended', 'ana', { reason: 'shopper-hung-up' }],
    [285, 'wrapped-up', 'ana'],
  ]);
  await told.call(sales(4), [[3, 'ended', null, { reason: 'shopper-hung-up' }]]);
  await told.call(sales(5), [[12, 'ended', null, { reason: 'shopper-lost' }]]);
  await told.call(sales(6), [[60, 'ended', null, { reason: 'shopper-hung-up' }]]);
  await told.call(sales(7), [[90, 'ended', null, { reason: 'max-wait' }]]);
  await told.call(sales(8), [
    [15, 'moved', null, { from: 'sales', to: 'help', because: 'max-wait' }],
    [15, 'offered', 'ben'],
    [20, 'answered', 'ben', { waitedMs: 20_000 }],
    [50, 'ended', 'ben', { reason: 'shopper-hung-up' }],
  ]);
  await told.call(sales(9), [
    [18, 'callback-asked', null, { kind: 'page' }],
    [600, 'offered', 'ana'],
    [605, 'calling-back', 'ana', { kind: 'page' }],
    [615, 'callback-answered', 'ana'],
    [665, 'ended', 'ana', { reason: 'shopper-hung-up' }],
    [675, 'wrapped-up', 'ana'],
  ]);
  await told.call(sales(10), [
    [8, 'removed', 'ana'],
    [8, 'ended', 'ana', { reason: 'removed' }],
  ]);
  await told.call(sales(11), [
    [0, 'offered', 'ana'],
    [15, 'offer-expired', 'ana'],
    [15, 'offered', 'ben'],
    [30, 'offer-expired', 'ben'],
    [30, 'ended', null, { reason: 'no-answer' }],
  ]);
  await told.call(sales(12), [
    [0, 'offered', 'ana'],
    [4, 'answered', 'ana', { waitedMs: 4_000 }],
    [14, 'rep-lost', 'ana'],
    [24, 'returned', 'ana'],
    [31, 'ended', null, { reason: 'shopper-hung-up' }],
  ]);
  await told.call({ ...sales(12), live: true }, [[0, 'offered', 'ben']]);
  await told.call({ site: 'other', queue: 'other', at: monday }, [
    [7, 'answered', 'cleo', { waitedMs: 7_000 }],
    [27, 'ended', 'cleo', { reason: 'shopper-hung-up' }],
  ]);
  for (const [at, reason, count] of [
    [monday - 2 * hour, 'closed', 2],
    [monday, 'full', 1],
  ] as const)
    await store.db
      .insertInto('unmet_demand')
      .values({ site_id: 'shop' as SiteId, queue_id: 'sales' as QueueId, hour: at, reason, count })
      .execute();
  await told.figured();
  return told;
}
