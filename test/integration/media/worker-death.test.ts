import { execFileSync } from 'node:child_process';
import { pino } from 'pino';
import { afterEach, expect, test } from 'vitest';
import type { MediaPlane } from '../../../server/media/plane.ts';
import { bothWays, heardBy, join, openOn, testPlane } from '../../support/media.ts';
import { until } from '../../support/until.ts';
import type { WrtcClient } from '../../support/wrtc-client.ts';

const planes: MediaPlane[] = [];
const clients: WrtcClient[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  for (const plane of planes.splice(0)) await plane.close();
});

const planeThatDies = async (workers: number) => {
  const plane = await testPlane({ workers, log: pino({ level: 'silent' }) });
  planes.push(plane);
  return plane;
};
const joined = async (...args: Parameters<typeof join>) => {
  const client = await join(...args);
  clients.push(client);
  return client;
};

/** Those of this process that live, by their ids. */
function workerProcesses(): number[] {
  const rows = execFileSync('ps', ['-o', 'pid=,stat=,comm=', '--ppid', String(process.pid)], {
    encoding: 'utf8',
  });
  return rows
    .split('\n')
    .map(row => row.trim().split(/\s+/))
    .filter(([, state = '', name = '']) => name.startsWith('mediasoup') && !state.startsWith('Z'))
    .map(([pid]) => Number(pid));
}

test('M13 a killed worker: its legs are lost, a new one is started at once, others lose no packet', async () => {
  const plane = await planeThatDies(2);
  const doomed = await joined(plane, 'shopper:1');
  const shopper = await joined(plane, 'shopper:2');
  const rep = await joined(plane, 'rep:2', 'shopper:2');
  plane.want('waiting', [heardBy('shopper:1', 'music:default'), heardBy('rep:2', 'shopper:1')]);
  plane.want('talk', bothWays('shopper:2', 'rep:2'));
  await Promise.all([doomed.tone(330), shopper.tone(440), rep.tone(880)]);
  await until(() => rep.measure('voice').at(440) > -20 && shopper.measure('voice').at(880) > -20);
  await until(() => doomed.measure('music').levelDb > -32 && rep.hearing.length === 2);
  const before = await shopper.packets();
  const lost: unknown[] = [];
  plane.on('lost', (...event) => lost.push(event));

  const [first, second] = (await plane.stats()).workers;
  process.kill(first!.pid, 'SIGKILL');
  const killed = performance.now();
  await until(() => lost.length > 0);
  // As quickly as the machine can: it has been started before anybody could ask for it.
  expect(workerProcesses()).toHaveLength(2);
  expect(lost).toEqual([['shopper:1', 'worker-died']]);
  expect(plane.hasLeg('shopper:1')).toBe(false);
  const workers = await until(async () => {
    const { workers } = await plane.stats();
    return workers.every(worker => worker.alive) && workers;
  });
  const replacedMs = performance.now() - killed;
  const begun = performance.now();
  await planeThatDies(1);
  // What a start takes on this machine now.
  const usualMs = performance.now() - begun;
  expect(replacedMs).toBeLessThan(Math.max(1_000, 3 * usualMs));
  expect(workers[0]!.pid).not.toBe(first!.pid);
  expect(workers[1]!.pid).toBe(second!.pid);

  const after = await until(async () => {
    const now = await shopper.packets();
    return now.received >= before.received + 50 && now;
  });
  expect(after.lost).toBe(before.lost);
  await until(() => rep.hearing.length === 1);

  await openOn(plane, doomed, 'shopper:1');
  await doomed.tone(330);
  await until(() => doomed.measure('music').levelDb > -32);
  await until(() => rep.hearing.length === 2);
  expect((await plane.stats()).workers.map(worker => worker.legs)).toEqual([1, 2]);
});

test('M14 while the only worker is being replaced, opening a leg waits for the new one', async () => {
  const plane = await planeThatDies(1);
  plane.want('waiting', [heardBy('shopper:1', 'music:default')]);
  const shopper = await joined(plane, 'shopper:1');
  const reopened = new Promise<void>((resolve, reject) => {
    plane.on('lost', () => openOn(plane, shopper, 'shopper:1').then(resolve, reject));
  });
  process.kill((await plane.stats()).workers[0]!.pid, 'SIGKILL');
  await reopened;
  await until(() => shopper.measure('music').levelDb > -32);
});
