/** Knows at any moment whether the store works, without asking it then: it is tried out at intervals. */
import type { Logger } from 'pino';
import { storeLimits } from './limits.ts';
import { StoreDown, type StoreTrouble, trouble, troubleOf } from './store-error.ts';

export type StoreHealth = {
  /** What is wrong now; null while the store works. */
  trouble(): StoreTrouble | null;
  /** Called at every change, with what is wrong now. Returns how to stop listening. */
  onChange(listener: (trouble: StoreTrouble | null) => void): () => void;
};

/** What an engine tells about itself. */
export type Probe = {
  /**
   * Read and write a little. `after`: what was wrong at the last look, which has to be over.
   * Throws what is wrong.
   */
  tryOut(after: StoreTrouble | null): Promise<void>;
  /** The try-out was given up: let go of whatever hangs. */
  letGo(): void;
};

/** These are certain when a question of somebody's meets them; of the others a try-out decides. */
const certain: ReadonlySet<StoreTrouble['kind']> = new Set([
  'full',
  'read-only',
  'damaged',
  'failing',
  'stalled',
  'busy',
]);

export class Monitor implements StoreHealth {
  readonly #log: Logger;
  readonly #listeners = new Set<(trouble: StoreTrouble | null) => void>();
  #probe: Probe | undefined;
  #trouble: StoreTrouble | null = null;
  #since = 0;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #closed = false;

  constructor(log: Logger) {
    this.#log = log;
  }

  trouble(): StoreTrouble | null {
    return this.#trouble;
  }

  onChange(listener: (trouble: StoreTrouble | null) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Throws `StoreDown` while the store is ill, so that nobody waits for what cannot come. */
  assertWell(): void {
    if (this.#trouble) throw new StoreDown(this.#trouble);
  }

  /** Somebody's question failed for that reason. Nothing is concluded from it while nobody looks for the cure. */
  report(found: StoreTrouble, cause: unknown): void {
    if (!this.#probe || this.#closed || found.kind === 'slow') return;
    if (certain.has(found.kind)) this.#note(found, cause);
    else this.#soon(0);
  }

  /** Begin to try the store out, now and every `probeEveryMs`. */
  watch(probe: Probe): void {
    this.#probe = probe;
    this.#soon(storeLimits.probeEveryMs);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#listeners.clear();
    await this.#looking;
  }

  #soon(ms: number): void {
    if (this.#closed || this.#looking) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#looking = this.#look().finally(() => {
        this.#looking = undefined;
        this.#soon(storeLimits.probeEveryMs);
      });
    }, ms);
  }

  async #look(): Promise<void> {
    const probe = this.#probe;
    if (!probe) return;
    let giveUp: NodeJS.Timeout | undefined;
    const tooLong = new Promise<never>((_, reject) => {
      giveUp = setTimeout(() => {
        probe.letGo();
        reject(new StoreDown(trouble('no-answer')));
      }, storeLimits.probeMs);
    });
    try {
      await Promise.race([probe.tryOut(this.#trouble), tooLong]);
      this.#note(null, null);
    } catch (error) {
      this.#note(troubleOf(error) ?? { kind: 'damaged', message: String(error) }, error);
    } finally {
      clearTimeout(giveUp);
    }
  }

  /** Told when it begins, when it turns into something else, and when it is over; not each time it is met. */
  #note(now: StoreTrouble | null, cause: unknown): void {
    const before = this.#trouble;
    if (this.#closed || before?.kind === now?.kind) return;
    this.#trouble = now;
    if (!before) this.#since = performance.now();
    if (now) {
      const root = cause instanceof StoreDown ? cause.cause : cause;
      this.#log.error({ trouble: now.kind, ...(root ? { err: root } : {}) }, now.message);
    } else {
      const ms = Math.round(performance.now() - this.#since);
      this.#log.info({ trouble: before?.kind, ms }, 'the database works again');
    }
    for (const listener of this.#listeners) listener(now);
  }
}
