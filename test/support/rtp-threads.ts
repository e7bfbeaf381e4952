/** RTP received and sent by threads of their own, for tests that block their own on purpose. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type types as ms, observer } from 'mediasoup';
import type { Arrived, RtpThreadData } from './rtp-thread.ts';
import { freePort } from './server-process.ts';

const loopback = { listenInfo: { protocol: 'udp', ip: '127.0.0.1' } } as const;

/** What mediasoup has made since: the plane shows none of it. */
export class MadeByMediasoup {
  readonly routers: ms.Router[] = [];
  readonly plain: ms.PlainTransport[] = [];
  readonly producers: ms.Producer[] = [];
  readonly #onWorker = (worker: ms.Worker) => {
    worker.observer.on('newrouter', router => {
      this.routers.push(router);
      router.observer.on('newtransport', transport => {
        if (transport.type === 'plain') this.plain.push(transport as ms.PlainTransport);
        transport.observer.on('newproducer', producer => this.producers.push(producer));
      });
    });
  };

  constructor() {
    observer.on('newworker', this.#onWorker);
  }

  close(): void {
    observer.off('newworker', this.#onWorker);
  }
}

async function startThread(data: RtpThreadData): Promise<{ worker: Worker; port: number }> {
  const worker = new Worker(new URL('./rtp-thread.ts', import.meta.url), { workerData: data });
  const [port] = (await once(worker, 'message')) as [number];
  return { worker, port };
}

/** Consumes any number of producers, each by a transport of its own, and notes what comes in a thread. */
export class RtpReceiver {
  readonly #worker: Worker;
  readonly #port: number;
  readonly #transports: ms.PlainTransport[] = [];
  readonly #arrived: Arrived[] = [];

  private constructor(worker: Worker, port: number) {
    this.#worker = worker;
    this.#port = port;
  }

  static async create(): Promise<RtpReceiver> {
    const { worker, port } = await startThread({});
    return new RtpReceiver(worker, port);
  }

  /** The SSRC that the producer's packets have here. */
  async consume(router: ms.Router, producerId: string): Promise<number> {
    const transport = await router.createPlainTransport(loopback);
    this.#transports.push(transport);
    await transport.connect({ ip: '127.0.0.1', port: this.#port });
    const consumer = await transport.consume({ producerId, rtpCapabilities: router.rtpCapabilities });
    return consumer.rtpParameters.encodings![0]!.ssrc!;
  }

  /** All packets so far, or those of one stream. */
  async arrived(ssrc?: number): Promise<Arrived[]> {
    const answer = once(this.#worker, 'message');
    this.#worker.postMessage('tell');
    const [arrived] = (await answer) as [Arrived[]];
    this.#arrived.push(...arrived);
    return ssrc === undefined ? this.#arrived : this.#arrived.filter(one => one.ssrc === ssrc);
  }

  async close(): Promise<void> {
    for (const transport of this.#transports) transport.close();
    await this.#worker.terminate();
  }
}

/** The peer to judge by: the least that sends a packet each 20 ms from a thread, by the same way. */
export class RtpPeer {
  readonly #worker: Worker;
  readonly #transport: ms.PlainTransport;
  readonly producerId: string;

  private constructor(worker: Worker, transport: ms.PlainTransport, producerId: string) {
    this.#worker = worker;
    this.#transport = transport;
    this.producerId = producerId;
  }

  static async create(router: ms.Router): Promise<RtpPeer> {
    const transport = await router.createPlainTransport(loopback);
    const ssrc = 0x1234_5678;
    const producer = await transport.produce({
      kind: 'audio',
      rtpParameters: {
        codecs: [{ mimeType: 'audio/opus', payloadType: 100, clockRate: 48_000, channels: 2 }],
        encodings: [{ ssrc }],
      },
    });
    const from = await freePort();
    await transport.connect({ ip: '127.0.0.1', port: from });
    const { worker } = await startThread({ sendTo: { port: transport.tuple.localPort, ssrc, from } });
    return new RtpPeer(worker, transport, producer.id);
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
    this.#transport.close();
  }
}

/** What reached into a span of time, ms: the longest time without a packet, and how many frames of 20 ms are missing. */
export function inSpan(arrived: readonly Arrived[], fromMs: number, toMs: number) {
  let gapMs = 0;
  let missing = 0;
  for (const [i, one] of arrived.entries()) {
    const previous = arrived[i - 1];
    if (!previous || one.atMs < fromMs || previous.atMs > toMs) continue;
    gapMs = Math.max(gapMs, one.atMs - previous.atMs);
    missing += ((one.timestamp - previous.timestamp) >>> 0) / 960 - 1;
  }
  return { gapMs, missing };
}

/** Sequence numbers as a count from the first packet's on. */
export function counted(arrived: readonly Arrived[]): number[] {
  return arrived.map(({ sequence }) => (sequence - arrived[0]!.sequence + 0x1_0000) % 0x1_0000);
}
