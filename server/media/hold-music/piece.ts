/** One piece of hold music on all workers: one clock, one player for each worker, running only while somebody listens. */
import type { MediaWorker } from '../media-worker.ts';
import type { Tap } from '../tap.ts';
import { FrameClock } from './frame-clock.ts';
import { MusicPlayer } from './music-player.ts';

export class Piece {
  /** One Opus packet for each 20 ms; they loop without a seam. */
  readonly #packets: readonly Uint8Array[];
  readonly #onUse: (used: boolean) => void;
  readonly #players = new Map<MediaWorker, MusicPlayer>();
  readonly #preparing = new Map<MediaWorker, Promise<MusicPlayer>>();
  readonly #clock: FrameClock;
  /** Players that played the last frame, to know which ones start anew. */
  #playing = new Set<MusicPlayer>();
  #firstFrame = 0;
  #taps = 0;
  #closed = false;

  /** @param onUse called whenever the first tap is taken (`true`) or the last one is released (`false`) */
  constructor(packets: readonly Uint8Array[], onUse: (used: boolean) => void = () => {}) {
    this.#packets = packets;
    this.#onUse = onUse;
    this.#clock = new FrameClock((frame, first) => this.#frame(frame, first));
  }

  /** Makes the worker's player, once. */
  async prepare(worker: MediaWorker): Promise<void> {
    if (!this.#players.has(worker)) await this.#prepare(worker);
  }

  /** At once where the player is there already. */
  tap(worker: MediaWorker): Tap | Promise<Tap> {
    // Counted before the player is there, so that a piece somebody is about to hear is not dropped.
    const release = this.#use();
    const player = this.#players.get(worker);
    if (player) return this.#tap(player, release);
    return this.#prepare(worker).then(
      made => this.#tap(made, release),
      (error: unknown) => {
        release();
        throw error;
      },
    );
  }

  forget(worker: MediaWorker): void {
    this.#players.delete(worker);
    this.#listenersChanged();
  }

  /** Idempotent. Whoever still listens hears nothing any more. */
  close(): void {
    this.#closed = true;
    this.#clock.stop();
    for (const player of this.#players.values()) player.close();
    this.#players.clear();
  }

  /** Two who come at once share the player that is being made. */
  #prepare(worker: MediaWorker): Promise<MusicPlayer> {
    let preparing = this.#preparing.get(worker);
    if (!preparing) {
      preparing = MusicPlayer.create(worker, () => this.#listenersChanged())
        .then(player => {
          if (this.#closed) player.close();
          else if (!worker.closed) this.#players.set(worker, player);
          return player;
        })
        .finally(() => this.#preparing.delete(worker));
      this.#preparing.set(worker, preparing);
    }
    return preparing;
  }

  #use(): () => void {
    if (this.#taps++ === 0) this.#onUse(true);
    let released = false;
    return () => {
      if (released) return;
      released = true;
      if (--this.#taps === 0) this.#onUse(false);
    };
  }

  #tap(player: MusicPlayer, release: () => void): Tap {
    const tap = player.tap();
    return {
      producerId: tap.producerId,
      get live() {
        return tap.live;
      },
      listen: tap.listen,
      release() {
        tap.release();
        release();
      },
    };
  }

  #listenersChanged(): void {
    if ([...this.#players.values()].some(player => player.hasListeners)) this.#clock.start();
    else this.#clock.stop();
  }

  #frame(frame: number, first: boolean): void {
    if (first) {
      // Nobody was listening: the first one in hears the piece from its beginning.
      this.#firstFrame = frame;
      this.#playing.clear();
    }
    const packet = this.#packets[(frame - this.#firstFrame) % this.#packets.length]!;
    const playing = new Set<MusicPlayer>();
    for (const player of this.#players.values()) {
      if (!player.hasListeners) continue;
      player.play(packet, frame, !this.#playing.has(player));
      playing.add(player);
    }
    this.#playing = playing;
  }
}
