/**
 * Hold music for all workers. The default piece is there from the start on every worker; a shop's own is loaded when
 * somebody is to hear it, and dropped when nobody has for a while. The cost in JavaScript is one packet per frame,
 * piece and worker, however many people wait.
 */
import type { Logger } from 'pino';
import { mediaLimits } from '../limits.ts';
import type { MediaWorker } from '../media-worker.ts';
import type { Tap } from '../tap.ts';
import { loadDefaultPiece } from './default-piece.ts';
import { Piece } from './piece.ts';

/** Where pieces come from: Opus packets of 20 ms that loop without a seam, or null when there is no such piece. */
export type LoadPiece = (id: string) => Promise<readonly Uint8Array[] | null>;

type HoldMusicOptions = { loadPiece: LoadPiece; log: Logger };

/** A piece that is there or being loaded, and the timer that drops it, while nobody uses it. */
type Kept = { piece: Promise<Piece | null>; drop: NodeJS.Timeout | undefined };

const defaultPieceId = 'default';

export class HoldMusic {
  readonly #options: HoldMusicOptions;
  readonly #default: Piece;
  readonly #own = new Map<string, Kept>();
  #closed = false;

  private constructor(options: HoldMusicOptions, packets: readonly Uint8Array[]) {
    this.#options = options;
    this.#default = new Piece(packets);
  }

  static async create(options: HoldMusicOptions): Promise<HoldMusic> {
    return new HoldMusic(options, await loadDefaultPiece());
  }

  /** Makes the worker's player of the default piece, so that the first shopper's answer does not wait for it. */
  prepare(worker: MediaWorker): Promise<void> {
    return this.#default.prepare(worker);
  }

  /** At once for the default piece, which is also what is heard where there is no such piece. */
  tap(id: string, worker: MediaWorker): Tap | Promise<Tap> {
    return id === defaultPieceId ? this.#default.tap(worker) : this.#tapOwn(id, worker);
  }

  forget(worker: MediaWorker): void {
    this.#default.forget(worker);
    for (const { piece } of this.#own.values()) void piece.then(loaded => loaded?.forget(worker));
  }

  /** Idempotent. The producers go with their workers. */
  close(): void {
    this.#closed = true;
    this.#default.close();
    for (const id of this.#own.keys()) this.#drop(id);
  }

  async #tapOwn(id: string, worker: MediaWorker): Promise<Tap> {
    const piece = await this.#load(id);
    return (piece ?? this.#default).tap(worker);
  }

  /** Those who come while it is being loaded share it. What could not be loaded is tried again for the next one. */
  #load(id: string): Promise<Piece | null> {
    let kept = this.#own.get(id);
    if (!kept) {
      kept = { piece: this.#read(id), drop: undefined };
      this.#own.set(id, kept);
    }
    return kept.piece;
  }

  async #read(id: string): Promise<Piece | null> {
    const { loadPiece, log } = this.#options;
    const packets = await loadPiece(id).catch(err => {
      log.error({ sound: id, err }, 'hold music could not be read');
      return null;
    });
    if (packets && packets.length > 0 && !this.#closed)
      return new Piece(packets, used => this.#usedOrNot(id, used));
    if (!this.#closed) log.warn({ sound: id }, 'no such hold music; the default piece is played instead');
    this.#own.delete(id);
    return null;
  }

  #usedOrNot(id: string, used: boolean): void {
    const kept = this.#own.get(id);
    if (!kept) return;
    clearTimeout(kept.drop);
    kept.drop = used ? undefined : setTimeout(() => this.#drop(id), mediaLimits.idlePieceMs).unref();
  }

  #drop(id: string): void {
    const kept = this.#own.get(id);
    if (!kept) return;
    this.#own.delete(id);
    clearTimeout(kept.drop);
    void kept.piece.then(piece => piece?.close());
  }
}
