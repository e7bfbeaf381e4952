import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { httpLimits } from '../../../server/http/limits.ts';
import type { QueueId } from '../../../shared/ids.ts';
import { plainAppearance } from '../../../shared/plain-appearance.ts';
import { errorIn, makeAdmin, outcome, person, startServer, type TestServer } from './http-server.ts';

let server: TestServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server.close());

describe('what a changing request must show', () => {
  const signOut = (headers: Record<string, string>, body = '{}') =>
    fetch(`${server.url}/api/rep/sign-out`, { method: 'POST', headers, body });

  test.each<[string, (own: string) => string | undefined]>([
    ['no origin', () => undefined],
    ['null', () => 'null'],
    ['another site', () => 'https://evil.example'],
    ['our host on another port', () => 'http://127.0.0.1:1'],
    ['our origin with more behind it', own => `${own}.evil.example`],
    ['our host over another scheme', own => own.replace('http:', 'https:')],
  ])('H40 a changing request from %s is refused and changes nothing', async (_what, origin) => {
    const cookie = await makeAdmin(server);
    const from = origin(server.url);
    const answer = await signOut({
      cookie,
      'content-type': 'application/json',
      ...(from === undefined ? {} : { origin: from }),
    });
    expect(await outcome(answer)).toBe('403 origin-not-allowed');
    expect((await server.get('/api/rep/me', cookie)).status).toBe(200);
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'H41 a body of type %s, which a plain form can send, is refused',
    async type => {
      const answer = await signOut({ origin: server.url, 'content-type': type });
      expect(await outcome(answer)).toBe('415 json-needed');
    },
  );

  test('H42 a request without a body needs no content type', async () => {
    const headers = { origin: server.url, cookie: await makeAdmin(server) };
    const answer = await fetch(`${server.url}/api/rep/ticket`, { method: 'POST', headers });
    expect(answer.status).toBe(200);
  });

  test('H43 a body that is too large or no JSON is refused in plain words', async () => {
    const headers = { origin: server.url, 'content-type': 'application/json' };
    const post = (body: string) => fetch(`${server.url}/api/rep/sign-in`, { method: 'POST', headers, body });
    expect(await outcome(await post(JSON.stringify({ email: 'x'.repeat(httpLimits.maxBodyBytes) })))).toBe(
      '413 too-large',
    );
    for (const bad of ['{"email":', 'null', '[]', '7', '{"__proto__":{"email":"a@b"}}']) {
      expect(await outcome(await post(bad))).toBe('400 bad-request');
    }
  });

  test('H44 an unknown address and a wrong method are told apart', async () => {
    expect(await outcome(await server.get('/api/nothing'))).toBe('404 not-found');
    expect(await outcome(await server.get('/api/rep/sign-in'))).toBe('405 method-not-allowed');
  });

  test('H45 what nobody foresaw is logged once, with its cause, and told in plain words', async () => {
    const cookie = await makeAdmin(server);
    await server.db.schema.dropTable('rep_sessions').execute();
    const answer = await server.get('/api/rep/me', cookie);
    expect(answer.status).toBe(500);
    const error = await errorIn(answer);
    expect(error.code).toBe('internal');
    expect(error.message).not.toMatch(/rep_sessions|sql/i);
    // Once, whatever it passes on its way.
    expect(server.logged.join('').match(/a request failed/g)).toHaveLength(1);
    expect(server.logged.join('')).toContain('rep_sessions');
  });

  test('H46 answers about people are kept by no cache, and give no page anything to run', async () => {
    const answer = await server.post('/api/rep/sign-in', { email: person.email, password: 'x' });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-security-policy')).toBe("default-src 'none';frame-ancestors 'none'");
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('availability', () => {
  const ask = (origin?: string, key = 'demo') =>
    fetch(`${server.url}/api/sites/${key}/availability`, origin === undefined ? {} : { headers: { origin } });

  test('H50 our own pages read whether somebody can answer', async () => {
    const answer = await ask();
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      availability: 'no-rep',
      opensAt: null,
      takesNumber: false,
      line: null,
      message: '',
      language: 'en',
      words: {},
      appearance: plainAppearance,
    });
    expect(answer.headers.get('vary')).toMatch(/origin/i);
  });

  test('H51 a shop on the list of the site may read it from its own origin, and no other may', async () => {
    const shop = 'https://shop.example';
    await server.db
      .updateTable('sites')
      .set({ allowed_origins: JSON.stringify([shop]) })
      .execute();
    const allowed = await ask(shop);
    expect(allowed.status).toBe(200);
    expect(allowed.headers.get('access-control-allow-origin')).toBe(shop);
    expect(allowed.headers.get('access-control-allow-credentials')).toBeNull();
    for (const origin of ['https://evil.example', 'https://shop.example.evil.example', 'null']) {
      const refused = await ask(origin);
      expect(refused.headers.get('access-control-allow-origin')).toBeNull();
      expect(refused.headers.get('vary')).toMatch(/origin/i);
      expect(await outcome(refused)).toBe('403 origin-not-allowed');
    }
  });

  test('H53 it is that of the queue that is asked for, and one that is not there is told as such', async () => {
    const [first] = await server.db.selectFrom('queues').selectAll().execute();
    const second = {
      ...first!,
      id: 'repairs' as QueueId,
      name: 'Repairs',
      created_at: first!.created_at + 1,
    };
    await server.db
      .insertInto('queues')
      .values({ ...second, no_rep_since: null })
      .execute();
    const availability = async (queue: string) =>
      (await (await fetch(`${server.url}/api/sites/demo/availability?queue=${queue}`)).json()) as unknown;
    expect(await availability(first!.id)).toMatchObject({ availability: 'no-rep' });
    expect(await availability('repairs')).toMatchObject({ availability: 'busy' });
    expect(await availability('mistyped')).toMatchObject({ availability: 'unknown-queue' });
  });

  test('H52 an unknown site key is told as such, to any page', async () => {
    const answer = await ask('https://shop.example', 'mistyped');
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://shop.example');
    expect(await outcome(answer)).toBe('404 unknown-site');
  });
});
