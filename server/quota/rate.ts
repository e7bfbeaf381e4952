/** How often something may be done by one network, or by one of anything else that has a name. */
import type { Allowance } from '../../shared/limits.ts';

type Bucket = { left: number; at: number };

/** Past this many names those who have used nothing lately are forgotten. */
const sweepAt = 1_000;

/**
 * A bucket of tokens for each name: `burst` of them in a row, and so many a minute again. By the monotonic clock, so
 * that nobody waits for hours, or gets in for free, because the wall clock was set.
 */
export class Rate {
  readonly #burst: number;
  readonly #perMs: number;
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();
  #sweepAt = sweepAt;

  /** @param now monotonic, ms */
  constructor({ burst, perMinute }: Allowance, now: () => number = () => performance.now()) {
    this.#burst = burst;
    this.#perMs = perMinute / 60_000;
    this.#now = now;
  }

  /** Use one. False when there is none left, and nothing is used then. */
  take(name: string): boolean {
    const bucket = this.#bucket(name);
    if (bucket.left < 1) return false;
    bucket.left--;
    if (this.#buckets.get(name) === bucket) return true;
    this.#buckets.set(name, bucket);
    if (this.#buckets.size >= this.#sweepAt) this.#sweep();
    return true;
  }

  /** One that was used turned out to be none. */
  giveBack(name: string): void {
    const bucket = this.#bucket(name);
    bucket.left = Math.min(this.#burst, bucket.left + 1);
    if (bucket.left < this.#burst) this.#buckets.set(name, bucket);
    else this.#buckets.delete(name);
  }

  /** How long until there is one to use, ms; 0 when there is one now. */
  waitMs(name: string): number {
    const { left } = this.#bucket(name);
    return left >= 1 ? 0 : Math.ceil((1 - left) / this.#perMs);
  }

  /** How many names are remembered. */
  get size(): number {
    return this.#buckets.size;
  }

  /** As it is now; a new one, which is full, is not kept yet. */
  #bucket(name: string): Bucket {
    const now = this.#now();
    const known = this.#buckets.get(name);
    if (!known) return { left: this.#burst, at: now };
    known.left = Math.min(this.#burst, known.left + (now - known.at) * this.#perMs);
    known.at = now;
    return known;
  }

  /** A full bucket is as good as none. */
  #sweep(): void {
    for (const name of this.#buckets.keys())
      if (this.#bucket(name).left >= this.#burst) this.#buckets.delete(name);
    this.#sweepAt = Math.max(sweepAt, this.#buckets.size * 2);
  }
}
