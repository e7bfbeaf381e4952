/**
 * The thread that plays hold music, started by `music-thread.ts`. It has an event loop and a heap of its own, so
 * packets leave on time however busy the rest of the server is. It loads as little as it can.
 */
import { createSocket, type Socket } from 'node:dgram';
import { isIP } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import type { Command, ThreadData, ThreadReady } from './commands.ts';
import { MusicSender } from './music-sender.ts';

const { ip, ports, port } = workerData as ThreadData;

/** Bound to the loopback address. What arrives (receivers' RTCP) is not looked at. */
async function bindTo(port: number): Promise<Socket> {
  const socket = createSocket({
    type: isIP(ip) === 6 ? 'udp6' : 'udp4',
    // The only address there is needs no look-up, which would put off each packet.
    lookup: (_host, _options, found) => found(null, ip, isIP(ip)),
  });
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.bind({ port, address: ip }, () => {
        socket.off('error', reject);
        resolve();
      });
    });
  } catch (error) {
    socket.close();
    throw error;
  }
  return socket;
}

/** The first free port, from the wanted one on. */
async function bindToAny(): Promise<Socket> {
  const count = ports.max - ports.min + 1;
  for (let tried = 0; ; tried++) {
    try {
      return await bindTo(ports.min + ((port - ports.min + tried) % count));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || tried === count - 1) throw error;
    }
  }
}

const socket = await bindToAny();
// A packet that the system refuses (its buffers are full) is lost, as it may be on any network.
socket.on('error', () => {});
const sender = new MusicSender((rtp, to) => socket.send(rtp, to, ip));
parentPort!.on('message', (command: Command) => sender.obey(command));
parentPort!.postMessage({ port: socket.address().port } satisfies ThreadReady);
