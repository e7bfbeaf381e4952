/**
 * A few transports made ahead on one worker, so that opening a leg does not wait for the worker to make them while the
 * same click keeps this process busy. Refilled a moment later, when the person who took them has been answered.
 */
import type { types as ms } from 'mediasoup';
import { mediaLimits } from './limits.ts';

export class SpareTransports {
  readonly #make: () => Promise<ms.WebRtcTransport>;
  readonly #spares: ms.WebRtcTransport[] = [];
  #making = 0;
  #refill: NodeJS.Timeout | undefined;

  /** @param make rejects once the worker is gone */
  constructor(make: () => Promise<ms.WebRtcTransport>) {
    this.#make = make;
  }

  /** A spare at once, or a new one. */
  async take(): Promise<ms.WebRtcTransport> {
    const spare = this.#spares.pop();
    this.#refill ??= setTimeout(() => {
      this.#refill = undefined;
      this.fill().catch(() => {
        // The worker died, and these with it; its replacement has its own.
      });
    }, mediaLimits.spareTransportsRefillMs).unref();
    return spare && !spare.closed ? spare : this.#make();
  }

  async fill(): Promise<void> {
    const missing = mediaLimits.spareTransports - this.#spares.length - this.#making;
    await Promise.all(Array.from({ length: Math.max(0, missing) }, () => this.#add()));
  }

  async #add(): Promise<void> {
    this.#making++;
    try {
      this.#spares.push(await this.#make());
    } finally {
      this.#making--;
    }
  }
}
