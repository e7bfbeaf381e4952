/** Slows down what comes too often, instead of refusing it: one after another, so far apart. */
import { setTimeout as delay } from 'node:timers/promises';

/** Past this many names those whose last turn is over are forgotten. */
const sweepAt = 1_000;

export class Pace {
  readonly #apartMs: number;
  readonly #longestMs: number;
  readonly #freeMs: number;
  readonly #now: () => number;
  readonly #nextAt = new Map<string, number>();
  #sweepAt = sweepAt;

  /**
   * @param longestMs nobody is kept waiting for longer; who would have to be is told to come back later
   * @param free so many in a row wait for nothing; they come again one after another, so far apart
   */
  constructor(
    { apartMs, longestMs, free = 0 }: { apartMs: number; longestMs: number; free?: number },
    now: () => number = () => performance.now(),
  ) {
    this.#apartMs = apartMs;
    this.#longestMs = longestMs;
    this.#freeMs = free * apartMs;
    this.#now = now;
  }

  /** Take the next turn of that name. Returns how long it is away, ms; null, with no turn taken, when that is too long. */
  turn(name: string): number | null {
    const now = this.#now();
    const at = Math.max(now + this.#apartMs, this.#nextAt.get(name) ?? 0);
    const wait = Math.max(0, at - now - this.#freeMs);
    if (wait > this.#longestMs) return null;
    this.#nextAt.set(name, at + this.#apartMs);
    if (this.#nextAt.size >= this.#sweepAt) this.#sweep(now);
    return wait;
  }

  /** The same, waited for. False when it would take too long. */
  async wait(name: string): Promise<boolean> {
    const ms = this.turn(name);
    if (ms === null) return false;
    // Whoever waits does not keep a server from ending.
    if (ms > 0) await delay(ms, undefined, { ref: false });
    return true;
  }

  #sweep(now: number): void {
    for (const [name, at] of this.#nextAt) if (at <= now) this.#nextAt.delete(name);
    this.#sweepAt = Math.max(sweepAt, this.#nextAt.size * 2);
  }
}
