/** A client that stops reading is let go, and costs the others nothing. */

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { ClientSocket } from '../../../server/signaling/client-socket.ts';
import { limits } from '../../../shared/limits.ts';
import type { Push } from '../../../shared/protocol.ts';
import { closeCodes } from '../../../shared/wire.ts';
import { figure } from '../../support/figures.ts';
import { until } from '../../support/until.ts';

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** A real server socket with its bounds, and the browser's end of it. */
async function pair(): Promise<{
  served: ClientSocket;
  raw: WebSocket;
  client: WebSocket;
  gone: () => boolean;
}> {
  const http = createServer().listen(0, '127.0.0.1');
  const server = new WebSocketServer({ server: http, autoPong: false });
  await once(http, 'listening');
  const arrived = once(server, 'connection');
  const client = new WebSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}`);
  const [raw] = (await arrived) as [WebSocket];
  let gone = false;
  const served = new ClientSocket(
    raw,
    { address: '127.0.0.1', origin: undefined },
    {
      onText: () => undefined,
      onClose: () => {
        gone = true;
      },
    },
  );
  if (client.readyState !== WebSocket.OPEN) await once(client, 'open');
  ends.push(() => {
    client.terminate();
    server.close();
    http.close();
  });
  return { served, raw, client, gone: () => gone };
}

describe('a client that stops reading', () => {
  test('S33 is cut off once more than the bound waits for it, while another hears everything', async () => {
    const slow = await pair();
    const quick = await pair();
    let received = 0;
    quick.client.on('message', () => received++);
    slow.client.pause();
    const push = { push: 'hearing', legId: 'rep:x', hearing: [], filler: 'x'.repeat(16_000) } as Push;
    let sent = 0;
    let most = 0;
    while (!slow.gone()) {
      slow.served.send(push);
      quick.served.send(push);
      sent++;
      most = Math.max(most, slow.raw.bufferedAmount);
      await nextTurn();
      expect(sent, 'never cut off').toBeLessThan(10_000);
    }
    expect(most).toBeGreaterThan(limits.maxBufferedBytes - 16_100);
    expect(most).toBeLessThan(limits.maxBufferedBytes + 2 * 16_100);
    await until(() => received === sent);
    expect(quick.gone()).toBe(false);
  });

  test('S60 is cut off within five seconds once anything waits for it, however little, and one that reads slowly is not', async () => {
    const stopped = await pair();
    const slow = await pair();
    const push = { push: 'hearing', legId: 'rep:x', hearing: [], filler: 'x'.repeat(16_000) } as Push;
    stopped.client.pause();
    while (stopped.raw.bufferedAmount === 0) {
      stopped.served.send(push);
      await nextTurn();
    }
    const since = performance.now();
    slow.client.on('message', () => {
      slow.client.pause();
      setTimeout(() => slow.client.resume(), 1);
    });
    const feed = setInterval(() => {
      if (slow.raw.bufferedAmount < limits.maxBufferedBytes / 2) slow.served.send(push);
    }, 1);
    ends.push(() => clearInterval(feed));
    await until(() => stopped.gone(), { withinMs: 15_000 });
    expect(performance.now() - since).toBeGreaterThan(limits.stalledSocketMs - 100);
    expect(2 * limits.stalledSocketMs).toBeLessThanOrEqual(5_000);
    expect(slow.gone()).toBe(false);
    figure('9-cut-off', `${limits.stalledSocketMs / 1_000} to ${(2 * limits.stalledSocketMs) / 1_000} s`);
  });

  test('S61 makes us keep no answers to its pings, and is closed when it sends too many', async () => {
    const { client, raw, gone } = await pair();
    const closed = once(client, 'close');
    client.ping('one');
    const [answer] = (await once(client, 'pong')) as [Buffer];
    expect(String(answer)).toBe('one');
    let most = 0;
    for (let n = 0; n < limits.requestBurst * 2; n++) {
      client.ping('x'.repeat(125));
      most = Math.max(most, raw.bufferedAmount);
    }
    await until(gone);
    expect(most).toBeLessThan(1_024);
    expect((await closed)[0]).toBe(closeCodes.tooMany);
  });

  test('S34 is asked to close once, and what it says afterwards is not listened to', async () => {
    const { served, client, raw } = await pair();
    const texts: string[] = [];
    raw.on('message', data => texts.push(data.toString()));
    served.close(4400, 'first');
    served.close(4413, 'second');
    const [code, reason] = (await once(client, 'close')) as [number, Buffer];
    expect([code, reason.toString()]).toEqual([4400, 'first']);
    expect(texts).toEqual([]);
  });
});
