/** A PostgreSQL whose disk fills up: a cluster of its own on a small disk, which takes longer than the other faults. */
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, expect, test } from 'vitest';
import { storeLimits } from '../../server/store/limits.ts';
import { ShopUnderFault } from '../integration/store/shop-under-fault.ts';
import { startPostgres } from '../support/postgres.ts';
import { until } from '../support/until.ts';

const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of opened.splice(0).reverse()) await end();
});

const diskBytes = 160 * 1024 * 1024;

test('T85 a PostgreSQL whose disk is full is told with the first change that finds no room, and used again when there is some', async () => {
  const postgres = await startPostgres({ diskBytes });
  opened.push(() => postgres.stop());
  const shop = await ShopUnderFault.open(postgres.url);
  opened.push(() => shop.close());
  const admin = new pg.Client(postgres.url);
  await admin.connect();
  // A log segment that is begun has its whole size already: what is to fail is a table that grows.
  await admin.query('select pg_switch_wal()');
  await admin.query('create table marker (at int)');
  await admin.end();
  const filler = path.join(postgres.folder(), 'filler');
  const full = await writeFile(filler, Buffer.alloc(diskBytes)).catch(
    (error: NodeJS.ErrnoException) => error.code,
  );
  expect(full).toBe('ENOSPC');
  let changes = 0;
  await until(async () => {
    const status = changes++ % 2 === 0 ? 'away' : 'available';
    const asked = shop.rep.request('rep.status', { status }).then(
      () => 'done',
      () => 'refused',
    );
    const late = delay(storeLimits.answerMs + storeLimits.probeMs, 'late', { ref: false });
    expect(await Promise.race([asked, late])).not.toBe('late');
    return (await shop.readiness()) !== '';
  });
  await shop.becomesIll('full');
  await rm(filler);
  await shop.becomesWell();
  expect(shop.errors()).toEqual({ store: ['full'], others: [] });
});
