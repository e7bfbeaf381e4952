/**
 * Hold music for all workers: one clock, one player for each worker, and the clock runs only while somebody listens.
 * The cost in JavaScript is one packet per frame and worker, however many people wait.
 */
import type { MediaWorker } from '../media-worker.ts';
import type { Tap } from '../tap.ts';
import { loadDefaultPiece } from './default-piece.ts';
import { FrameClock } from './frame-clock.ts';
import { MusicPlayer } from './music-player.ts';

export class HoldMusic {
  /** The piece, one Opus packet for each 20 ms; it loops without a seam. */
  readonly #packets: readonly Uint8Array[];
  readonly #players = new Map<MediaWorker, MusicPlayer>();
  readonly #clock: FrameClock;
  /** Players that played the last frame, to know which ones start anew. */
  #playing = new Set<MusicPlayer>();
  #firstFrame = 0;

  private constructor(packets: readonly Uint8Array[]) {
    this.#packets = packets;
    this.#clock = new FrameClock((frame, first) => this.#frame(frame, first));
  }

  static async load(): Promise<HoldMusic> {
    return new HoldMusic(await loadDefaultPiece());
  }

  /** Makes the worker's player, so that the first shopper's answer does not wait for it. */
  async prepare(worker: MediaWorker): Promise<void> {
    this.#players.set(worker, await MusicPlayer.create(worker, () => this.#listenersChanged()));
  }

  tap(worker: MediaWorker): Tap {
    const player = this.#players.get(worker);
    if (!player) throw new Error('the worker has no hold music player');
    return player.tap();
  }

  forget(worker: MediaWorker): void {
    this.#players.delete(worker);
    this.#listenersChanged();
  }

  /** Idempotent. The producers go with their workers. */
  close(): void {
    this.#clock.stop();
    this.#players.clear();
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
