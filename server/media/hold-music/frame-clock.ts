/** A 20 ms clock that does not drift: each frame is due at a time counted from the start, not from the last one. */

export const frameMs = 20;
/** After a stall (a busy or sleeping machine) at most this many frames are made up for; older ones are skipped. */
const mostCatchUp = 5;

export class FrameClock {
  readonly #onFrame: (frame: number, first: boolean) => void;
  /** Milliseconds, monotonic. */
  readonly #now: () => number;
  #timer: NodeJS.Timeout | undefined;
  /** The next frame to give out. */
  #next = 0;

  /**
   * @param onFrame gets the frame's number since the clock's epoch (so that RTP time goes on through pauses), and
   *   whether it is the first one after a start
   */
  constructor(onFrame: (frame: number, first: boolean) => void, now: () => number = () => performance.now()) {
    this.#onFrame = onFrame;
    this.#now = now;
  }

  get running(): boolean {
    return this.#timer !== undefined;
  }

  /** Idempotent. The first frame is given out at once. */
  start(): void {
    if (this.#timer) return;
    this.#next = Math.floor(this.#now() / frameMs);
    this.#onFrame(this.#next++, true);
    this.#plan();
  }

  /** Idempotent. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #plan(): void {
    this.#timer = setTimeout(() => this.#tick(), Math.max(0, this.#next * frameMs - this.#now()));
  }

  #tick(): void {
    const last = Math.floor(this.#now() / frameMs);
    this.#next = Math.max(this.#next, last - mostCatchUp + 1);
    while (this.#timer && this.#next <= last) this.#onFrame(this.#next++, false);
    if (this.#timer) this.#plan();
  }
}
