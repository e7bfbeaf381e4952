/** One piece of hold music on all workers: a producer for each, made when it is first wanted there. */
import type { MusicPiece } from '../music/music-thread.ts';
import type { MediaWorker } from './media-worker.ts';
import type { MusicInlet } from './music-inlet.ts';
import type { MusicProducer } from './music-producer.ts';
import type { Tap } from './tap.ts';

export type MusicSourceOptions = {
  /** Closed with the source. */
  piece: MusicPiece;
  /** Where the worker takes music. */
  inlet: (worker: MediaWorker) => Promise<MusicInlet>;
  /** Called whenever the first tap is taken (`true`) or the last one is released (`false`). */
  onUse?: (used: boolean) => void;
};

export class MusicSource {
  readonly #options: MusicSourceOptions;
  readonly #producers = new Map<MediaWorker, MusicProducer>();
  readonly #preparing = new Map<MediaWorker, Promise<MusicProducer>>();
  #taps = 0;
  #closed = false;

  constructor(options: MusicSourceOptions) {
    this.#options = options;
  }

  /** Makes the worker's producer, once. */
  async prepare(worker: MediaWorker): Promise<void> {
    if (!this.#producers.has(worker)) await this.#prepare(worker);
  }

  /** At once where the producer is there already. */
  tap(worker: MediaWorker): Tap | Promise<Tap> {
    // Counted before the producer is there, so that a piece somebody is about to hear is not dropped.
    this.#use(1);
    const onRelease = () => this.#use(-1);
    const producer = this.#producers.get(worker);
    if (producer) return producer.tap(onRelease);
    return this.#prepare(worker).then(
      made => made.tap(onRelease),
      (error: unknown) => {
        onRelease();
        throw error;
      },
    );
  }

  /** What the worker had is gone: it died, or its inlet was closed. */
  forget(worker: MediaWorker): void {
    this.#producers.delete(worker);
  }

  /** Idempotent. Whoever still listens hears nothing any more. */
  close(): void {
    this.#closed = true;
    for (const producer of this.#producers.values()) producer.close();
    this.#producers.clear();
    this.#options.piece.close();
  }

  /** Two who come at once share the producer that is being made. */
  #prepare(worker: MediaWorker): Promise<MusicProducer> {
    let preparing = this.#preparing.get(worker);
    if (!preparing) {
      preparing = this.#make(worker).finally(() => this.#preparing.delete(worker));
      this.#preparing.set(worker, preparing);
    }
    return preparing;
  }

  async #make(worker: MediaWorker): Promise<MusicProducer> {
    const { piece, inlet: inletOf } = this.#options;
    for (;;) {
      const inlet = await inletOf(worker);
      // An inlet that is closed meanwhile refuses; the worker has another one then.
      const producer = await inlet.produce(piece).catch((error: unknown) => {
        if (!inlet.closed || worker.closed) throw error;
      });
      if (!producer || (inlet.closed && !worker.closed)) continue;
      if (this.#closed) producer.close();
      else if (!worker.closed) this.#producers.set(worker, producer);
      return producer;
    }
  }

  #use(taps: 1 | -1): void {
    this.#taps += taps;
    if (this.#taps === (taps === 1 ? 1 : 0)) this.#options.onUse?.(taps === 1);
  }
}
