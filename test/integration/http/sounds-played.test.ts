/** Sounds as pages play them: parts, caches, and what a large one costs. */
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSoundReader } from '../../../server/sounds/sound-reader.ts';
import { addSound, keepAudio, soundPieceBytes } from '../../../server/store/sounds.ts';
import type { Sound } from '../../../shared/api/sounds.ts';
import { countedReads } from '../../support/counted-reads.ts';
import { startServer, type TestServer } from './http-server.ts';

/** As large as they come; a length that divides into nothing. */
const largeBytes = 5 * 1024 * 1024 + 17;

let server: TestServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server.close());

/** One that is ready, without the time that its conversion would take. */
async function kept(bytes = 20_011) {
  const id = crypto.randomUUID() as string as Sound['id'];
  const audio = randomBytes(bytes);
  const { id: site_id } = await server.db.selectFrom('sites').select('id').executeTakeFirstOrThrow();
  await addSound(server.db, { id, site_id, name: 'Hum', uploaded_at: 1 }, 10);
  await keepAudio(server.db, id, 900_000, audio);
  return { id, url: `/sounds/${id}`, audio };
}

test('H152 any page may fetch a sound, which is kept for good and never sent twice', async () => {
  const { id, url } = await kept();
  const answer = await fetch(server.url + url, { headers: { origin: 'https://shop.example' } });
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'audio/webm',
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    'x-content-type-options': 'nosniff',
    'cache-control': 'public, max-age=31536000, immutable',
    'accept-ranges': 'bytes',
    etag: `"${id}"`,
  });
  const again = await fetch(server.url + url, { headers: { 'if-none-match': `"${id}"` } });
  expect(again.status).toBe(304);
  expect((await again.bytes()).length).toBe(0);
  const head = await fetch(server.url + url, { method: 'HEAD' });
  expect(head.status).toBe(200);
  expect(head.headers.get('content-length')).toBe(String((await answer.bytes()).length));
});

test('H153 parts are sent as players ask for them', async () => {
  const { id, url } = await kept();
  const whole = await (await fetch(server.url + url)).bytes();
  const last = whole.length - 1;
  const part = (range: string, more: Record<string, string> = {}) =>
    fetch(server.url + url, { headers: { range, ...more } });
  for (const [range, from, to] of [
    ['bytes=0-1', 0, 1],
    ['bytes=100-', 100, last],
    [`bytes=100-${last + 500}`, 100, last],
    ['bytes=-200', last - 199, last],
    [`bytes=-${last + 500}`, 0, last],
  ] as const) {
    const answer = await part(range);
    expect(answer.status, range).toBe(206);
    expect(answer.headers.get('content-range')).toBe(`bytes ${from}-${to}/${whole.length}`);
    expect(answer.headers.get('content-type')).toBe('audio/webm');
    expect(Buffer.from(await answer.bytes()).equals(whole.subarray(from, to + 1))).toBe(true);
  }
  for (const range of ['bytes=5-2', 'bytes=0-1,5-6', 'bytes=-', 'lines=1-2', 'bytes=x-']) {
    const answer = await part(range);
    expect(answer.status, range).toBe(200);
    expect((await answer.bytes()).length).toBe(whole.length);
  }
  for (const range of [`bytes=${whole.length}-`, 'bytes=-0']) {
    const answer = await part(range);
    expect(answer.status, range).toBe(416);
    expect(answer.headers.get('content-range')).toBe(`bytes */${whole.length}`);
  }
  expect((await part('bytes=0-1', { 'if-range': '"another"' })).status).toBe(200);
  expect((await part('bytes=0-1', { 'if-range': `"${id}"` })).status).toBe(206);
});

test('H220 of a large sound no more is read than is sent, and what many ask for only once', async () => {
  const { id, url, audio } = await kept(largeBytes);
  const { reads } = server;
  const ask = async (headers: Record<string, string>, method = 'GET') => {
    const before = reads.bytes;
    const answer = await fetch(server.url + url, { method, headers });
    const body = Buffer.from(await answer.bytes());
    return { status: answer.status, body, read: reads.bytes - before };
  };
  expect(await ask({ 'if-none-match': `"${id}"` })).toMatchObject({ status: 304, read: 0 });
  expect(await ask({ 'if-none-match': `"x", W/"${id}"` })).toMatchObject({ status: 304, read: 0 });
  expect(await ask({}, 'HEAD')).toMatchObject({ status: 200, read: 0 });
  expect(await ask({ range: `bytes=${audio.length}-` })).toMatchObject({ status: 416, read: 0 });

  const one = await ask({ range: 'bytes=0-0' });
  expect(one).toMatchObject({ status: 206, body: audio.subarray(0, 1), read: soundPieceBytes });
  const many = Array.from({ length: 10 }, () => fetch(server.url + url, { headers: { range: 'bytes=0-0' } }));
  const before = reads.bytes;
  for (const answer of await Promise.all(many)) expect(await answer.bytes()).toHaveLength(1);
  expect(reads.bytes).toBe(before);

  // Across the seam of two pieces, of which the second was not read yet.
  const seam = await ask({ range: `bytes=${soundPieceBytes - 2}-${soundPieceBytes + 1}` });
  expect(seam.body).toEqual(audio.subarray(soundPieceBytes - 2, soundPieceBytes + 2));
  expect(seam.read).toBe(soundPieceBytes);
  const whole = await ask({});
  expect(audio.equals(whole.body)).toBe(true);
  expect(whole.read).toBe(audio.length - 2 * soundPieceBytes);
});

test('H221 what is kept in memory is bounded; the oldest goes', async () => {
  const { db, reads } = countedReads(server.db);
  const { id } = await kept(largeBytes);
  const reader = createSoundReader(db, 2 * soundPieceBytes);
  const read = async (seq: number) => {
    const before = reads.bytes;
    for await (const _ of reader.read(id, seq * soundPieceBytes, seq * soundPieceBytes));
    return reads.bytes - before;
  };
  const costs = [];
  for (const seq of [0, 1, 0, 1, 2, 1, 0]) costs.push(await read(seq));
  expect(costs.map(bytes => bytes / soundPieceBytes)).toEqual([1, 1, 0, 0, 1, 0, 1]);
});

test('H222 a piece is read when the one before it was taken; a sound that is deleted on the way ends the answer', async () => {
  const { db, reads } = countedReads(server.db);
  const { id, audio } = await kept(largeBytes);
  const pieces = createSoundReader(db, 1e6).read(id, 0, audio.length - 1);
  expect((await pieces.next()).value).toHaveLength(soundPieceBytes);
  expect((await pieces.next()).value).toHaveLength(soundPieceBytes);
  expect(reads.bytes).toBe(2 * soundPieceBytes);
  await server.db.deleteFrom('sounds').where('id', '=', id).execute();
  await expect(pieces.next()).rejects.toThrow('the sound is gone');
});

test('H154 a sound that is not there, or not ready, is told in words', async () => {
  for (const id of ['nothing', '..%2F..%2Fsecrets.json', '%00']) {
    const answer = await server.get(`/sounds/${id}`);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toMatch(/^There is no such sound\./);
  }
});
