/** A 20 ms clock that does not drift: each frame is due at a time counted from the epoch, not from the last frame. */
import { musicLimits } from './limits.ts';
import { frameMs } from './opus-frame.ts';

/** The machine's monotonic clock, ms. Unlike `performance.now()` it is the same in every thread of the process. */
function monotonicMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1_000 + nanoseconds / 1e6;
}

export class FrameClock {
  readonly #onFrame: (frame: number) => void;
  /** Milliseconds, monotonic. */
  readonly #now: () => number;
  #timer: NodeJS.Timeout | undefined;
  /** The next frame to give out. */
  #next = 0;

  /** @param onFrame gets the frame's number since the clock's epoch, so that RTP time goes on through pauses */
  constructor(onFrame: (frame: number) => void, now: () => number = monotonicMs) {
    this.#onFrame = onFrame;
    this.#now = now;
  }

  /** Idempotent. The first frame is given out at once, unless it was before the clock was stopped. */
  start(): void {
    if (this.#timer) return;
    const frame = Math.floor(this.#now() / frameMs);
    const due = frame >= this.#next;
    this.#next = Math.max(this.#next, frame + 1);
    this.#plan();
    if (due) this.#onFrame(frame);
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
    this.#next = Math.max(this.#next, last - musicLimits.catchUpFrames + 1);
    while (this.#timer && this.#next <= last) this.#onFrame(this.#next++);
    if (this.#timer) this.#plan();
  }
}
