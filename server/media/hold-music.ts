/**
 * Hold music for all workers. The default piece is there from the start on every worker; a shop's own is loaded when
 * somebody is to hear it, and dropped when nobody has for a while. The packets are sent by a thread of their own: one
 * per frame, piece and worker, however many people wait.
 */

import { loadDefaultPiece } from '../music/default-piece.ts';
import { MusicThread, type MusicThreadOptions } from '../music/music-thread.ts';
import { mediaLimits } from './limits.ts';
import type { MediaWorker } from './media-worker.ts';
import { MusicInlet } from './music-inlet.ts';
import { MusicSource } from './music-source.ts';
import { MediaSetupError } from './setup-error.ts';
import type { Tap } from './tap.ts';

/** Where pieces come from: Opus packets of 20 ms that loop without a seam, or null when there is no such piece. */
export type LoadPiece = (id: string) => Promise<readonly Uint8Array[] | null>;

type HoldMusicOptions = MusicThreadOptions & { loadPiece: LoadPiece };

/** A piece that is there or being loaded, and the timer that drops it, while nobody uses it. */
type Kept = { piece: Promise<MusicSource | null>; drop: NodeJS.Timeout | undefined };

const defaultPieceId = 'default';

export class HoldMusic {
  readonly #options: HoldMusicOptions;
  readonly #thread: MusicThread;
  readonly #default: MusicSource;
  readonly #own = new Map<string, Kept>();
  readonly #inlets = new Map<MediaWorker, Promise<MusicInlet>>();
  #closed = false;

  private constructor(options: HoldMusicOptions, thread: MusicThread, packets: readonly Uint8Array[]) {
    this.#options = options;
    this.#thread = thread;
    this.#default = this.#source(packets);
    thread.onMoved(() => this.#moved());
  }

  /** @throws MediaSetupError when no port is free */
  static async create(options: HoldMusicOptions): Promise<HoldMusic> {
    const { ip, ports } = options;
    const starting = MusicThread.create(options).catch((cause: Error) => {
      throw new MediaSetupError(
        'port',
        `Hold music could not start: ${cause.message}. It needs a free UDP port on ${ip}, any of ${ports.min} to ${ports.max}, which are counted from RTC_PORT.`,
        { cause },
      );
    });
    const [thread, packets] = await Promise.all([starting, loadDefaultPiece()]).catch(async error => {
      await (await starting).close();
      throw error;
    });
    return new HoldMusic(options, thread, packets);
  }

  /** Makes the worker's producer of the default piece, so that the first shopper's answer does not wait for it. */
  prepare(worker: MediaWorker): Promise<void> {
    return this.#default.prepare(worker);
  }

  /** At once for the default piece, which is also what is heard where there is no such piece. */
  tap(id: string, worker: MediaWorker): Tap | Promise<Tap> {
    return id === defaultPieceId ? this.#default.tap(worker) : this.#tapOwn(id, worker);
  }

  /** The worker died. */
  forget(worker: MediaWorker): void {
    this.#inlets.delete(worker);
    this.#default.forget(worker);
    for (const { piece } of this.#own.values()) void piece.then(loaded => loaded?.forget(worker));
  }

  /** Idempotent. Resolves when the thread is gone. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#default.close();
    for (const id of this.#own.keys()) this.#drop(id);
    await this.#thread.close();
  }

  #source(packets: readonly Uint8Array[], onUse?: (used: boolean) => void): MusicSource {
    return new MusicSource({
      piece: this.#thread.load(packets),
      inlet: worker => this.#inlet(worker),
      onUse,
    });
  }

  #inlet(worker: MediaWorker): Promise<MusicInlet> {
    let inlet = this.#inlets.get(worker);
    if (!inlet) {
      const { ip, ports } = this.#options;
      inlet = MusicInlet.create(worker, { ip, from: this.#thread.port, to: ports });
      this.#inlets.set(worker, inlet);
      inlet.catch(() => {
        if (this.#inlets.get(worker) === inlet) this.#inlets.delete(worker);
      });
    }
    return inlet;
  }

  /** Packets come from another port than the workers take them from: whoever listens gets a new producer. */
  #moved(): void {
    for (const [worker, inlet] of this.#inlets) {
      this.forget(worker);
      inlet.then(
        old => old.close(),
        () => {},
      );
    }
  }

  async #tapOwn(id: string, worker: MediaWorker): Promise<Tap> {
    const piece = await this.#load(id);
    return (piece ?? this.#default).tap(worker);
  }

  /** Those who come while it is being loaded share it. What could not be loaded is tried again for the next one. */
  #load(id: string): Promise<MusicSource | null> {
    let kept = this.#own.get(id);
    if (!kept) {
      kept = { piece: this.#read(id), drop: undefined };
      this.#own.set(id, kept);
    }
    return kept.piece;
  }

  async #read(id: string): Promise<MusicSource | null> {
    const { loadPiece, log } = this.#options;
    const packets = await loadPiece(id).catch(err => {
      log.error({ sound: id, err }, 'hold music could not be read');
      return null;
    });
    if (packets && packets.length > 0 && !this.#closed)
      return this.#source(packets, used => this.#usedOrNot(id, used));
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
