import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MusicSender } from '../../../server/music/music-sender.ts';
import { frameMs, samplesPerFrame } from '../../../server/music/opus-frame.ts';
import { packPackets } from '../../../server/music/packed-packets.ts';
import { readRtp } from '../../support/rtp.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

type Sent = ReturnType<typeof readRtp> & { port: number };

function started() {
  const sent: Sent[] = [];
  const sender = new MusicSender(
    (rtp, port) => sent.push({ ...readRtp(rtp), port }),
    () => performance.now(),
  );
  /** Packets of 1 to 5 bytes, each filled with its number. */
  const packets = packPackets(Array.from({ length: 5 }, (_, i) => new Uint8Array(i + 1).fill(i)));
  const stream = (port: number, sequence = 0) => ({
    ssrc: 0xfedc_ba98,
    payloadType: 100,
    port,
    sequence: new Uint16Array(new SharedArrayBuffer(2)).fill(sequence),
  });
  const play = (piece: number, player: number, playing: boolean) =>
    sender.obey({ type: 'play', piece, player, playing });
  return { sender, sent, packets, stream, play };
}
const numbers = (sent: readonly Sent[]) => sent.map(({ payload }) => payload[0]);

test('M70 RTP time goes on through pauses, sequence numbers without a gap, and a beginning is marked', () => {
  const { sender, sent, packets, stream, play } = started();
  sender.obey({ type: 'add-piece', piece: 1, packets });
  sender.obey({ type: 'add-player', piece: 1, player: 1, stream: stream(9, 0xfffd) });
  vi.advanceTimersByTime(100);
  expect(sent).toEqual([]);
  play(1, 1, true);
  vi.advanceTimersByTime(6 * frameMs);
  play(1, 1, false);
  const before = sent.length;
  vi.advanceTimersByTime(50 * frameMs);
  expect(sent).toHaveLength(before);
  play(1, 1, true);
  vi.advanceTimersByTime(2 * frameMs);
  play(1, 1, false);

  // The loop's last packet is followed by the first; after the pause the piece begins anew.
  expect(numbers(sent)).toEqual([0, 1, 2, 3, 4, 0, 1, 0, 1, 2]);
  for (const { payload } of sent) expect([...payload]).toEqual(Array(payload[0]! + 1).fill(payload[0]));
  expect(sent.map(({ sequence }) => sequence)).toEqual([0xfffd, 0xfffe, 0xffff, 0, 1, 2, 3, 4, 5, 6]);
  expect(sent.map(({ marker }) => marker)).toEqual(sent.map((_, i) => i === 0 || i === 7));
  const steps = sent.slice(1).map(({ timestamp }, i) => (timestamp - sent[i]!.timestamp) >>> 0);
  expect(steps.filter((_, i) => i !== 6)).toEqual(Array(8).fill(samplesPerFrame));
  expect(steps[6]).toBe(50 * samplesPerFrame);
  for (const one of sent)
    expect(one).toMatchObject({ version: 2, payloadType: 100, ssrc: 0xfedc_ba98, port: 9 });
});

test('M71 all players of a piece are at the same place, whenever they come, and other pieces at their own', () => {
  const { sender, sent, packets, stream, play } = started();
  for (const piece of [1, 2]) sender.obey({ type: 'add-piece', piece, packets });
  for (const player of [11, 12])
    sender.obey({ type: 'add-player', piece: 1, player, stream: stream(player) });
  sender.obey({ type: 'add-player', piece: 2, player: 21, stream: stream(21) });
  play(1, 11, true);
  vi.advanceTimersByTime(2 * frameMs);
  play(1, 12, true);
  play(2, 21, true);
  vi.advanceTimersByTime(2 * frameMs);
  play(1, 11, false);
  vi.advanceTimersByTime(frameMs);
  sender.obey({ type: 'remove-player', piece: 1, player: 12 });
  vi.advanceTimersByTime(frameMs);
  sender.obey({ type: 'remove-piece', piece: 2 });
  vi.advanceTimersByTime(10 * frameMs);

  const to = (port: number) => sent.filter(one => one.port === port);
  expect(numbers(to(11))).toEqual([0, 1, 2, 3, 4]);
  expect(numbers(to(12))).toEqual([3, 4, 0]);
  expect(numbers(to(21))).toEqual([0, 1, 2, 3]);
  expect(
    to(12)
      .map(({ timestamp }) => timestamp)
      .slice(0, 2),
  ).toEqual(
    to(11)
      .map(({ timestamp }) => timestamp)
      .slice(3),
  );
});

test('M72 what refers to a piece or player that is gone is without effect, and a frame costs one packet a player', () => {
  const { sender, sent, packets, stream, play } = started();
  play(1, 1, true);
  sender.obey({ type: 'add-player', piece: 1, player: 1, stream: stream(1) });
  sender.obey({ type: 'remove-player', piece: 1, player: 1 });
  sender.obey({ type: 'remove-piece', piece: 1 });
  vi.advanceTimersByTime(200);
  expect(sent).toEqual([]);
  sender.obey({ type: 'add-piece', piece: 1, packets });
  sender.obey({ type: 'add-player', piece: 1, player: 1, stream: stream(1) });
  for (let i = 0; i < 5; i++) play(1, 1, true);
  vi.advanceTimersByTime(frameMs);
  expect(sent).toHaveLength(2);
  sender.obey({ type: 'remove-piece', piece: 1 });
  play(1, 1, true);
  expect(vi.getTimerCount()).toBe(0);
});
