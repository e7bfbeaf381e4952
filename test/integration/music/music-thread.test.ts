import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { mediaLimits } from '../../../server/media/limits.ts';
import type { MediaPlane } from '../../../server/media/plane.ts';
import { MediaSetupError } from '../../../server/media/setup-error.ts';
import { musicLimits } from '../../../server/music/limits.ts';
import { heardBy, testPlane } from '../../support/media.ts';
import { counted, inSpan, MadeByMediasoup, RtpPeer, RtpReceiver } from '../../support/rtp-threads.ts';
import { until } from '../../support/until.ts';

/** A stall of the server, and what nobody who listens may notice of it, ms. */
const blockedMs = 300;
const mostGapMs = 60;
/** A peer thread that was this late shows that the machine had no time for anybody, ms. */
const busyGapMs = 40;

let made: MadeByMediasoup;
const threads: Worker[] = [];
const noteThread = (thread: Worker) => void threads.push(thread);
/** Those that live and are not the tests' own. */
const isMusic = (thread: Worker) =>
  thread.threadId !== -1 && thread.resourceLimits?.maxYoungGenerationSizeMb === musicLimits.youngHeapMb;
/** Before each start of a thread that ended, ms. */
const pauses: number[] = [];
const log = pino(
  { level: 'error' },
  { write: line => void pauses.push((JSON.parse(line) as { againInMs: number }).againInMs) },
);
let plane: MediaPlane;
const open: { close(): Promise<void> }[] = [];
const closeLater = <T extends { close(): Promise<void> }>(one: T): T => {
  open.push(one);
  return one;
};
beforeEach(async () => {
  made = new MadeByMediasoup();
  process.on('worker', noteThread);
  plane = closeLater(await testPlane({ workers: 1, log }));
});
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
  made.close();
  process.off('worker', noteThread);
  threads.length = 0;
  pauses.length = 0;
});

const nowMs = () => Number(process.hrtime.bigint()) / 1e6;
const block = (ms: number) => {
  for (const end = nowMs() + ms; nowMs() < end; );
};

/** Somebody on the plane for whom music plays, and a receiver in a thread that hears it too. */
async function listen() {
  plane.want('call', [heardBy('shopper:1', 'music:default')]);
  await plane.openLeg('shopper:1', plane.routerRtpCapabilities as Parameters<MediaPlane['openLeg']>[1]);
  const [heard] = plane.hearing('shopper:1');
  const receiver = closeLater(await RtpReceiver.create());
  const ssrc = await receiver.consume(made.routers[0]!, heard!.producerId);
  await until(async () => (await receiver.arrived(ssrc)).length > 5);
  return { receiver, ssrc, consumerId: heard!.consumerId };
}

test('M65 while the server itself is blocked hold music goes on: nothing lost, no gap over 60 ms', async () => {
  const { receiver, ssrc } = await listen();
  const peer = closeLater(await RtpPeer.create(made.routers[0]!));
  const peerSsrc = await receiver.consume(made.routers[0]!, peer.producerId);
  const blocks: { music: ReturnType<typeof inSpan>; peer: ReturnType<typeof inSpan> }[] = [];
  const fair = () => blocks.filter(({ peer }) => peer.gapMs <= busyGapMs);
  await until(
    async () => {
      const from = nowMs();
      block(blockedMs);
      const to = nowMs();
      const [music, other] = await until(async () => {
        const streams = [await receiver.arrived(ssrc), await receiver.arrived(peerSsrc)] as const;
        return streams.every(stream => stream.at(-1)!.atMs > to) && streams;
      });
      blocks.push({ music: inSpan(music, from, to), peer: inSpan(other, from, to) });
      return fair().length >= 5;
    },
    { describe: () => blocks },
  );
  for (const { music } of fair()) {
    expect(music.gapMs, JSON.stringify(blocks)).toBeLessThanOrEqual(mostGapMs);
    expect(music.missing).toBe(0);
  }
  const all = await receiver.arrived(ssrc);
  expect(counted(all)).toEqual(all.map((_, i) => i));
});

test('M66 packets from anybody else than the thread are not played', async () => {
  const { receiver, ssrc } = await listen();
  const [inlet] = made.plain;
  const musicSsrc = made.producers[0]!.rtpParameters.encodings![0]!.ssrc!;
  expect(inlet!.tuple.localIp).toBe('127.0.0.1');
  const stranger = createSocket('udp4');
  stranger.bind(0, '127.0.0.1');
  await once(stranger, 'listening');
  const before = (await receiver.arrived(ssrc)).length;
  const last = (await receiver.arrived(ssrc)).at(-1)!;
  const foreign = Buffer.alloc(100, 0xee);
  foreign.writeUInt8(0x80, 0);
  foreign.writeUInt8(100, 1);
  foreign.writeUInt32BE(musicSsrc, 8);
  for (let i = 0; i < 200; i++) {
    foreign.writeUInt16BE((last.sequence + i) % 0x1_0000, 2);
    foreign.writeUInt32BE((last.timestamp + i * 960) % 0x1_0000_0000, 4);
    await new Promise(sent => stranger.send(Buffer.from(foreign), inlet!.tuple.localPort, '127.0.0.1', sent));
  }
  const heard = await until(async () => {
    const all = await receiver.arrived(ssrc);
    return all.length > before + 100 && all;
  });
  stranger.close();
  expect(heard.filter(({ firstByte }) => firstByte === 0xee)).toEqual([]);
  expect(heard.length).toBeLessThan(before + 200);
});

test('M67 a thread that ends is started again at once, and the same listeners hear on', async () => {
  const { receiver, ssrc, consumerId } = await listen();
  const [thread] = threads;
  const killed = nowMs();
  await thread!.terminate();
  const begun = nowMs();
  closeLater(await RtpReceiver.create());
  /** What the start of a thread takes on this machine now. */
  const usualMs = nowMs() - begun;
  const heard = await until(async () => {
    const all = await receiver.arrived(ssrc);
    return all.filter(({ atMs }) => atMs > killed + 100).length > 20 && all;
  });
  const again = heard.find(({ atMs, marker }) => atMs > killed && marker)!;
  expect(again.atMs - killed).toBeLessThan(Math.max(1_000, 3 * usualMs));
  expect(plane.hearing('shopper:1')).toMatchObject([{ consumerId, active: true }]);
  // RTP time went on; no sequence number is missing or comes twice.
  expect(counted(heard)).toEqual(heard.map((_, i) => i));
  const silentMs = ((again.timestamp - heard[heard.indexOf(again) - 1]!.timestamp) >>> 0) / 48;
  expect(Math.abs(silentMs - (again.atMs - heard[heard.indexOf(again) - 1]!.atMs))).toBeLessThan(500);
});

test('M68 where its port is taken meanwhile, listeners are given another stream and hear on', async () => {
  const { receiver, consumerId } = await listen();
  const from = made.plain[0]!.tuple.remotePort!;
  const taken = createSocket('udp4');
  // As soon as it is free.
  threads[0]!.once('exit', () => taken.bind(from, '127.0.0.1'));
  await threads[0]!.terminate();
  const heard = await until(() => {
    const [heard] = plane.hearing('shopper:1');
    return heard && heard.consumerId !== consumerId && heard;
  });
  expect(taken.address().port).toBe(from);
  const ssrc = await receiver.consume(made.routers[0]!, heard.producerId);
  await until(async () => (await receiver.arrived(ssrc)).length > 20);
  expect(plane.hearing('shopper:1')).toHaveLength(1);
  taken.close();
});

test('M75 a thread that ends again and again is started again each time, with growing pauses', async () => {
  const { receiver, ssrc } = await listen();
  for (let times = 1; times <= 3; times++) {
    const thread = await until(() => threads.findLast(isMusic));
    await thread.terminate();
    await until(() => threads.filter(isMusic).length > 0 && threads.findLast(isMusic) !== thread);
    const before = (await receiver.arrived(ssrc)).length;
    await until(async () => (await receiver.arrived(ssrc)).length > before + 10);
  }
  expect(pauses).toEqual([0, musicLimits.restartFirstMs, 2 * musicLimits.restartFirstMs]);
  const heard = await receiver.arrived(ssrc);
  expect(counted(heard)).toEqual(heard.map((_, i) => i));
});

test('M69 closing ends the thread, twice as well, and so does a start that fails', async () => {
  await listen();
  expect(threads.filter(({ threadId }) => threadId !== -1).length).toBeGreaterThan(1);
  await Promise.all([plane.close(), plane.close()]);
  await plane.close();
  expect(threads[0]!.threadId).toBe(-1);
  const before = threads.length;
  await expect(
    testPlane({ workers: 1, workerBin: '/bin/false', log: pino({ level: 'silent' }) }),
  ).rejects.toThrow(MediaSetupError);
  expect(threads.length).toBe(before + 1);
  expect(threads.at(-1)!.threadId).toBe(-1);
});

test('M74 where no port is left for it, the start stops and says so', async () => {
  const base = 47_000;
  const first = base + mediaLimits.loopbackPortOffset + mediaLimits.pipePorts;
  const sockets = await Promise.all(
    Array.from({ length: mediaLimits.musicPorts }, async (_, i) => {
      const socket = createSocket('udp4');
      socket.on('error', () => {});
      await new Promise<void>(done => {
        socket.once('error', () => done());
        socket.bind(first + i, '127.0.0.1', done);
      });
      return socket;
    }),
  );
  await expect(
    testPlane({ workers: 1, rtcPortBase: base, log: pino({ level: 'silent' }) }),
  ).rejects.toMatchObject({ reason: 'port', message: expect.stringMatching(/EADDRINUSE.*48100 to 48599/) });
  for (const socket of sockets) socket.close();
});
