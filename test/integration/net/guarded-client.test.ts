/** What a stranger can make the server reach: nothing. On the loopback listens a server that would note every visitor. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { loadTls } from '../../../server/http/tls.ts';
import {
  createGuardedClient,
  FetchError,
  type GuardedClientOptions,
} from '../../../server/net/guarded-client.ts';
import { isPublicAddress } from '../../../server/net/public-address.ts';
import { createPushServices } from '../../../server/web-push/push-services.ts';
import { hostileUrls } from '../../support/hostile-urls.ts';
import { trustAlso } from '../../support/trust.ts';

let folder: string;
let server: Server;
let trustNoMore: () => void;
let port: number;
/** Connections to the server, and sockets that this process opened to anywhere. */
let visitors = 0;
let opened = 0;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
const noteSocket = () => void opened++;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'guarded-'));
  const tls = await loadTls({ certsDir: folder, hosts: ['127.0.0.1', 'push.example'], now: Date.now });
  trustNoMore = trustAlso(tls.cert);
  server = createServer(tls, (request, response) => answer(request, response));
  server.on('connection', () => void visitors++);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
  subscribe('net.client.socket', noteSocket);
});
beforeEach(() => {
  visitors = 0;
  opened = 0;
  answer = (_, response) => void response.writeHead(201).end('taken');
});
afterEach(() => server.closeAllConnections());
afterAll(async () => {
  trustNoMore();
  unsubscribe('net.client.socket', noteSocket);
  server.close();
  server.closeAllConnections();
  await rm(folder, { recursive: true });
});

const client = (options: Partial<GuardedClientOptions> = {}) =>
  createGuardedClient({
    names: 'any',
    trustedOrigins: [],
    timeoutMs: 20_000,
    maxBytes: 1_000,
    // As a name server of somebody's own would answer.
    resolve: async () => ['127.0.0.1'],
    ...options,
  });
const post = { method: 'POST', headers: {}, body: Buffer.from('x') } as const;
const problemOf = async (sent: Promise<unknown>) => {
  const error = await sent.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(FetchError);
  return (error as FetchError).problem;
};

describe('what somebody else names', () => {
  test('S82 well over 60 hostile addresses are refused before anything is looked up or connected', async () => {
    const asked: string[] = [];
    const urls = hostileUrls(port);
    expect(new Set(urls).size).toBeGreaterThan(150);
    const push = createPushServices({
      secret: Buffer.alloc(32, 7),
      contact: 'https://talk.example',
      services: [],
    });
    const listed = client({
      names: ['fcm.googleapis.com', '.notify.windows.com', '.push.apple.com'],
      resolve: async host => {
        asked.push(host);
        return ['127.0.0.1'];
      },
    });
    for (const url of urls) {
      expect(push.knows(url), JSON.stringify(url)).toBe(false);
      expect(await problemOf(listed.send(url, post)), JSON.stringify(url)).toBe('not-allowed');
      // Where any name of the internet will do, the address behind it decides.
      expect(await problemOf(client().send(url, post)), JSON.stringify(url)).toMatch(
        /^not-(allowed|public)$/,
      );
    }
    expect(asked).toEqual([]);
    expect({ visitors, opened }).toEqual({ visitors: 0, opened: 0 });
  });

  test('S83 a good name that leads into a private network is not connected to, in either family', async () => {
    const addresses = [
      ...['127.0.0.1', '127.255.255.255', '0.0.0.0', '0.1.2.3', '10.1.2.3', '172.16.0.1', '172.31.255.255'],
      ...[
        '192.168.1.1',
        '169.254.169.254',
        '100.64.0.1',
        '100.100.100.200',
        '100.127.255.255',
        '192.0.0.192',
      ],
      ...['198.18.0.1', '198.19.255.255', '224.0.0.1', '239.1.1.1', '240.0.0.1', '255.255.255.255'],
      ...['192.0.2.1', '198.51.100.1', '203.0.113.1', '192.88.99.1', '168.63.129.16'],
      ...[
        '::',
        '::1',
        '::ffff:127.0.0.1',
        '::ffff:8.8.8.8',
        '::127.0.0.1',
        'fe80::1',
        'fe80::1%lo',
        'febf::1',
      ],
      ...['fec0::1', 'fc00::1', 'fd00:ec2::254', 'ff02::1', '64:ff9b::7f00:1', '64:ff9b::a00:1', '64:ff9b::'],
      ...['64:ff9b::a9fe:a9fe', '64:ff9b:1::1', '2002:7f00:1::', '2002:808:808::', '2001::1', '2001:db8::1'],
      ...['3fff::1', '100::1', '5f00::1', 'not an address', ''],
    ];
    for (const address of addresses) {
      const there = client({ resolve: async () => [address] });
      expect(await problemOf(there.send('https://push.example/x', post)), address).toBe('not-public');
      const among = client({ resolve: async () => ['1.1.1.1', address] });
      expect(await problemOf(among.send('https://push.example/x', post)), address).toBe('not-public');
    }
    expect({ visitors, opened }).toEqual({ visitors: 0, opened: 0 });
    for (const address of [
      ...[
        '1.1.1.1',
        '8.8.8.8',
        '100.63.255.255',
        '100.128.0.1',
        '172.15.0.1',
        '172.32.0.1',
        '223.255.255.255',
      ],
      ...['2606:4700:4700::1111', '2a00:1450:4001:80b::200a', '64:ff9b::808:808', '2001:4860:4860::8888'],
    ])
      expect(isPublicAddress(address), address).toBe(true);
  });

  test('S84 what the operator trusts by origin may be in a private network; another port or name there may not', async () => {
    const origin = `https://127.0.0.1:${port}`;
    const mine = client({ trustedOrigins: [origin, `https://push.example:${port}`] });
    expect(await mine.send(`${origin}/x`, post)).toMatchObject({ status: 201, body: Buffer.from('taken') });
    expect((await mine.send(`https://push.example:${port}/x?y=1`, post)).status).toBe(201);
    const reached = visitors;
    expect(reached).toBe(2);
    for (const url of [
      `https://127.0.0.1/x`,
      `https://127.0.0.1:${port + 1}/x`,
      `https://user@127.0.0.1:${port}/x`,
      `https://127.1:${port}/x`,
      `https://push.example/x`,
      `https://PUSH.example:${port}/x`,
      `https://push.example.:${port}/x`,
    ])
      expect(await problemOf(mine.send(url, post)), url).toMatch(/^not-(allowed|public)$/);
    expect(visitors).toBe(reached);
  });

  test('S85 a name is looked up once: what was checked is what is connected to', async () => {
    const answers = ['127.0.0.1'];
    const mine = client({
      trustedOrigins: [`https://push.example:${port}`],
      resolve: async () => [answers.shift() ?? '10.0.0.1'],
    });
    expect((await mine.send(`https://push.example:${port}/x`, post)).status).toBe(201);
    // And a name that is public for the check would have been connected to as that.
    const asked: string[] = [];
    const rebinding = client({
      resolve: async host => {
        asked.push(host);
        return asked.length === 1 ? ['127.0.0.1'] : ['1.1.1.1'];
      },
    });
    expect(await problemOf(rebinding.send('https://push.example/x', post))).toBe('not-public');
    expect(asked).toEqual(['push.example']);
  });
});

describe('what comes back', () => {
  const url = () => `https://127.0.0.1:${port}/x`;
  const own = (options: Partial<GuardedClientOptions> = {}) =>
    client({ trustedOrigins: [`https://127.0.0.1:${port}`], ...options });

  test('S86 a redirect is an answer, and is not followed', async () => {
    const paths: (string | undefined)[] = [];
    answer = (request, response) => {
      paths.push(request.url);
      response.writeHead(307, { location: '/elsewhere' }).end();
    };
    expect((await own().send(url(), post)).status).toBe(307);
    expect(paths).toEqual(['/x']);
  });

  test('S87 an answer without end is dropped at its bound, and one that trickles when its whole time is over', async () => {
    answer = (_, response) => void response.end(Buffer.alloc(1_001));
    expect(await problemOf(own().send(url(), post))).toBe('too-large');
    answer = (_, response) => {
      const more = setInterval(() => response.write('x'), 10);
      response.once('close', () => clearInterval(more));
    };
    expect(await problemOf(own({ timeoutMs: 300, maxBytes: 1e9 }).send(url(), post))).toBe('too-slow');
    answer = () => {};
    expect(await problemOf(own({ timeoutMs: 300 }).send(url(), post))).toBe('too-slow');
    const lost = client({ timeoutMs: 50, resolve: () => new Promise(() => {}) });
    expect(await problemOf(lost.send('https://push.example/x', post))).toBe('too-slow');
    const nowhere = client({ resolve: async () => [] });
    expect(await problemOf(nowhere.send('https://push.example/x', post))).toBe('unreachable');
  });
});
