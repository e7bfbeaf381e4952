/** The pool of native workers: one per core, each replaced when it dies. */
import { setTimeout as delay } from 'node:timers/promises';
import type { types as ms } from 'mediasoup';
import type { Logger } from 'pino';
import { mediaLimits } from './limits.ts';
import { MediaWorker } from './media-worker.ts';
import { MediaError } from './plane.ts';

export type WorkerPoolOptions = {
  count: number;
  listenInfos: (index: number) => ms.TransportListenInfo[];
  workerBin?: string | undefined;
  log: Logger;
  /** A worker runs (at the start, or in place of a dead one); it is handed out when this resolves. */
  onStarted: (worker: MediaWorker) => Promise<void>;
  /** A worker died by itself: everything on it is gone. */
  onDied: (worker: MediaWorker) => void;
};

export class WorkerPool {
  readonly #options: WorkerPoolOptions;
  readonly #workers: (MediaWorker | undefined)[];
  readonly #replacing = new Set<Promise<void>>();
  readonly #closing = new AbortController();
  /** Openings that came while no worker was alive. */
  #waiting: ((worker: MediaWorker) => void)[] = [];

  private constructor(options: WorkerPoolOptions) {
    this.#options = options;
    this.#workers = Array.from({ length: options.count }, () => undefined);
  }

  /** @throws MediaSetupError if any worker does not start; none is left running then. */
  static async create(options: WorkerPoolOptions): Promise<WorkerPool> {
    const pool = new WorkerPool(options);
    const starts = await Promise.allSettled(pool.#workers.map((_, index) => pool.#start(index)));
    const failed = starts.find(start => start.status === 'rejected');
    if (failed) {
      await pool.close();
      throw failed.reason;
    }
    return pool;
  }

  get alive(): MediaWorker[] {
    return this.#workers.filter(worker => worker !== undefined);
  }

  /** By index; `undefined` while that worker is being replaced. */
  get slots(): readonly (MediaWorker | undefined)[] {
    return this.#workers;
  }

  /**
   * The worker for a new leg: `near` unless it is too full, else the one with the fewest legs. Waits for a
   * replacement while none is alive.
   * @throws MediaError `closed` when none came in time
   */
  async pick(near?: MediaWorker): Promise<MediaWorker> {
    if (near && !near.closed && near.legs < mediaLimits.legsPerWorkerBeforeSpreading) return near;
    const [first, ...others] = this.alive;
    if (first) return others.reduce((least, worker) => (worker.legs < least.legs ? worker : least), first);

    const timeout = AbortSignal.any([this.#closing.signal, AbortSignal.timeout(mediaLimits.workerWaitMs)]);
    return new Promise((resolve, reject) => {
      this.#waiting.push(resolve);
      const give = () => {
        this.#waiting = this.#waiting.filter(waiting => waiting !== resolve);
        reject(new MediaError('closed', 'no media worker is running'));
      };
      if (timeout.aborted) give();
      else timeout.addEventListener('abort', give, { once: true });
    });
  }

  /** Idempotent. Resolves when no worker process is left. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all(this.#replacing);
    await Promise.all(this.alive.map(worker => worker.close()));
    this.#workers.fill(undefined);
  }

  async #start(index: number): Promise<void> {
    const { log, listenInfos, workerBin, onStarted, onDied } = this.#options;
    const worker = await MediaWorker.create(index, listenInfos(index), workerBin);
    worker.worker.once('died', error => {
      // Not handed out yet: `#start` sees it and fails, and whoever started it tries again.
      if (this.#workers[index] !== worker) return;
      this.#workers[index] = undefined;
      if (this.#closing.signal.aborted) return;
      log.error({ worker: index, pid: worker.pid, legs: worker.legs, err: error }, 'media worker died');
      onDied(worker);
      this.#replace(index);
    });
    await onStarted(worker).catch(async error => {
      await worker.close();
      throw error;
    });
    if (this.#closing.signal.aborted) return worker.close();
    if (worker.closed) throw new Error('the media worker died while it was being prepared');
    this.#workers[index] = worker;
    for (const resolve of this.#waiting.splice(0)) resolve(worker);
    log.info({ worker: index, pid: worker.pid }, 'media worker started');
  }

  #replace(index: number): void {
    const replacing = this.#startAgain(index).finally(() => this.#replacing.delete(replacing));
    this.#replacing.add(replacing);
  }

  async #startAgain(index: number): Promise<void> {
    let wait: number = mediaLimits.workerRetryFirstMs;
    while (!this.#closing.signal.aborted) {
      try {
        return await this.#start(index);
      } catch (err) {
        this.#options.log.error(
          { worker: index, err, againInMs: wait },
          'media worker could not be replaced',
        );
        await delay(wait, undefined, { signal: this.#closing.signal, ref: false }).catch(() => {});
        wait = Math.min(wait * 2, mediaLimits.workerRetryMostMs);
      }
    }
  }
}
