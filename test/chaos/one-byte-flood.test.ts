/** What ten connections that ask for one byte of a large sound, again and again, cost everybody else. */
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addSound, keepAudio } from '../../server/store/sounds.ts';
import { openSqlite } from '../../server/store/sqlite.ts';
import type { SoundId } from '../../shared/ids.ts';
import { limits } from '../../shared/limits.ts';
import { figure } from '../support/figures.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { SignalingClient } from '../support/signaling-client.ts';

const rounds = 10;
/** Each client asks 30 times in a round, within its burst of requests and what comes again meanwhile. */
const clients = 10;
const beats = 30;

let server: TestServer;
let worker: Worker;
const open: SignalingClient[] = [];

beforeAll(async () => {
  server = await startTestServer({ workers: 1 });
  const id = 'large' as SoundId;
  const db = openSqlite(server.dataDir);
  const site = await db.selectFrom('sites').select('id').executeTakeFirstOrThrow();
  await addSound(db, { id, site_id: site.id, name: 'Large', uploaded_at: 0 }, limits.soundsPerSite);
  await keepAudio(db, id, 1_000, Buffer.alloc(5 * 1024 * 1024, 1));
  await db.destroy();
  worker = new Worker(new URL('./one-byte-requests.ts', import.meta.url), {
    workerData: { url: `${server.origin}/sounds/${id}`, connections: 10 },
  });
  for (let i = 0; i < clients; i++) open.push((await SignalingClient.shopper(server.origin)).client);
});
afterAll(async () => {
  for (const client of open) client.close();
  await worker.terminate();
  await server.close();
});

/** How long each request of a round took, ms. */
async function round(): Promise<number[]> {
  const times: number[] = [];
  for (let beat = 0; beat < beats; beat++)
    for (const client of open) {
      const started = performance.now();
      await client.request('beat', {});
      times.push(performance.now() - started);
      // The rate at which one client may ask.
      await delay(1_000 / limits.requestsPerSecond / clients);
    }
  return times;
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1]!;

test('R84 ten connections that ask for one byte of a 5 MB sound in a loop move the median of signaling by 10 % at most', async () => {
  const quiet: number[] = [];
  const flooded: number[] = [];
  await round();
  for (let i = 0; i < rounds; i++) {
    quiet.push(...(await round()));
    worker.postMessage(true);
    flooded.push(...(await round()));
    worker.postMessage(false);
    await once(worker, 'message');
  }
  worker.postMessage(false);
  const [answered] = (await once(worker, 'message')) as [number];
  expect(answered, 'they were served').toBeGreaterThan(100);
  const ratio = median(flooded) / median(quiet);
  expect(ratio).toBeLessThanOrEqual(1.1);
  figure(
    '24-one-byte',
    `${ratio.toFixed(3)} x (${median(quiet).toFixed(2)} ms, ${median(flooded).toFixed(2)} ms; ${answered} answers)`,
  );
}, 180_000);
