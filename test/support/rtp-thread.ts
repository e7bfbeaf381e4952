/**
 * A thread that takes RTP on a port of its own and notes when each packet comes, and one that sends RTP each 20 ms:
 * apart from the test's own thread, which may be blocked meanwhile. See `rtp-threads.ts`.
 */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { readRtp } from './rtp.ts';

/** A packet that came in; ms by the machine's monotonic clock, as `process.hrtime` has it. */
export type Arrived = Omit<ReturnType<typeof readRtp>, 'payload'> & { atMs: number; firstByte: number };

/** `sendTo` makes it a sender. */
export type RtpThreadData = { sendTo?: { port: number; ssrc: number; from: number } };

const { sendTo } = workerData as RtpThreadData;
const nowMs = () => Number(process.hrtime.bigint()) / 1e6;
const socket = createSocket('udp4');
socket.bind(sendTo?.from ?? 0, '127.0.0.1');
await once(socket, 'listening');

if (sendTo) send(sendTo);
else receive();

function receive(): void {
  const arrived: Arrived[] = [];
  socket.on('message', packet => {
    const { payload, ...head } = readRtp(packet);
    // RTCP comes by the same port (RFC 5761).
    if (head.payloadType >= 64 && head.payloadType < 96) return;
    arrived.push({ ...head, atMs: nowMs(), firstByte: payload[0] ?? -1 });
  });
  parentPort!.on('message', () => parentPort!.postMessage(arrived.splice(0)));
  parentPort!.postMessage(socket.address().port);
}

function send({ port, ssrc }: { port: number; ssrc: number }): void {
  const packet = Buffer.alloc(100);
  packet.writeUInt8(0x80, 0);
  packet.writeUInt8(100, 1);
  packet.writeUInt32BE(ssrc, 8);
  const begun = nowMs();
  let frames = 0;
  const tick = () => {
    for (; begun + frames * 20 <= nowMs(); frames++) {
      packet.writeUInt16BE(frames % 0x1_0000, 2);
      packet.writeUInt32BE((frames * 960) % 0x1_0000_0000, 4);
      socket.send(Buffer.from(packet), port, '127.0.0.1');
    }
    setTimeout(tick, begun + frames * 20 - nowMs());
  };
  tick();
  parentPort!.postMessage(socket.address().port);
}
