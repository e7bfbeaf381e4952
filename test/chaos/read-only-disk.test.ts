/** A disk that the kernel makes read-only after an error, under a server that runs: needs root and loop devices. */
import { execFileSync } from 'node:child_process';
import { truncateSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { ShopUnderFault } from '../integration/store/shop-under-fault.ts';
import { freshPlace } from '../support/engines.ts';
import { ServerProcess } from '../support/server-process.ts';
import { onErringDisk } from '../support/surroundings.ts';

const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of opened.splice(0).reverse()) await end();
});

test('T86 a disk that becomes read-only under SQLite is told within five seconds; the server ends cleanly, and nothing is lost', async () => {
  const place = await freshPlace('SQLite');
  opened.push(place.remove);
  const image = `${place.dataDir}.disk`;
  opened.push(() => rm(image));
  writeFileSync(image, '');
  truncateSync(image, 64 * 1024 * 1024);
  execFileSync('/sbin/mkfs.ext4', ['-q', image]);

  const server = await ServerProcess.start(place, { within: onErringDisk(place.dataDir, image) });
  const shop = await ShopUnderFault.around(server);
  const [device] = execFileSync('/sbin/losetup', ['-n', '-O', 'NAME', '-j', image], {
    encoding: 'utf8',
  }).split('\n');
  writeFileSync(`/sys/fs/ext4/${path.basename(device!)}/trigger_fs_error`, '1');
  await shop.becomesIll('read-only');
  expect(shop.errors()).toEqual({ store: ['read-only'], others: [] });
  shop.visitor.close();
  shop.rep.close();
  expect(await server.end()).toBe(0);
  expect(shop.errors()).toEqual({ store: ['read-only'], others: [] });

  // Who runs the shop mends the disk and starts the server again.
  const mended = await ServerProcess.start(place, { within: onErringDisk(place.dataDir, image) });
  opened.push(() => mended.kill());
  expect(mended.setUpToken).toBeNull();
  await shop.comesBackTo(mended.origin);
});
