/** Behind a proxy every socket comes from the same machine: the bounds per address go by what the proxy says. */
import { once } from 'node:events';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { caps } from '../../../shared/limits.ts';
import { signalingPath } from '../../../shared/wire.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
const sockets: WebSocket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  await server.close();
});

/** The HTTP status: 101 when let in. */
async function knock(forwardedFor: string): Promise<number> {
  const socket = new WebSocket(server.origin.replace('http', 'ws') + signalingPath, {
    origin: server.origin,
    headers: { 'x-forwarded-for': forwardedFor },
  });
  sockets.push(socket);
  socket.on('error', () => undefined);
  return Promise.race([
    once(socket, 'open').then(() => 101),
    once(socket, 'unexpected-response').then(
      ([, response]) => (response as { statusCode: number }).statusCode,
    ),
  ]);
}

describe('behind a proxy', () => {
  test('S36 the bound counts the address that the proxy names last, when the proxy is trusted', async () => {
    server = await startTestServer({ workers: 1, environment: { TRUST_PROXY: 'on' } });
    // What a client claims comes first and counts for nothing.
    for (let i = 0; i < caps.strangers.perNetwork; i++)
      expect(await knock(`10.0.0.${i}, 192.0.2.1`)).toBe(101);
    expect(await knock('10.9.9.9, 192.0.2.1')).toBe(429);
    expect(await knock('10.9.9.9, 192.0.2.2')).toBe(101);
  });

  test('S37 the header counts for nothing when no proxy is trusted', async () => {
    server = await startTestServer({ workers: 1 });
    for (let i = 0; i < caps.strangers.perNetwork; i++) expect(await knock(`192.0.2.${i}`)).toBe(101);
    expect(await knock('192.0.2.200')).toBe(429);
  });
});
