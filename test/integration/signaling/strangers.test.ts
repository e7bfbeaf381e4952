/** Who is let in, and what a stranger may do until then: very little, for five seconds. */

import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { openSqlite } from '../../../server/store/sqlite.ts';
import { caps, limits } from '../../../shared/limits.ts';
import { closeCodes, protocolVersion, signalingPath } from '../../../shared/wire.ts';
import { figure } from '../../support/figures.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { until } from '../../support/until.ts';
import { RawClient, shopperHello } from './raw-client.ts';

let server: TestServer;
const clients: RawClient[] = [];
const open = async (from?: string) => {
  const client = await RawClient.open(server.origin, from);
  clients.push(client);
  return client;
};
const refusal = (code: string) => ({ ok: false, error: { code } });

beforeAll(async () => {
  server = await startTestServer({ workers: 1 });
  const db = openSqlite(server.dataDir);
  await db
    .updateTable('sites')
    .set({ allowed_origins: JSON.stringify(['https://shop.example']) })
    .execute();
  await db.destroy();
});
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});
afterAll(() => server.close());

describe('a stranger', () => {
  test('S8 who says nothing is closed after five seconds, and not before', async () => {
    const client = await open();
    const since = performance.now();
    expect(await client.untilClosed(limits.helloTimeoutMs + 3_000)).toBe(closeCodes.helloTimeout);
    expect(performance.now() - since).toBeGreaterThan(limits.helloTimeoutMs - 100);
    expect(limits.helloTimeoutMs).toBeLessThanOrEqual(5_000);
    figure('18-silent', `${limits.helloTimeoutMs / 1_000} s`);
  });

  test('S9 whose first request is not hello is refused and closed', async () => {
    const client = await open();
    expect(await client.say({ id: 1, type: 'beat', data: {} })).toMatchObject(refusal('not-allowed'));
    expect(await client.untilClosed()).toBe(closeCodes.helloRefused);
  });

  test.each([
    [
      'S10 another version of the protocol',
      { ...shopperHello, protocolVersion: protocolVersion + 1 },
      'unsupported-version',
    ],
    ['S11 a site that does not exist', { ...shopperHello, siteKey: "demo' or 1=1" }, 'unknown-site'],
    ['S12 a ticket that is none', { protocolVersion, role: 'rep', ticket: 'a.b.c' }, 'sign-in-needed'],
    ['S13 a role that does not exist', { ...shopperHello, role: 'admin' }, 'bad-request'],
    ['S14 no data at all', null, 'bad-request'],
  ])('%s is refused with its reason and closed', async (_name, hello, code) => {
    const client = await open();
    expect(await client.say({ id: 7, type: 'hello', data: hello })).toMatchObject({
      id: 7,
      ...refusal(code),
    });
    expect(await client.untilClosed()).toBe(closeCodes.helloRefused);
  });

  test('S15 gets in only from an origin that is listed or our own, compared character by character', async () => {
    const own = new URL(server.origin);
    const table: [origin: string, allowed: boolean][] = [
      [server.origin, true],
      ['https://shop.example', true],
      ['none', false],
      ['null', false],
      ['https://shop.example.evil.example', false],
      ['https://evil-shop.example', false],
      ['https://www.shop.example', false],
      ['https://shop.example:444', false],
      ['http://shop.example', false],
      ['HTTPS://SHOP.EXAMPLE', false],
      ['https://shop.example/', false],
      ['https://shop.example, https://evil.example', false],
      [`http://${own.hostname}:${Number(own.port) + 1}`, false],
      [`https://${own.host}`, false],
    ];
    for (const [origin, allowed] of table) {
      const client = await open(origin);
      const answer = await client.say({ id: 1, type: 'hello', data: shopperHello });
      expect(answer, origin).toMatchObject(allowed ? { ok: true } : refusal('origin-not-allowed'));
      if (!allowed) expect(await client.untilClosed()).toBe(closeCodes.helloRefused);
    }
    figure('13-origins', `each of ${table.length}`);
  });

  test('S16 on a listed shop page is still no rep, whatever the ticket', async () => {
    const ana = await server.addRep('Ana');
    const ticket = await ana.ticket(server.origin);
    const client = await open('https://shop.example');
    const hello = { protocolVersion, role: 'rep', ticket };
    expect(await client.say({ id: 1, type: 'hello', data: hello })).toMatchObject(
      refusal('origin-not-allowed'),
    );
  });

  test.each([
    ['S17 what is not JSON', '{"id":1,'],
    ['S18 what is not a request', '{"id":-1,"type":"hello"}'],
    ['S19 an array', '[1,2,3]'],
  ])('%s closes the socket with the reason', async (_name, text) => {
    const client = await open();
    expect(await client.say(text)).toBe(closeCodes.badMessage);
  });

  test('S20 a binary frame closes the socket with the reason', async () => {
    const client = await open();
    client.socket.send(Buffer.from(JSON.stringify({ id: 1, type: 'hello', data: shopperHello })));
    expect(await client.untilClosed()).toBe(closeCodes.badMessage);
  });

  test('S21 a first frame over 8 KiB, in bytes, closes the socket', async () => {
    const client = await open();
    // Three bytes each in UTF-8: few enough characters, too many bytes.
    const token = '€'.repeat(Math.ceil(limits.maxHelloBytes / 3));
    expect(await client.say({ id: 1, type: 'hello', data: { ...shopperHello, token } })).toBe(
      closeCodes.badMessage,
    );
  });

  test('S22 any frame over 64 KiB closes the socket with 1009', async () => {
    const client = await open();
    expect(await client.say('x'.repeat(limits.maxMessageBytes + 1))).toBe(1009);
    const known = await open();
    await known.say({ id: 1, type: 'hello', data: shopperHello });
    expect(await known.say('x'.repeat(limits.maxMessageBytes + 1))).toBe(1009);
    figure('18-oversize', `1009, before and after hello, above ${limits.maxMessageBytes / 1024} KiB`);
  });

  test('S23 sockets without a hello past the bound per network are turned away, and let in again when others close', async () => {
    const many: RawClient[] = [];
    while (many.length < caps.strangers.perNetwork) many.push(await open());
    const late = new WebSocket(server.origin.replace('http', 'ws') + signalingPath, {
      origin: server.origin,
    });
    const [, response] = (await once(late, 'unexpected-response')) as [unknown, { statusCode: number }];
    expect(response.statusCode).toBe(429);
    many[0]!.close();
    await until(async () => {
      const again = new WebSocket(server.origin.replace('http', 'ws') + signalingPath, {
        origin: server.origin,
      });
      const opened = await Promise.race([
        once(again, 'open').then(() => true),
        once(again, 'unexpected-response').then(() => false),
      ]);
      again.on('error', () => undefined).terminate();
      return opened;
    });
  });

  test('S24 an upgrade for any other path is turned away', async () => {
    const socket = new WebSocket(`${server.origin.replace('http', 'ws')}/other`, { origin: server.origin });
    const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }];
    expect(response.statusCode).toBe(404);
  });
});

describe('a client', () => {
  test('S25 that asks too much in a row, or too much at once, is closed with the reason', async () => {
    const eager = await open();
    await eager.say({ id: 0, type: 'hello', data: shopperHello });
    const beats = async (): Promise<number> => {
      for (let id = 1; ; id++) {
        const answer = await eager.say({ id, type: 'beat', data: {} });
        if (typeof answer === 'number') return answer;
        expect(id).toBeLessThan(limits.requestBurst * 3);
      }
    };
    expect(await beats()).toBe(closeCodes.tooMany);

    const flood = await open();
    await flood.say({ id: 0, type: 'hello', data: shopperHello });
    // Within the burst of the rate, but they come in one chunk, or nearly so.
    for (let id = 1; id < limits.requestBurst - 1; id++)
      flood.socket.send(JSON.stringify({ id, type: 'call.context', data: { context: {} } }));
    expect(await flood.untilClosed()).toBe(closeCodes.tooMany);
  });

  test('S26 that says hello twice, or asks for what does not exist, is told so and stays', async () => {
    const client = await open();
    await client.say({ id: 1, type: 'hello', data: shopperHello });
    for (const type of ['hello', 'toString', '__proto__', 'constructor', 'hasOwnProperty', '', 'call.START'])
      expect(await client.say({ id: 2, type, data: shopperHello }), type).toMatchObject(
        refusal('unknown-type'),
      );
    expect(await client.say({ id: 3, type: 'beat', data: {} })).toMatchObject({ id: 3, ok: true });
  });
});
