/** What a socket that has not said hello makes the server hold: frames that never end. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { limits } from '../../shared/limits.ts';
import { signalingPath } from '../../shared/wire.ts';
import { Contender } from '../bench/contender.ts';
import { nextAddress } from '../bench/people.ts';
import { figure } from '../support/figures.ts';
import { until } from '../support/until.ts';

const sockets = 500;
const goalBytes = 64 * 1024;

let server: Contender;
const opened: Socket[] = [];
beforeAll(async () => {
  server = await Contender.start('ours', new URL('../bench/our-server.ts', import.meta.url));
});
afterAll(async () => {
  for (const socket of opened) socket.destroy();
  await server.stop();
});

/** The process's own memory, without its media workers', bytes. */
const resident = () =>
  1024 * Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1]);

/** A WebSocket up to the handshake's end. */
async function upgraded(): Promise<Socket> {
  const { hostname, port, host } = new URL(server.origin);
  const socket = connect({ host: hostname, port: Number(port), localAddress: nextAddress() });
  opened.push(socket);
  socket.on('error', () => undefined);
  socket.write(
    `GET ${signalingPath} HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${server.origin}\r\nConnection: Upgrade\r\n` +
      `Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n\r\n`,
  );
  const [answer] = (await once(socket, 'data')) as [Buffer];
  expect(String(answer)).toMatch(/^HTTP\/1.1 101 /);
  return socket;
}

/** So many bytes of the largest frame that is taken at all. */
function sendUnfinishedFrame(socket: Socket, bytes: number): void {
  const header = Buffer.alloc(14);
  header.writeUInt8(0x81, 0);
  header.writeUInt8(0x80 | 127, 1);
  header.writeBigUInt64BE(BigInt(limits.maxMessageBytes), 2);
  socket.write(Buffer.concat([header, Buffer.alloc(bytes - header.length, 0x20)]));
}

test('S89 a stranger’s socket makes the server hold 64 KiB at most, whatever it sends', async () => {
  const silent = await upgraded();
  const greedy = await Promise.all(Array.from({ length: 20 }, upgraded));
  for (const socket of greedy) sendUnfinishedFrame(socket, limits.maxMessageBytes);
  await until(() => greedy.every(({ closed }) => closed));
  expect(silent.closed, 'they were let go of before their time was up').toBe(false);

  const before = resident();
  const held = await Promise.all(Array.from({ length: sockets }, upgraded));
  let most = 0;
  for (const socket of held) sendUnfinishedFrame(socket, limits.maxStrangerBytes);
  await until(
    () => {
      most = Math.max(most, resident());
      return held.every(({ closed }) => closed);
    },
    { everyMs: 20 },
  );
  const each = (most - before) / sockets;
  expect(each).toBeLessThanOrEqual(goalBytes);
  figure('18-held', `${Math.round(each / 1024)} KiB`);
});
