import type { MediaWorker } from './media-worker.ts';

/**
 * A source made hearable on one worker's router: the producer there, original or piped. Whoever got a tap
 * releases it when the consumer on it is gone.
 */
export type Tap = {
  /** Id of the producer to consume on that router. */
  readonly producerId: string;
  /** False once the source is gone or was replaced: the tap must not be used any more. */
  readonly live: boolean;
  /** How many active consumers use it; hold music plays only for somebody. */
  listen(active: boolean): void;
  /** Idempotent. */
  release(): void;
};

/** "Make this source hearable on that worker." */
export type TapSource = (worker: MediaWorker) => Tap | Promise<Tap>;
