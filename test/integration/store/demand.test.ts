/** What strangers make the server count, on both engines. */
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  allowOrigin,
  createRefusedOrigins,
  type RefusedOrigins,
} from '../../../server/demand/refused-origins.ts';
import { createUnmetDemand, type UnmetDemand } from '../../../server/demand/unmet-demand.ts';
import { addSite, findSite } from '../../../server/store/sites.ts';
import type { Store } from '../../../server/store/store.ts';
import type { QueueId, SiteId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import { engines, freshPlace, openPlace, type Place } from '../../support/engines.ts';

const siteId = 'shop' as SiteId;
const sales = 'sales' as QueueId;
const hour = 3_600_000;
const epoch = 500_000 * hour;
let now: number;
let place: Place;
let store: Store;
let refused: RefusedOrigins;
let unmet: UnmetDemand;
let logged: string[];

const rows = async () =>
  Number(
    (
      await store.db
        .selectFrom('refused_origins')
        .select(({ fn }) => fn.countAll<number | string>().as('n'))
        .executeTakeFirstOrThrow()
    ).n,
  );

describe.each(engines)('what strangers make us count, on %s', engine => {
  beforeEach(async () => {
    now = epoch;
    logged = [];
    place = await freshPlace(engine);
    store = await openPlace(place);
    await addSite(store.db, { siteId, queueId: sales, key: 'shop', name: 'Shop' }, now);
    const log = pino({ level: 'info' }, { write: line => void logged.push(line) });
    refused = createRefusedOrigins({ db: store.db, now: () => now, log });
    unmet = createUnmetDemand({ db: store.db, now: () => now, log });
  });
  afterEach(async () => {
    await refused.close();
    await unmet.close();
    await store.close();
    await place.remove();
  });

  test('T115 made-up origins neither fill the table of a site nor push out one that asks again and again', async () => {
    // A page of the shop, from several homes, over an afternoon.
    for (let i = 0; i < 4; i++) {
      refused.note(siteId, 'https://new.shop.example', `home-${i}`);
      refused.note(siteId, 'https://new.shop.example', `home-${i}`);
      now += hour / 2;
    }
    // One network makes up thousands.
    for (let i = 0; i < 5_000; i++) refused.note(siteId, `https://a${i}.example`, 'one');
    expect(await refused.list(siteId)).toHaveLength(1 + limits.refusedOriginsPerNetwork);
    // A thousand networks make up three each.
    for (let i = 0; i < 3_000; i++) {
      refused.note(siteId, `https://b${i}.example`, `network-${i % 1_000}`);
      if (i % 500 === 499) await refused.list(siteId);
    }
    const kept = await refused.list(siteId);
    expect(kept).toHaveLength(limits.refusedOriginsPerSite);
    expect(await rows()).toBe(limits.refusedOriginsPerSite);
    expect(kept.find(({ origin }) => origin === 'https://new.shop.example')).toMatchObject({
      count: 4,
      firstAt: epoch,
    });
    // Said once an hour, however often it asks.
    expect(logged.filter(line => line.includes('https://new.shop.example'))).toHaveLength(2);
  });

  test('T116 one click allows an origin; it leaves the list of those that asked', async () => {
    refused.note(siteId, 'https://shop.example', 'home');
    refused.note(siteId, 'https://other.example', 'home');
    await refused.list(siteId);
    expect(await allowOrigin(store.db, siteId, 'https://shop.example')).toBe('allowed');
    expect(await allowOrigin(store.db, siteId, 'https://shop.example')).toBe('was-allowed');
    expect((await findSite(store.db, siteId))?.allowed_origins).toBe('["https://shop.example"]');
    expect((await refused.list(siteId)).map(one => one.origin)).toEqual(['https://other.example']);
    expect(await allowOrigin(store.db, 'none' as SiteId, 'https://shop.example')).toBe('no-site');
    const full = Array.from({ length: limits.allowedOriginsPerSite }, (_, i) => `https://s${i}.example`);
    await store.db
      .updateTable('sites')
      .set({ allowed_origins: JSON.stringify(full) })
      .execute();
    expect(await allowOrigin(store.db, siteId, 'https://one.more.example')).toBe('full');
  });

  test('T117 refused clicks are counted by queue, hour and reason: once in five minutes for one network, nothing for what is no lack of ours', async () => {
    const click = (code: string, network: string, queueId: QueueId | undefined = undefined) =>
      unmet.note({ siteId, queueId, code, network });
    for (let i = 0; i < 1_000; i++) click('closed', 'one');
    for (let i = 0; i < 30; i++) click('closed', `home-${i}`);
    click('already-in-call', 'two');
    click('constructor', 'two');
    click('blocked', 'six', sales);
    click('too-many', 'three', 'no-such-queue' as QueueId);
    click('queue-full', 'four', sales);
    now += hour;
    click('closed', 'one');
    click('no-rep', 'one', sales);
    const base = { queueId: 'sales', queueName: 'Sales' };
    expect(await unmet.read(siteId, 0, 9e15)).toEqual([
      { ...base, hour: epoch, reason: 'closed', count: 31 },
      { ...base, hour: epoch, reason: 'full', count: 1 },
      { ...base, hour: epoch + hour, reason: 'closed', count: 1 },
      { ...base, hour: epoch + hour, reason: 'no-rep', count: 1 },
    ]);
    click('closed', 'five');
    expect(await unmet.read(siteId, epoch + hour, 9e15)).toMatchObject([{ count: 2 }, { count: 1 }]);
  });

  test('T118 what could not be written is kept, within its bound, and written when the store is back', async () => {
    const { db } = store;
    await sql`alter table unmet_demand rename to away`.execute(db);
    for (let i = 0; i < limits.demandGathered + 500; i++)
      unmet.note({ siteId, queueId: `q${i}` as QueueId, code: 'too-many', network: `n${i}` });
    unmet.note({ siteId, queueId: sales, code: 'closed', network: 'too late' });
    await expect(unmet.read(siteId, 0, 9e15)).rejects.toThrow();
    await sql`alter table away rename to unmet_demand`.execute(db);
    // Those of queues that there are not are dropped, and so there is room again.
    expect(await unmet.read(siteId, 0, 9e15)).toEqual([]);
    unmet.note({ siteId, queueId: sales, code: 'closed', network: 'kept' });
    await sql`alter table unmet_demand rename to away`.execute(db);
    await expect(unmet.read(siteId, 0, 9e15)).rejects.toThrow();
    await sql`alter table away rename to unmet_demand`.execute(db);
    expect(await unmet.read(siteId, 0, 9e15)).toMatchObject([{ reason: 'closed', count: 1 }]);
  });
});
