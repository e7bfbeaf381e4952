import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { createServers, ListenError } from '../../../server/http/servers.ts';
import { loadTls } from '../../../server/http/tls.ts';
import { startServer } from './http-server.ts';
import { temporaryFolder } from './temporary-folder.ts';

describe('listeners', () => {
  test('H90 a taken port is told with what to do, and leaves nothing open', async () => {
    const running = await startServer();
    await using folder = await temporaryFolder();
    const tls = await loadTls({ certsDir: folder.path, hosts: ['localhost'], now: Date.now });
    const { http, https } = running.servers.ports();
    const tries = [
      { httpPort: http, httpsPort: 0, port: http, option: 'PORT' },
      { httpPort: 0, httpsPort: https, port: https, option: 'HTTPS_PORT' },
    ];
    try {
      for (const { httpPort, httpsPort, port, option } of tries) {
        const second = createServers({ handler: () => {}, host: '127.0.0.1', httpPort, httpsPort, tls });
        const error = await second.listen().then(
          () => null,
          (reason: unknown) => reason as ListenError,
        );
        expect(error).toBeInstanceOf(ListenError);
        expect(error?.reason).toBe('port-taken');
        expect(error?.message).toBe(
          `Port ${port} is in use. Stop the other program or start with ${option}=${port + 1}`,
        );
        expect([second.http.listening, second.https.listening]).toEqual([false, false]);
      }
    } finally {
      await running.close();
    }
  });

  test('H91 an address that this machine does not have is told as such', async () => {
    await using folder = await temporaryFolder();
    const tls = await loadTls({ certsDir: folder.path, hosts: ['localhost'], now: Date.now });
    const servers = createServers({ handler: () => {}, host: '203.0.113.7', httpPort: 0, httpsPort: 0, tls });
    await expect(servers.listen()).rejects.toMatchObject({
      reason: 'address-missing',
      message: 'This machine has no address 203.0.113.7. Start with HOST=0.0.0.0',
    });
  });

  test('H92 closing ends idle, busy and upgraded connections at once, and may be asked twice', async () => {
    const server = await startServer();
    const { http } = server.servers.ports();
    const agent = new Agent({ keepAlive: true });
    const [answer] = await once(get({ agent, port: http, host: '127.0.0.1', path: '/healthz' }), 'response');
    answer.resume();
    await once(answer, 'end');

    const half = connect(http, '127.0.0.1');
    half.write('POST /api/rep/sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf');
    const upgraded = connect(http, '127.0.0.1');
    upgraded.write('GET /signal HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n');
    for (const socket of [half, upgraded]) socket.on('error', () => {}).resume();
    await once(server.servers.http, 'upgrade');

    const before = performance.now();
    const closed = [half, upgraded].map(socket => once(socket, 'close'));
    await Promise.all([server.close(), server.servers.close(), ...closed]);
    expect(performance.now() - before).toBeLessThan(1_000);
    agent.destroy();
    await expect(fetch(`http://127.0.0.1:${http}/healthz`)).rejects.toThrow();
  });
});
