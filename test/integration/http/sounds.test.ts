import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSounds } from '../../../server/sounds/sounds.ts';
import type { QueueSheet } from '../../../shared/api/queues.ts';
import type { Sound } from '../../../shared/api/sounds.ts';
import type { SiteId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import { quiet } from '../../support/media.ts';
import { tone, wav } from '../../support/sound-files.ts';
import { until } from '../../support/until.ts';
import {
  asRep,
  cookieOf,
  errorIn,
  makeAdmin,
  outcome,
  person,
  startServer,
  type TestServer,
} from './http-server.ts';

const file = wav([tone(660, 1)]);
let server: TestServer;
let admin: string;
let siteId: SiteId;
beforeEach(async () => {
  server = await startServer();
  admin = await makeAdmin(server);
  siteId = (await server.db.selectFrom('sites').select('id').executeTakeFirstOrThrow()).id;
});
afterEach(() => server.close());

const send = (method: string, route: string, body?: unknown, cookie = admin) =>
  fetch(server.url + route, {
    method,
    headers: {
      origin: server.url,
      cookie,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const upload = (
  bytes: Uint8Array<ArrayBuffer>,
  {
    name = 'Harp',
    site = siteId as string,
    cookie = admin,
    type = 'application/octet-stream',
    origin = server.url,
  } = {},
) =>
  fetch(`${server.url}/api/sounds?${new URLSearchParams({ siteId: site, name })}`, {
    method: 'POST',
    headers: { origin, cookie, 'content-type': type },
    body: bytes,
  });
const soundIn = async (answer: Response) => ((await answer.json()) as { sound: Sound }).sound;
const read = async (id: string) => soundIn(await server.get(`/api/sounds/${id}`, admin));
const list = async () =>
  ((await (await server.get(`/api/sounds?siteId=${siteId}`, admin)).json()) as { sounds: Sound[] }).sounds;
/** Waits for the end of the conversion. */
async function settled({ id }: Sound): Promise<Sound> {
  const done = async () => {
    const sound = await read(id);
    return sound.state.is !== 'converting' && sound;
  };
  return until(done);
}
const ready = async (bytes: Uint8Array<ArrayBuffer> = file, name = 'Harp') =>
  settled(await soundIn(await upload(bytes, { name })));
async function firstQueue(): Promise<QueueSheet> {
  const answer = (await (await server.get('/api/queues', admin)).json()) as { queues: QueueSheet[] };
  return answer.queues[0]!;
}

describe('sounds as an admin keeps them', () => {
  test('H140 an uploaded file is converted, and plays under its address', async () => {
    const answer = await upload(file);
    expect(answer.status).toBe(202);
    const sound = await soundIn(answer);
    expect(sound).toMatchObject({
      siteId,
      name: 'Harp',
      state: { is: 'converting' },
      url: `/sounds/${sound.id}`,
    });
    expect(await settled(sound)).toEqual({ ...sound, state: { is: 'ready', ms: 1_000 } });
    const played = await server.get(sound.url);
    expect(played.status).toBe(200);
    expect(played.headers.get('content-type')).toBe('audio/webm');
    expect((await played.bytes()).length).toBeGreaterThan(1_000);
    await until(async () => (await uploads()).length === 0);
  });

  test('H141 what is wrong with a file stands with the sound, as a reason', async () => {
    const sound = await ready(new TextEncoder().encode('Dear Sir or Madam,'));
    expect(sound.state).toEqual({
      is: 'failed',
      problem: { reason: 'sound-not-a-sound' },
    });
    expect((await server.get(sound.url)).status).toBe(404);
  });

  test('H142 several are converted one after another, and listed with the oldest first', async () => {
    const names = ['One', 'Two', 'Three'];
    for (const name of names) {
      server.clock.now += 1;
      await upload(file, { name });
    }
    const sounds = await list();
    expect(sounds.map(({ name }) => name)).toEqual(names);
    for (const sound of sounds) expect((await settled(sound)).state.is).toBe('ready');
  });

  test('H143 a sound is renamed and deleted, and gone from its address then', async () => {
    const { id, url } = await ready();
    expect(await soundIn(await send('PATCH', `/api/sounds/${id}`, { name: ' Chimes ' }))).toMatchObject({
      id,
      name: 'Chimes',
    });
    const noName = await send('PATCH', `/api/sounds/${id}`, { name: '' });
    expect(await errorIn(noName)).toMatchObject({ code: 'bad-request', field: 'name' });
    expect((await send('DELETE', `/api/sounds/${id}`)).status).toBe(200);
    expect(await list()).toEqual([]);
    expect((await server.get(url)).status).toBe(404);
    expect(await outcome(await send('DELETE', `/api/sounds/${id}`))).toBe('404 not-found');
    expect(await outcome(await server.get(`/api/sounds/${id}`, admin))).toBe('404 not-found');
  });

  test('H143 one that is deleted while it is converted is given up', async () => {
    const { id } = await soundIn(await upload(wav([tone(440, 60, { rate: 44_100 })], { rate: 44_100 })));
    expect((await send('DELETE', `/api/sounds/${id}`)).status).toBe(200);
    // The next one's turn comes only when it is over.
    expect((await ready()).state.is).toBe('ready');
    expect(await list()).toHaveLength(1);
    await until(async () => (await uploads()).length === 0);
  });

  test('H144 only an admin may do that, and only from our own pages', async () => {
    const token = await server.links.invite({ ...asRep, name: 'Ben', email: 'ben@shop.example' }, null);
    const rep = cookieOf(
      await server.post('/api/rep/links/use', { token, ...person, name: 'Ben', email: 'ben@shop.example' }),
    );
    const { id } = await ready();
    for (const [cookie, expected] of [
      [rep, '403 not-allowed'],
      ['', '401 sign-in-needed'],
    ] as const) {
      expect(await outcome(await server.get(`/api/sounds?siteId=${siteId}`, cookie))).toBe(expected);
      expect(await outcome(await server.get(`/api/sounds/${id}`, cookie))).toBe(expected);
      expect(await outcome(await upload(file, { cookie }))).toBe(expected);
      expect(await outcome(await send('PATCH', `/api/sounds/${id}`, { name: 'Mine' }, cookie))).toBe(
        expected,
      );
      expect(await outcome(await send('DELETE', `/api/sounds/${id}`, undefined, cookie))).toBe(expected);
    }
    const elsewhere = await upload(file, { origin: 'https://shop.example' });
    expect(await outcome(elsewhere)).toBe('403 origin-not-allowed');
    expect(await list()).toHaveLength(1);
  });

  test('H145 a file is sent as bytes, which no plain form can do; bytes are taken nowhere else', async () => {
    for (const type of ['text/plain', 'multipart/form-data; boundary=x', 'application/json', '']) {
      const headers = { origin: server.url, cookie: admin, ...(type && { 'content-type': type }) };
      const answer = await fetch(`${server.url}/api/sounds?siteId=${siteId}&name=Harp`, {
        method: 'POST',
        headers,
        body: file,
      });
      expect(await outcome(answer)).toBe('415 file-needed');
    }
    const elsewhere = await fetch(`${server.url}/api/sounds/x`, {
      method: 'PATCH',
      headers: { origin: server.url, cookie: admin, 'content-type': 'application/octet-stream' },
      body: '{"name":"Harp"}',
    });
    expect(await outcome(elsewhere)).toBe('415 json-needed');
    expect(await list()).toEqual([]);
  });

  test('H146 an upload without a file, a name or a site is refused in words, and leaves nothing', async () => {
    const empty = await upload(new Uint8Array());
    expect(await errorIn(empty)).toEqual({
      code: 'bad-request',
      reason: 'sound-empty',
      message: 'The file is empty. Please choose another one.',
    });
    expect(await errorIn(await upload(file, { name: '  ' }))).toMatchObject({ field: 'name' });
    expect(await errorIn(await upload(file, { site: 'other' }))).toMatchObject({
      code: 'not-found',
      field: 'siteId',
    });
    expect(await outcome(await server.get('/api/sounds', admin))).toBe('400 bad-request');
    expect(await list()).toEqual([]);
    expect(await uploads()).toEqual([]);
  });

  test('H147 a file that is too large is refused, whether it says so beforehand or not', async () => {
    const large = new Uint8Array(limits.maxSoundUploadBytes + 1);
    const said = await upload(large);
    expect(await outcome(said)).toBe('413 too-large');
    const unsaid = await fetch(`${server.url}/api/sounds?siteId=${siteId}&name=Harp`, {
      method: 'POST',
      headers: { origin: server.url, cookie: admin, 'content-type': 'application/octet-stream' },
      body: new Blob([large]).stream(),
      duplex: 'half',
    } as RequestInit);
    expect(unsaid.status).toBe(413);
    expect((await errorIn(unsaid)).message).toBe(
      'That file is too large: at most 30 MB. An MP3 of the same sound is smaller.',
    );
    expect(await list()).toEqual([]);
    expect(await uploads()).toEqual([]);
  });

  test('H148 an upload that breaks off leaves nothing behind', async () => {
    const { http } = server.servers.ports();
    const half = request({
      port: http,
      host: '127.0.0.1',
      method: 'POST',
      path: `/api/sounds?siteId=${siteId}&name=Harp`,
      headers: {
        origin: server.url,
        cookie: admin,
        'content-type': 'application/octet-stream',
        'content-length': 1_000_000,
      },
    });
    half.on('error', () => {});
    half.write(file);
    await until(async () => (await uploads()).length === 1);
    half.destroy();
    await until(async () => (await uploads()).length === 0);
    expect(await list()).toEqual([]);
    expect(server.logged.filter(line => JSON.parse(line).level >= 50)).toEqual([]);
  });

  test('H149 a site keeps a bounded number of sounds, told in words', async () => {
    const row = {
      site_id: siteId,
      name: 'x',
      state: 'ready',
      progress: 1,
      problem: '',
      ms: 1,
      uploaded_at: 1,
    } as const;
    await server.db
      .insertInto('sounds')
      .values(
        Array.from({ length: limits.soundsPerSite }, (_, i) => ({
          ...row,
          id: `s${i}` as Sound['id'],
          bytes: null,
        })),
      )
      .execute();
    const answer = await upload(file);
    expect(answer.status).toBe(409);
    expect(await errorIn(answer)).toMatchObject({
      code: 'no-room',
      message: 'There are 100 sounds already. Please remove one that is not needed any more.',
    });
  });

  test('H156 a conversion that a restart cut off is told as such', async () => {
    const { id } = await ready();
    await server.db.updateTable('sounds').set({ state: 'converting', progress: 0.5, bytes: null }).execute();
    const { db, clock } = server;
    const folder = path.join(server.distDir, 'uploads-of-the-next');
    const next = await createSounds({ db, folder, now: () => clock.now, log: quiet });
    await next.close();
    expect((await read(id)).state).toEqual({
      is: 'failed',
      problem: { reason: 'sound-interrupted' },
    });
  });

  const uploads = () => readdir(path.join(server.distDir, '..', 'data', 'uploads'));
});

describe('sounds in the settings of a queue', () => {
  const setting = (settings: Partial<QueueSheet['settings']> | object, id: string) =>
    send('PATCH', `/api/queues/${id}`, { settings });

  test('H150 a queue may name sounds of its site that can be played, and no others', async () => {
    const [harp, text] = [await ready(), await ready(new TextEncoder().encode('text'))];
    const { id } = await firstQueue();
    await server.db
      .insertInto('sites')
      .values({
        id: 'other' as SiteId,
        key: 'other',
        name: 'Other',
        allowed_origins: '[]',
        settings: '{}',
        routing_group: 'other' as SiteId,
        created_at: 1,
      })
      .execute();
    const elsewhere = await settled(await soundIn(await upload(file, { site: 'other' })));
    for (const wrong of [text.id, elsewhere.id, 'nothing']) {
      expect(await errorIn(await setting({ music: wrong }, id))).toEqual({
        code: 'bad-request',
        reason: 'soundUnplayable',
        field: 'music',
        message: 'That sound cannot be played: it was removed, or is not converted. Choose another one.',
      });
      const announcements = { everyMs: 60_000, clips: { next: harp.id, 'place-2': wrong } };
      expect(await errorIn(await setting({ announcements }, id))).toMatchObject({
        field: 'announcements.clips.place-2',
      });
    }
    expect((await firstQueue()).settings).toMatchObject({ music: null, announcements: { clips: {} } });
    expect((await setting({ music: harp.id }, id)).status).toBe(200);
    expect((await firstQueue()).settings.music).toBe(harp.id);
  });

  test('H151 a sound that a queue uses is not deleted; the queue is named', async () => {
    const harp = await ready();
    const { id } = await firstQueue();
    const inUse = {
      code: 'in-use',
      reason: 'soundInUse',
      params: { queue: 'Sales' },
      message: 'The queue “Sales” uses this sound. Choose another one there first.',
    };
    for (const settings of [
      { music: harp.id },
      { music: null, announcements: { everyMs: 60_000, clips: { greeting: harp.id } } },
    ]) {
      expect((await setting(settings, id)).status).toBe(200);
      const refused = await send('DELETE', `/api/sounds/${harp.id}`);
      expect(refused.status).toBe(409);
      expect(await errorIn(refused)).toEqual(inUse);
    }
    await setting({ announcements: { everyMs: 60_000, clips: {} } }, id);
    expect((await send('DELETE', `/api/sounds/${harp.id}`)).status).toBe(200);
  });
});
