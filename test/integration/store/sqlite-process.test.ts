/** What befalls the file of a server that runs as a process of its own: a second server, and a disk that fills up. */
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { freshPlace, type Place } from '../../support/engines.ts';
import { ServerProcess } from '../../support/server-process.ts';
import { onSmallDisk } from '../../support/surroundings.ts';
import { ShopUnderFault } from './shop-under-fault.ts';

const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of opened.splice(0).reverse()) await end();
});

async function place(): Promise<Place> {
  const fresh = await freshPlace('SQLite');
  opened.push(fresh.remove);
  return fresh;
}
async function shopIn(server: ServerProcess): Promise<ShopUnderFault> {
  const shop = await ShopUnderFault.around(server);
  opened.push(() => shop.close());
  return shop;
}

test('T78 a second process on the data folder is refused with the first one named, which goes on undisturbed', async () => {
  const folder = await place();
  const first = await ServerProcess.start(folder);
  const shop = await shopIn(first);
  const { code, err } = await ServerProcess.fails(folder);
  expect(code).toBe(1);
  expect(err).toContain(
    `Another Talk to Us server (process ${first.pid}) uses the folder ${folder.dataDir}.`,
  );
  expect(err).not.toContain('    at ');
  await shop.becomesWell();
  expect(shop.errors()).toEqual({ store: [], others: [] });
});

test('T81 a disk that is full is told within five seconds, with true words everywhere, and all goes on once there is room', async () => {
  const folder = await place();
  const server = await ServerProcess.start(folder, { within: onSmallDisk(folder.dataDir, 24 * 1024 * 1024) });
  const shop = await shopIn(server);
  // The disk of the process is not ours to see at its own name.
  const filler = path.join(`/proc/${server.pid}/root`, folder.dataDir, 'filler');
  const full = await writeFile(filler, Buffer.alloc(32 * 1024 * 1024)).catch(
    (error: NodeJS.ErrnoException) => error.code,
  );
  expect(full).toBe('ENOSPC');
  await shop.becomesIll('full');
  // It keeps trying, which neither ends it nor tells it again.
  const seen = server.log().length;
  for (let tries = 0; tries < 20; tries++) expect(await shop.readiness()).toBe('database full');
  expect(server.log()).toHaveLength(seen);
  await rm(filler);
  await shop.becomesWell();
  expect(shop.errors()).toEqual({ store: ['full'], others: [] });
});

test('T81 a start on a disk that is full says so', async () => {
  const folder = await place();
  const { code, err } = await ServerProcess.fails(folder, { within: onSmallDisk(folder.dataDir, 16 * 1024) });
  expect(code).toBe(1);
  expect(err).toMatch(/disk .*is full\. Make some room and start again/);
  expect(err).not.toContain('    at ');
});
