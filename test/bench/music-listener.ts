/**
 * A shopper who waits and notes when each packet of hold music comes, in a process of its own: whoever makes a crowd is
 * too busy to look at a clock. Run as a child process with the server's origin; answers each message with what it
 * noted since the last one.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Answers } from '../../shared/protocol.ts';
import { protocolVersion, signalingPath } from '../../shared/wire.ts';
import { LoadLeg, loadCapabilities } from './load-leg.ts';
import { ourIo } from './people.ts';
import { BenchSocket } from './signaling.ts';

export type Noted = {
  packets: number;
  /** Sequence numbers that never came. */
  lost: number;
  /** The longest time between two packets, ms. */
  gapMs: number;
  /** The longest time that this process had to wait for its turn, ms: so much later than it came a packet may be seen. */
  stallMs: number;
};

const [origin = ''] = process.argv.slice(2);
const socket = await BenchSocket.open(origin, signalingPath, '127.0.200.1');
await socket.request('hello', { protocolVersion, role: 'shopper', siteKey: 'demo', keepsLeg: false });
const { media } = await socket.request<Answers['call.start']>('call.start', {
  rtpCapabilities: loadCapabilities,
});
const leg = new LoadLeg(media, ourIo(socket), 7);
const delays = monitorEventLoopDelay({ resolution: 1 });
delays.enable();

let noted: Noted = { packets: 0, lost: 0, gapMs: 0, stallMs: 0 };
let last: { at: number; sequence: number } | undefined;
leg.onPacket = packet => {
  const at = performance.now();
  const sequence = packet.readUInt16BE(2);
  noted.packets++;
  if (last) {
    noted.gapMs = Math.max(noted.gapMs, at - last.at);
    noted.lost += ((sequence - last.sequence + 0x1_0000) % 0x1_0000) - 1;
  }
  last = { at, sequence };
};
await leg.hear(media.hearing[0]!);

process.on('message', () => {
  process.send?.({ ...noted, stallMs: Math.max(0, delays.max / 1e6 - 1) } satisfies Noted);
  noted = { packets: 0, lost: 0, gapMs: 0, stallMs: 0 };
  delays.reset();
});
process.once('disconnect', () => {
  leg.close();
  process.exit();
});
process.send?.('ready');
