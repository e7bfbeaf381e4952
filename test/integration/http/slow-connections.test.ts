/** Connections that are held open with nothing, or with next to nothing. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { httpLimits } from '../../../server/http/limits.ts';
import { caps } from '../../../shared/limits.ts';
import { until } from '../../support/until.ts';
import { startServer, type TestServer, writeDist } from './http-server.ts';

let server: TestServer;
const sockets: Socket[] = [];
beforeEach(async () => {
  server = await startServer();
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await server.close();
});

const open = async (port = server.servers.ports().http) => {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
};

/** How long after now each is cut off, ms. The server's own times are bounded, not the machine. */
async function cutOff(all: Socket[]): Promise<number[]> {
  const since = performance.now();
  return Promise.all(
    all.map(async socket => {
      if (!socket.closed) await once(socket.resume(), 'close');
      return performance.now() - since;
    }),
  );
}

describe('a connection', () => {
  test('H206 whose TLS handshake, headers, or body come slowly or never, is cut off within ten seconds', async () => {
    const { http, https } = server.servers.ports();
    const silent = await open(http);
    const silentTls = await open(https);
    const secure = connectTls({ port: https, host: '127.0.0.1', rejectUnauthorized: false });
    sockets.push(secure);
    secure.on('error', () => undefined);
    await once(secure, 'secureConnect');
    const headers = await open(http);
    headers.write('GET / HTTP/1.1\r\nHost: x\r\n');
    const body = await open(http);
    body.write(
      `POST /api/rep/sign-in HTTP/1.1\r\nHost: x\r\nOrigin: ${server.url}\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{`,
    );
    const file = await open(http);
    file.write(
      `POST /api/sounds HTTP/1.1\r\nHost: x\r\nOrigin: ${server.url}\r\nContent-Type: application/octet-stream\r\nContent-Length: 999999\r\n\r\nx`,
    );
    const upgrade = await open(http);
    upgrade.write('GET /signal HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nUpgrade: websocket\r\nSec-');
    const trickles = [headers, file, upgrade];
    // A byte now and then earns no more time.
    const trickle = setInterval(() => {
      for (const socket of trickles) if (socket.writable) socket.write('x');
    }, 500);
    try {
      const all = await cutOff([silent, silentTls, secure, headers, body, file, upgrade]);
      for (const ms of all) expect(ms).toBeLessThan(10_000 + 2_000);
      expect(httpLimits.headersTimeoutMs + httpLimits.connectionsCheckedEveryMs).toBeLessThanOrEqual(10_000);
      expect(httpLimits.requestTimeoutMs).toBeLessThanOrEqual(10_000);
    } finally {
      clearInterval(trickle);
    }
  });

  test('H207 that stops reading an answer is cut off within five seconds, and one that reads slowly is not', async () => {
    // More than any kernel's buffers of both ends hold.
    const length = 64 * 1024 * 1024;
    await writeDist(server, { 'assets/large-AAAAAAAA1.js': 'x'.repeat(length) });
    const ask = async () => {
      const socket = await open();
      socket.write('GET /assets/large-AAAAAAAA1.js HTTP/1.1\r\nHost: x\r\n\r\n');
      return socket;
    };
    const stopped = await ask();
    await once(stopped, 'data');
    stopped.pause();
    const slow = await ask();
    let read = 0;
    slow.on('data', chunk => {
      read += chunk.length;
      slow.pause();
      setTimeout(() => slow.resume(), 20);
    });
    let openAtServer = 0;
    const count = () =>
      new Promise<void>((resolve, reject) =>
        server.servers.http.getConnections((error, connections) => {
          openAtServer = connections;
          if (error) reject(error);
          else resolve();
        }),
      );
    const since = performance.now();
    await until(
      async () => {
        await count();
        return openAtServer === 1;
      },
      { withinMs: 15_000, everyMs: 20 },
    );
    expect(2 * httpLimits.stalledAnswerMs).toBeLessThanOrEqual(5_000);
    expect(performance.now() - since).toBeGreaterThan(httpLimits.stalledAnswerMs - 500);
    // The slow one goes on past that time.
    const before = read;
    await until(() => read > before + 1_000_000);
    expect(slow.destroyed).toBe(false);
  });

  test('H208 past the cap of its network is ended before it costs anything, and there is room again when others end', async () => {
    const { perNetwork } = caps.connections;
    // Fifty people with six connections each.
    expect(perNetwork).toBeGreaterThanOrEqual(300);
    for (let n = 0; n < perNetwork; n++) await open();
    const late = await open();
    await once(late.resume(), 'close');
    sockets[0]?.destroy();
    await until(async () => (await fetch(`${server.url}/healthz`).catch(() => null))?.ok);
  });
});
