/** Costly work, so much at once and no more, and everybody's turn comes round. */

type Waiting = { name: string; begin: () => void };

/**
 * Who asks for much waits for their own: each name is served once before anyone is served twice. What is bounded here
 * is what runs; how much may wait is bounded by whoever asks, see `Quota`.
 */
export class FairQueue {
  readonly #atOnce: number;
  /** In the order of their next turns. */
  readonly #waiting = new Map<string, Waiting[]>();
  #running = 0;

  constructor(atOnce: number) {
    this.#atOnce = atOnce;
  }

  /** Run it when its turn has come. Settles as `work` does. */
  async run<T>(name: string, work: () => Promise<T>): Promise<T> {
    if (this.#running < this.#atOnce) this.#running++;
    else await this.#turn(name);
    try {
      return await work();
    } finally {
      this.#next();
    }
  }

  #turn(name: string): Promise<void> {
    return new Promise(resolve => {
      const own = this.#waiting.get(name) ?? [];
      own.push({ name, begin: resolve });
      this.#waiting.set(name, own);
    });
  }

  /** Hands the place on to the next name, whose further ones go behind all others. */
  #next(): void {
    const [first] = this.#waiting;
    if (!first) {
      this.#running--;
      return;
    }
    const [name, own] = first;
    this.#waiting.delete(name);
    const next = own.shift();
    if (own.length > 0) this.#waiting.set(name, own);
    next?.begin();
  }
}
