/** Plays hold music on one worker: one producer on its router, whoever listens consumes that. */
import { randomInt } from 'node:crypto';
import type { types as ms } from 'mediasoup';
import type { MediaWorker } from '../media-worker.ts';
import type { Tap } from '../tap.ts';

const payloadType = 100;
const samplesPerFrame = 960;
const rtpHeaderBytes = 12;

export class MusicPlayer {
  readonly #transport: ms.DirectTransport;
  readonly #producer: ms.Producer;
  readonly #onListeners: () => void;
  readonly #ssrc: number;
  #sequence = randomInt(0x1_0000);
  #listeners = 0;

  private constructor(
    transport: ms.DirectTransport,
    producer: ms.Producer,
    ssrc: number,
    onListeners: () => void,
  ) {
    this.#transport = transport;
    this.#producer = producer;
    this.#ssrc = ssrc;
    this.#onListeners = onListeners;
  }

  /** @param onListeners called whenever the first listener comes or the last one goes */
  static async create({ router }: MediaWorker, onListeners: () => void): Promise<MusicPlayer> {
    const transport = await router.createDirectTransport();
    const ssrc = randomInt(1, 0x1_0000_0000);
    const producer = await transport.produce({
      kind: 'audio',
      rtpParameters: {
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
      },
    });
    return new MusicPlayer(transport, producer, ssrc, onListeners);
  }

  get hasListeners(): boolean {
    return this.#listeners > 0 && !this.#producer.closed;
  }

  /**
   * @param frame number of the 20 ms frame since the clock's epoch
   * @param first the stream starts anew here, which receivers are told by the marker bit
   */
  play(packet: Uint8Array, frame: number, first: boolean): void {
    const rtp = Buffer.allocUnsafe(rtpHeaderBytes + packet.length);
    rtp.writeUInt8(0x80, 0);
    rtp.writeUInt8(first ? payloadType | 0x80 : payloadType, 1);
    rtp.writeUInt16BE(this.#sequence, 2);
    rtp.writeUInt32BE((frame * samplesPerFrame) % 0x1_0000_0000, 4);
    rtp.writeUInt32BE(this.#ssrc, 8);
    rtp.set(packet, rtpHeaderBytes);
    this.#sequence = (this.#sequence + 1) % 0x1_0000;
    this.#producer.send(rtp);
  }

  /** Idempotent. Consumers of it go along. */
  close(): void {
    this.#transport.close();
  }

  tap(): Tap {
    const producer = this.#producer;
    let listening = false;
    const listen = (active: boolean) => {
      if (active === listening) return;
      listening = active;
      this.#listeners += active ? 1 : -1;
      if (this.#listeners === (active ? 1 : 0)) this.#onListeners();
    };
    return {
      producerId: producer.id,
      get live() {
        return !producer.closed;
      },
      listen,
      release: () => listen(false),
    };
  }
}
