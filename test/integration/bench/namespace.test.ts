import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inNamespace, ownAddress } from '../../bench/namespace.ts';
import { until } from '../../support/until.ts';

const talker = new URL('./talker.ts', import.meta.url);

/** Sleeps for so many seconds, which nothing else here does. */
function sleepers(seconds: string): string[] {
  return readdirSync('/proc').filter(pid => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8') === `sleep\0${seconds}\0`;
    } catch {
      // Ended meanwhile.
      return false;
    }
  });
}

test('D10 a comparison has a network of its own with one address, and all it started is gone with it', async () => {
  const said: string[] = [];
  const seconds = `7200.${process.pid}1`;
  const addresses = await inNamespace<string[]>(talker, [seconds], progress => said.push(progress));
  expect(addresses.sort()).toEqual([ownAddress, '127.0.0.1'].sort());
  expect(said).toHaveLength(1);
  expect(said[0]).not.toBe(`network ${readlinkSync('/proc/self/ns/net')}`);
  await until(() => sleepers(seconds).length === 0);
});

test('D10 one that fails is told as failed, and leaves nothing either', async () => {
  const seconds = `7200.${process.pid}2`;
  await expect(inNamespace(talker, [seconds, 'on purpose'], () => {})).rejects.toThrow('no result');
  await until(() => sleepers(seconds).length === 0);
});
