/** How much may be in hand at once: requests of strangers, files that are sent, files that come. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import Koa from 'koa';
import { afterEach, expect, test } from 'vitest';
import { createConcurrencyCaps } from '../../../server/http/concurrency-caps.ts';
import type { HttpError } from '../../../server/http/errors.ts';
import { caps } from '../../../shared/limits.ts';
import { figure } from '../../support/figures.ts';
import { until } from '../../support/until.ts';
import { cookieOf, makeAdmin, person, startServer, type TestServer } from './http-server.ts';

let server: TestServer;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await server.close();
});

type Asked = { socket: Socket; head: () => string };

/** Sends just that, and reads the answer's beginning once there is one. */
async function ask(lines: string[], body = ''): Promise<Asked> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  sockets.push(socket);
  let head = '';
  socket.once('data', data => {
    head = data.toString('latin1');
    // Nothing more is read of a large answer, which so stays in hand.
    socket.pause();
  });
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(`${[...lines, `host: ${new URL(server.url).host}`, '', ''].join('\r\n')}${body}`);
  return { socket, head: () => head };
}
const status = ({ head }: Asked) => Number(/^HTTP\/1\.1 (\d+)/.exec(head())?.[1] ?? 0);
const from = (address: string) => `x-forwarded-for: ${address}`;

/** A sign-in whose body is still to come. */
const half = (address: string) =>
  ask([
    'POST /api/rep/sign-in HTTP/1.1',
    `origin: ${server.url}`,
    'content-type: application/json',
    'content-length: 2',
    from(address),
  ]);
const look = async (address: string, cookie = '') =>
  fetch(`${server.url}/api/sites/demo/availability`, { headers: { 'x-forwarded-for': address, cookie } });

test('H225 strangers of one network, and in all, have so many requests in hand; who watches the server and who signed in before are not concerned', async () => {
  const tight = { perNetwork: 3, inAll: 4 };
  server = await startServer({ trustProxy: true }, { ...caps, requests: tight });
  const cookie = (await makeBrowser()).join('; ');
  const mine = [await half('203.0.113.9'), await half('203.0.113.9'), await half('::ffff:203.0.113.9')];
  const full = await until(async () => {
    const answer = await look('203.0.113.9');
    return answer.status === 429 && answer;
  });
  expect(full.headers.get('retry-after')).toBe('5');
  expect(await full.json()).toMatchObject({ error: { code: 'too-many' } });
  expect((await look('198.51.100.4')).status).toBe(200);
  // The browser in which somebody of that network has signed in.
  expect((await look('203.0.113.9', cookie)).status).toBe(200);
  await half('198.51.100.4');
  const busy = await until(async () => {
    const answer = await look('192.0.2.1');
    return answer.status === 503 && answer;
  });
  expect(busy.headers.get('retry-after')).toBe('5');
  expect(await busy.json()).toMatchObject({ error: { code: 'busy' } });
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  // Given back when an answer is over, and when a connection is.
  mine[0]!.socket.resume().write('{}');
  await until(async () => (await look('203.0.113.9')).status === 200);
  mine[1]!.socket.destroy();
  await until(async () => (await look('192.0.2.1')).status === 200);
});

/** The cookies of a browser in which an admin has signed in, without the session itself. */
async function makeBrowser(): Promise<string[]> {
  await makeAdmin(server);
  const { email, password } = person;
  const answer = await server.post('/api/rep/sign-in', { email, password });
  return answer.headers
    .getSetCookie()
    .map(line => line.split(';')[0]!)
    .filter(line => line.includes('browser'));
}

test('H226 one network has exactly so many uploads in hand, with room for fifty people', async () => {
  server = await startServer();
  await makeAdmin(server);
  const { email, password } = person;
  const admin = cookieOf(await server.post('/api/rep/sign-in', { email, password }));
  const { id: siteId } = await server.db.selectFrom('sites').select('id').executeTakeFirstOrThrow();
  expect(caps.uploads.perNetwork).toBeGreaterThanOrEqual(50);

  const upload = () =>
    ask(
      [
        `POST /api/sounds?siteId=${siteId}&name=Harp HTTP/1.1`,
        ...[`origin: ${server.url}`, `cookie: ${admin}`],
        ...['content-type: application/octet-stream', 'content-length: 8'],
      ],
      'half',
    );
  const uploads = await many(caps.uploads.perNetwork + 20, upload);
  await until(() => uploads.filter(one => status(one) === 429).length === 20);
  expect(uploads.filter(one => status(one) === 0)).toHaveLength(caps.uploads.perNetwork);
  expect(uploads.find(one => status(one) === 429)!.head()).toMatch(/\r\nretry-after: 5\r\n/i);
  const first = uploads.find(one => status(one) === 0)!;
  first.socket.write('full');
  await until(() => status(first) === 202);
  const next = await upload();
  next.socket.write('full');
  await until(() => status(next) === 202);

  figure('19-uploads', `${caps.uploads.perNetwork} of ${uploads.length} at once`);
});

const many = (count: number, begin: () => Promise<Asked>) =>
  Promise.all(Array.from({ length: count }, begin));

test('H228 one network has exactly so many downloads in hand; one that ends makes room for one', async () => {
  server = await startServer({}, { ...caps, downloads: { perNetwork: 0, inAll: 1 } });
  const refused = await fetch(`${server.url}/sounds/any`);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '5']);

  // Files that are sent for as long as the test likes.
  const { perNetwork } = caps.downloads;
  expect(perNetwork).toBeGreaterThanOrEqual(50);
  const concurrencyCaps = createConcurrencyCaps(() => false);
  const sends: (() => void)[] = [];
  const app = new Koa({ proxy: false });
  app.silent = true;
  app.use(async ctx => {
    try {
      concurrencyCaps.download(ctx);
    } catch (error) {
      ctx.status = (error as HttpError).status;
      return;
    }
    await new Promise<void>(resolve => sends.push(resolve));
    ctx.body = 'sound';
  });
  const files = createServer(app.callback()).listen(0, '127.0.0.1');
  await once(files, 'listening');
  const get = () => fetch(`http://127.0.0.1:${(files.address() as AddressInfo).port}/`);
  try {
    let refusals = 0;
    const ask = async () => {
      if ((await get()).status === 429) refusals++;
    };
    const all = Array.from({ length: perNetwork + 20 }, ask);
    await until(() => sends.length === perNetwork && refusals === 20);
    sends[0]!();
    // Room is there as soon as the server knows that the answer is over.
    await until(
      () => {
        all.push(ask());
        return sends.length > perNetwork;
      },
      { everyMs: 20 },
    );
    await until(() => refusals + sends.length === all.length);
    expect(sends).toHaveLength(perNetwork + 1);
    for (const send of sends) send();
    await Promise.all(all);
  } finally {
    files.closeAllConnections();
    files.close();
  }
});
