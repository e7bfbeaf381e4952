/** A jump of more than this between two estimates means that a clock was set, not that a message was slow. */
const jumpMs = 2_000;

/**
 * The server's time as seen from this browser. Each view carries the time at which it was sent; it can only
 * arrive later than that, so the largest difference seen is the one with the least delay in it.
 */
export class ServerClock {
  #local: () => number;
  #offset: number | null = null;

  /** `local` is the browser's own clock in milliseconds UTC. */
  constructor(local: () => number = Date.now) {
    this.#local = local;
  }

  /** Take in the `serverTime` of a view that has just arrived. */
  sync(serverTime: number): void {
    const seen = serverTime - this.#local();
    if (this.#offset === null || seen > this.#offset || this.#offset - seen > jumpMs) this.#offset = seen;
  }

  /** Milliseconds UTC by the server's clock. */
  now(): number {
    return this.#local() + (this.#offset ?? 0);
  }
}
