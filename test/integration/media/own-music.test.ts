import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { mediaLimits } from '../../../server/media/limits.ts';
import type { MediaPlane } from '../../../server/media/plane.ts';
import { encodeLoop } from '../../../server/music/encode-loop.ts';
import { heardBy, join, testPlane } from '../../support/media.ts';
import { tone } from '../../support/sound-files.ts';
import { until } from '../../support/until.ts';
import type { WrtcClient } from '../../support/wrtc-client.ts';

const pieces: Record<string, Uint8Array[]> = {
  low: encodeLoop(tone(500, 1), 48_000),
  high: encodeLoop(tone(1_500, 1), 48_000),
};
/** What was read, in order. */
const read: string[] = [];
let plane: MediaPlane;
const clients: WrtcClient[] = [];
beforeEach(async () => {
  read.length = 0;
  plane = await testPlane({
    async loadPiece(id) {
      read.push(id);
      if (id === 'broken') throw new Error('the file is damaged');
      return pieces[id] ?? null;
    },
    log: pino({ level: 'silent' }),
  });
});
afterEach(async () => {
  vi.useRealTimers();
  for (const client of clients.splice(0)) client.close();
  await plane.close();
});

const joined = async (...args: Parameters<typeof join>) => {
  const client = await join(...args);
  clients.push(client);
  return client;
};
const hearsTone = (client: WrtcClient, hertz: number) =>
  until(
    () => {
      const { levelDb, frequencyHz } = client.measure('music');
      return levelDb > -30 && Math.abs(frequencyHz - hertz) < 8;
    },
    { describe: () => client.measure('music') },
  );
const playing = (client: WrtcClient) => until(() => client.measure('music').levelDb > -32);

test('M48 pieces play side by side on each worker, each read once however many listen', async () => {
  const wanted = [
    ['shopper:1', 'low'],
    ['shopper:2', 'low'],
    ['shopper:3', 'high'],
    ['shopper:4', 'high'],
  ] as const;
  for (const [listener, piece] of wanted) plane.want(listener, [heardBy(listener, `music:${piece}`)]);
  const people = await Promise.all(wanted.map(([listener]) => joined(plane, listener)));
  for (const person of people) expect(person.hearing).toMatchObject([{ source: 'music', active: true }]);
  for (const [at, person] of people.entries()) await hearsTone(person, at < 2 ? 500 : 1_500);
  expect(read.toSorted()).toEqual(['high', 'low']);
});

test('M49 where there is no such piece, or it cannot be read, the default one is heard instead', async () => {
  for (const piece of ['removed', 'broken']) {
    plane.want(piece, [heardBy('shopper:1', `music:${piece}`)]);
    const shopper = await joined(plane, 'shopper:1');
    await playing(shopper);
    plane.want(piece, []);
  }
});

test('M50 a listener who is given another piece hears exactly that one', async () => {
  plane.want('call', [heardBy('shopper:1', 'music:default')]);
  const shopper = await joined(plane, 'shopper:1');
  await playing(shopper);
  for (const [piece, hertz] of [
    ['low', 500],
    ['high', 1_500],
    ['low', 500],
  ] as const) {
    plane.want('call', [heardBy('shopper:1', `music:${piece}`)]);
    await plane.settled();
    expect(plane.hearing('shopper:1')).toHaveLength(1);
    await hearsTone(shopper, hertz);
  }
  expect(read).toEqual(['low', 'high']);
});

test('M51 a piece is dropped when nobody could hear it for a while, and not before', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const capabilities = plane.routerRtpCapabilities as Parameters<MediaPlane['openLeg']>[1];
  const want = async (active: boolean | null) => {
    plane.want('call', active === null ? [] : [heardBy('shopper:1', 'music:low', active)]);
    await plane.settled();
  };
  await want(true);
  await plane.openLeg('shopper:1', capabilities);
  // Ready, though silent, as while the caller talks: it stays, however long.
  await want(false);
  vi.advanceTimersByTime(10 * mediaLimits.idlePieceMs);
  await want(true);
  expect(plane.hearing('shopper:1')).toHaveLength(1);
  expect(read).toEqual(['low']);
  await want(null);
  vi.advanceTimersByTime(mediaLimits.idlePieceMs - 1);
  await want(true);
  expect(read).toEqual(['low']);
  await want(null);
  vi.advanceTimersByTime(mediaLimits.idlePieceMs);
  await want(true);
  expect(read).toEqual(['low', 'low']);
  expect(plane.hearing('shopper:1')).toHaveLength(1);
});

test('M52 when a worker is killed, a piece plays on for the others, and again on the new one', async () => {
  const lost = new Set<string>();
  plane.on('lost', leg => lost.add(leg));
  for (const leg of ['shopper:1', 'shopper:2'] as const) plane.want(leg, [heardBy(leg, 'music:low')]);
  const [one, two] = [await joined(plane, 'shopper:1'), await joined(plane, 'shopper:2')];
  await Promise.all([hearsTone(one, 500), hearsTone(two, 500)]);
  const [worker] = (await plane.stats()).workers;
  process.kill(worker!.pid, 'SIGKILL');
  await until(() => lost.size > 0);
  const gone = lost.has('shopper:1') ? 'shopper:1' : 'shopper:2';
  await hearsTone(gone === 'shopper:1' ? two : one, 500);
  await until(async () => (await plane.stats()).workers.every(({ alive }) => alive));
  await hearsTone(await joined(plane, gone), 500);
  expect(read).toEqual(['low']);
});
