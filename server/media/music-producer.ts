/** A piece of hold music on one worker: whoever listens there consumes the same producer. */
import type { types as ms } from 'mediasoup';
import type { MusicPlayer } from '../music/music-thread.ts';
import type { Tap } from './tap.ts';

export class MusicProducer {
  readonly #producer: ms.Producer;
  readonly #player: MusicPlayer;
  #listeners = 0;

  /** @param player sends to the producer; closed with it */
  constructor(producer: ms.Producer, player: MusicPlayer) {
    this.#producer = producer;
    this.#player = player;
    producer.observer.once('close', () => player.close());
  }

  /** Idempotent. Consumers of it go along. */
  close(): void {
    this.#producer.close();
  }

  /**
   * The piece plays while at least one tap listens: the cost does not grow with them.
   * @param onRelease called once
   */
  tap(onRelease: () => void): Tap {
    const producer = this.#producer;
    let listening = false;
    let released = false;
    const listen = (active: boolean) => {
      if (active === listening) return;
      listening = active;
      this.#listeners += active ? 1 : -1;
      if (this.#listeners === (active ? 1 : 0)) this.#player.play(active);
    };
    return {
      producerId: producer.id,
      get live() {
        return !producer.closed;
      },
      listen,
      release() {
        if (released) return;
        released = true;
        listen(false);
        onRelease();
      },
    };
  }
}
