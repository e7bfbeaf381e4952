import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { LegId } from '../../../shared/ids.ts';
import type { RtpCapabilities } from '../../../shared/protocol.ts';
import { testPlane } from '../../support/media.ts';

/** Packets to a UDP port of this machine for which the kernel had no room. */
function dropped(port: number): number {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  return readFileSync('/proc/net/udp', 'utf8')
    .split('\n')
    .map(row => row.trim().split(/\s+/))
    .filter(row => row[1]?.endsWith(`:${hex}`))
    .reduce((all, row) => all + Number(row.at(-1)), 0);
}

test('M60 a worker that is kept from running for a tenth of a second loses nothing of 400 people', async () => {
  const plane = await testPlane({ workers: 1 });
  const sender = createSocket('udp4');
  const [worker] = (await plane.stats()).workers;
  try {
    const { send } = await plane.openLeg(
      'shopper:1' as LegId,
      plane.routerRtpCapabilities as RtpCapabilities,
    );
    const { ip, port } = (send.iceCandidates as { ip: string; port: number }[])[0]!;
    // The kernel doubles what is asked for and takes no more than its own limit; a packet takes up to 1 kB of it.
    const most = Number(readFileSync('/proc/sys/net/core/rmem_max', 'utf8'));
    const packets = Math.min(2_000, Math.floor((2 * most) / 1_024));
    const before = dropped(port);
    process.kill(worker!.pid, 'SIGSTOP');
    const put = promisify((done: (error: Error | null) => void) =>
      sender.send(Buffer.alloc(172), port, ip, done),
    );
    for (let i = 0; i < packets; i++) await put();
    expect(dropped(port) - before).toBe(0);
  } finally {
    process.kill(worker!.pid, 'SIGCONT');
    sender.close();
    await plane.close();
  }
});
