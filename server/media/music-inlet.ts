/**
 * Where one worker takes hold music from the thread for music: a port on the loopback address, for all pieces. It takes
 * packets from that thread's port only.
 */
import { randomInt } from 'node:crypto';
import type { types as ms } from 'mediasoup';
import type { MusicPiece } from '../music/music-thread.ts';
import type { MediaWorker } from './media-worker.ts';
import { MusicProducer } from './music-producer.ts';

export type MusicPorts = {
  /** Loopback address of this machine. */
  ip: string;
  /** Where packets come from. */
  from: number;
  /** Where a worker may take them. */
  to: { min: number; max: number };
};

const payloadType = 100;

export class MusicInlet {
  readonly #transport: ms.PlainTransport;

  private constructor(transport: ms.PlainTransport) {
    this.#transport = transport;
  }

  /** @throws whatever mediasoup says when the worker is gone, or no port is free */
  static async create({ router }: MediaWorker, { ip, from, to }: MusicPorts): Promise<MusicInlet> {
    // `comedia` would take packets from whoever sends first.
    const transport = await router.createPlainTransport({
      listenInfo: { protocol: 'udp', ip, portRange: to },
      comedia: false,
    });
    await transport.connect({ ip, port: from });
    return new MusicInlet(transport);
  }

  /** True once it was closed, or its worker died. */
  get closed(): boolean {
    return this.#transport.closed;
  }

  /** @throws whatever mediasoup says when it is closed meanwhile */
  async produce(piece: MusicPiece): Promise<MusicProducer> {
    const ssrc = randomInt(1, 0x1_0000_0000);
    const producer = await this.#transport.produce({ kind: 'audio', rtpParameters: rtpParameters(ssrc) });
    const player = piece.player({ ssrc, payloadType, port: this.#transport.tuple.localPort });
    return new MusicProducer(producer, player);
  }

  /** Idempotent. Its producers and their consumers go along. */
  close(): void {
    this.#transport.close();
  }
}

function rtpParameters(ssrc: number): ms.RtpParameters {
  return {
    codecs: [
      {
        mimeType: 'audio/opus',
        payloadType,
        clockRate: 48_000,
        channels: 2,
        parameters: { useinbandfec: 0, 'sprop-stereo': 0 },
      },
    ],
    encodings: [{ ssrc }],
    rtcp: { cname: 'hold-music' },
  };
}
