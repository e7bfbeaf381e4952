/**
 * Makes a microphone hearable on another worker: one pipe for each (producer, worker), shared by all who listen
 * there and closed with the last of them.
 */
import type { types as ms } from 'mediasoup';
import { loopbackAddress, type PortRange } from './loopback-ports.ts';
import type { MediaWorker } from './media-worker.ts';
import type { Tap } from './tap.ts';

type Pipe = {
  users: number;
  /** Settles once; rejects if a worker or the producer went away meanwhile. */
  ready: Promise<{ consumer: ms.Consumer; producer: ms.Producer }>;
  closed: boolean;
};

export class Relay {
  readonly #ports: PortRange;
  readonly #pipes = new Map<string, Pipe>();

  /** @param ports UDP ports on the loopback address for pipes, apart from those of the WebRtcServers. */
  constructor(ports: PortRange) {
    this.#ports = ports;
  }

  /** Open pipes, or pipes being opened. */
  get size(): number {
    return this.#pipes.size;
  }

  /** @throws whatever mediasoup says when the producer or one of the workers is gone. */
  async tap(producer: ms.Producer, from: MediaWorker, to: MediaWorker): Promise<Tap> {
    if (from === to) return direct(producer);
    const key = `${producer.id} ${to.router.id}`;
    let pipe = this.#pipes.get(key);
    if (!pipe) {
      pipe = { users: 0, closed: false, ready: this.#open(producer, from, to) };
      this.#pipes.set(key, pipe);
      this.#watch(key, pipe);
    }
    pipe.users++;
    const shared = pipe;
    let released = false;
    const release = () => {
      if (released) return;
      released = true;
      if (--shared.users === 0) this.#close(key, shared);
    };
    try {
      await pipe.ready;
    } catch (error) {
      release();
      throw error;
    }
    return {
      // mediasoup keeps the producer's id on the other router (`keepId`), so clients see one id everywhere.
      producerId: producer.id,
      get live() {
        return !producer.closed && !shared.closed;
      },
      listen() {},
      release,
    };
  }

  async #open(producer: ms.Producer, from: MediaWorker, to: MediaWorker) {
    const { pipeConsumer, pipeProducer } = await from.router.pipeToRouter({
      producerId: producer.id,
      router: to.router,
      enableSctp: false,
      listenInfo: { protocol: 'udp', ip: loopbackAddress(), portRange: this.#ports },
    });
    return { consumer: pipeConsumer!, producer: pipeProducer! };
  }

  #watch(key: string, pipe: Pipe): void {
    pipe.ready.then(
      ({ consumer, producer }) => {
        const gone = () => this.#close(key, pipe);
        consumer.observer.once('close', gone);
        producer.observer.once('close', gone);
        if (consumer.closed || producer.closed) gone();
      },
      () => this.#close(key, pipe),
    );
  }

  #close(key: string, pipe: Pipe): void {
    if (pipe.closed) return;
    pipe.closed = true;
    if (this.#pipes.get(key) === pipe) this.#pipes.delete(key);
    // Closing one end closes the other: pipeToRouter has tied them.
    pipe.ready.then(
      ({ consumer }) => consumer.close(),
      () => {},
    );
  }
}

function direct(producer: ms.Producer): Tap {
  return {
    producerId: producer.id,
    get live() {
      return !producer.closed;
    },
    listen() {},
    release() {},
  };
}
