/** The server behind each proxy, with the configuration that `docs/proxy` tells. */
import { once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import { request as plainRequest } from 'node:http';
import { type RequestOptions, request } from 'node:https';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { QueueSheet } from '../../../shared/api/queues.ts';
import type { Sound } from '../../../shared/api/sounds.ts';
import { allowances } from '../../../shared/limits.ts';
import { protocolVersion } from '../../../shared/wire.ts';
import { proxyNames, publicName, type RunningProxy, startProxy } from '../../support/proxy.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { SignalingClient } from '../../support/signaling-client.ts';

const home = `https://${publicName}`;
const person = { email: 'ana@shop.example', password: 'a good long password' };

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ workers: 1, environment: { TRUST_PROXY: 'on', PUBLIC_URL: home } });
  await server.addRep('Ana');
});
afterAll(() => server.close());

/** As a browser elsewhere that opens the public name. @param address of this machine, from which it comes */
const way = (proxy: RunningProxy, address: string) => ({
  host: '127.0.0.1',
  port: proxy.https,
  servername: publicName,
  ca: proxy.certificate,
  localAddress: address,
});

describe.each(proxyNames.map((name, index) => ({ name, index })))('behind $name', ({ name, index }) => {
  let proxy: RunningProxy;
  beforeAll(async () => {
    proxy = await startProxy(name, Number(new URL(server.origin).port));
  });
  afterAll(() => proxy.stop());

  const ask = (
    options: RequestOptions,
    body?: Uint8Array | string,
  ): Promise<{ status: number; headers: IncomingHttpHeaders; text: string }> =>
    new Promise((resolve, reject) => {
      const to = { agent: false, ...way(proxy, `127.1.${index}.1`), ...options };
      to.headers = {
        host: publicName,
        ...to.headers,
        ...(body ? { 'content-length': Buffer.byteLength(body) } : {}),
      };
      request(to, async answer => {
        const chunks: Buffer[] = [];
        for await (const chunk of answer) chunks.push(chunk as Buffer);
        const { statusCode: status = 0, headers } = answer;
        resolve({ status, headers, text: Buffer.concat(chunks).toString() });
      })
        .on('error', reject)
        .end(body);
    });
  const post = (path: string, body: object, headers = {}, from?: string) =>
    ask(
      {
        method: 'POST',
        path,
        headers: { origin: home, 'content-type': 'application/json', ...headers },
        ...(from ? { localAddress: from } : {}),
      },
      JSON.stringify(body),
    );

  test('H280 pages come by https, whole and with our own headers, and plain http is sent there', async () => {
    const page = await ask({ path: '/api/sites/demo/availability' });
    expect(page.status).toBe(200);
    expect(page.headers['strict-transport-security']).toMatch(/^max-age=\d+$/);
    const moved = await new Promise<{ status: number | undefined; location: string | undefined }>(
      (resolve, reject) => {
        const to = { host: '127.0.0.1', port: proxy.http, path: '/rep?x=1', agent: false };
        plainRequest({ ...to, headers: { host: publicName } }, answer => {
          answer.resume();
          resolve({ status: answer.statusCode, location: answer.headers.location });
        })
          .on('error', reject)
          .end();
      },
    );
    expect(moved).toEqual({ status: 308, location: `${home}/rep?x=1` });
  });

  test('H282 each client counts by its own address, and what it says of that itself is not believed', async () => {
    const [here, other] = [`127.1.${index}.2`, `127.1.${index}.3`];
    const guess = (from: string, headers = {}) =>
      post('/api/rep/links/use', { token: 'x'.repeat(43), name: 'Eve', ...person }, headers, from);
    const guesses = await Promise.all(
      Array.from({ length: allowances.linkTries.burst + 5 }, () => guess(here)),
    );
    expect(guesses.some(({ status }) => status === 429)).toBe(true);
    for (const forged of [
      { 'x-forwarded-for': '203.0.113.9' },
      { 'x-forwarded-for': ['203.0.113.9', '203.0.113.10'] },
      { forwarded: 'for=203.0.113.9' },
    ])
      expect((await guess(here, forged)).status, JSON.stringify(forged)).toBe(429);
    expect((await guess(other)).status).not.toBe(429);
    // Nor by what name or how it asked.
    const lied = await ask({
      path: '/api/sites/demo/availability',
      headers: { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' },
    });
    expect(lied.headers['strict-transport-security']).toMatch(/^max-age=\d+$/);
  });

  test('H283 a member signs in, and a sound of 25 MB is uploaded', async () => {
    const signedIn = await post('/api/rep/sign-in', person);
    expect(signedIn.status).toBe(200);
    const [cookie = ''] = signedIn.headers['set-cookie'] ?? [];
    expect(cookie).toMatch(/; secure/i);
    const headers = { cookie: cookie.split(';')[0] ?? '', origin: home };
    const { queues } = JSON.parse((await ask({ path: '/api/queues', headers })).text) as {
      queues: QueueSheet[];
    };
    const query = new URLSearchParams({ siteId: queues[0]?.siteId ?? '', name });
    const uploaded = await ask(
      {
        method: 'POST',
        path: `/api/sounds?${query}`,
        headers: { ...headers, 'content-type': 'application/octet-stream' },
      },
      new Uint8Array(25 * 1024 * 1024),
    );
    expect(uploaded.status).toBe(202);
    expect((JSON.parse(uploaded.text) as { sound: Sound }).sound.name).toBe(name);
  });
});

describe.concurrent('sockets that are silent', () => {
  test.for(proxyNames)(
    'H281 behind %s one says hello and stays open when it is silent for longer than the proxy waits elsewhere',
    async (name, { expect }) => {
      const proxy = await startProxy(name, Number(new URL(server.origin).port), 3);
      const there = way(proxy, '127.2.0.1');
      const client = await SignalingClient.open(`wss://127.0.0.1:${proxy.https}`, {
        fromOrigin: home,
        connection: { ...there, rejectUnauthorized: true, headers: { host: publicName } },
      });
      await client.request('hello', { protocolVersion, role: 'shopper', siteKey: 'demo', keepsLeg: false });
      // A connection on which nothing comes any more is closed by the proxy, not before it would lose patience elsewhere.
      const idle = connect(there);
      await once(idle, 'secureConnect');
      idle.write(`GET /healthz HTTP/1.1\r\nHost: ${publicName}\r\n\r\n`);
      idle.resume();
      await once(idle, 'close');
      expect(client.socket.readyState).toBe(client.socket.OPEN);
      const answered = once(client.socket, 'pong');
      const lost = client.closed().then(code => Promise.reject(new Error(`closed with ${code}`)));
      client.socket.ping();
      await Promise.race([answered, lost]);
      lost.catch(() => {});
      client.cut();
      await proxy.stop();
    },
  );
});
