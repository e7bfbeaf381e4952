/** Lets changes through side by side, and a step of the clock alone. */
export class StepGate {
  #inside = 0;
  #alone: Promise<void> | undefined;
  #empty: (() => void) | undefined;

  /** Run a change, after any step that is under way or due. `follow`: follows the clock; called alone. */
  async pass<T>(due: () => boolean, follow: () => Promise<void>, change: () => Promise<T>): Promise<T> {
    while (this.#alone || due()) await this.alone(follow);
    this.#inside++;
    try {
      return await change();
    } finally {
      this.#inside--;
      if (this.#inside === 0) this.#empty?.();
    }
  }

  /** Run `work` when no change is under way, and let none begin meanwhile. One that is under way already is joined. */
  alone(work: () => Promise<void>): Promise<void> {
    this.#alone ??= this.#whenEmpty()
      .then(work)
      .finally(() => {
        this.#alone = undefined;
      });
    return this.#alone;
  }

  async #whenEmpty(): Promise<void> {
    while (this.#inside > 0)
      await new Promise<void>(resolve => {
        this.#empty = resolve;
      });
  }
}
