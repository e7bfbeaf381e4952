/**
 * The server's side of the thread for music: says what is to be played, and starts the thread again if it ends. All
 * that the thread is told is kept here, so that a new one can be told the same.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import type { Command, ThreadData, ThreadReady } from './commands.ts';
import { musicLimits } from './limits.ts';
import { type PackedPackets, packPackets } from './packed-packets.ts';
import type { RtpStream } from './rtp.ts';

export type MusicThreadOptions = {
  /** Loopback address of this machine, to send from and to. */
  ip: string;
  /** UDP ports there to send from: one is taken. */
  ports: { min: number; max: number };
  log: Logger;
};

/** Plays one piece to one port. */
export type MusicPlayer = {
  play(playing: boolean): void;
  /** Idempotent. */
  close(): void;
};

/** A piece that the thread has in memory. */
export type MusicPiece = {
  /** A silent player of it. */
  player(stream: Pick<RtpStream, 'ssrc' | 'payloadType' | 'port'>): MusicPlayer;
  /** Idempotent; its players are closed with it. */
  close(): void;
};

type PlayerState = { stream: RtpStream; playing: boolean };
type PieceState = { packets: PackedPackets; players: Map<number, PlayerState> };

export class MusicThread {
  readonly #options: MusicThreadOptions;
  readonly #pieces = new Map<number, PieceState>();
  readonly #moved = new Set<() => void>();
  readonly #closing = new AbortController();
  #worker: Worker | undefined;
  #restarting: Promise<void> | undefined;
  /** Before the next start, ms. */
  #waitMs = 0;
  #port: number;
  #ids = 0;

  private constructor(options: MusicThreadOptions) {
    this.#options = options;
    const { min, max } = options.ports;
    // Anywhere among them: other servers on this machine may have the same ones.
    this.#port = min + Math.floor(Math.random() * (max - min + 1));
  }

  /** @throws Error when the thread does not start; with code `EADDRINUSE` when no port is free */
  static async create(options: MusicThreadOptions): Promise<MusicThread> {
    const thread = new MusicThread(options);
    await thread.#start();
    return thread;
  }

  /** The port that all packets come from. */
  get port(): number {
    return this.#port;
  }

  /** Called when a new thread could not have the port of the one before: who takes packets from there must be remade. */
  onMoved(listener: () => void): void {
    this.#moved.add(listener);
  }

  /** @param packets Opus, 20 ms each, at least one; the last is followed by the first */
  load(packets: readonly Uint8Array[]): MusicPiece {
    const piece = ++this.#ids;
    const state: PieceState = { packets: packPackets(packets), players: new Map() };
    this.#pieces.set(piece, state);
    this.#post({ type: 'add-piece', piece, packets: state.packets });
    return {
      player: stream => this.#player(piece, state, stream),
      close: () => {
        state.players.clear();
        if (this.#pieces.delete(piece)) this.#post({ type: 'remove-piece', piece });
      },
    };
  }

  /** Idempotent. Resolves when the thread is gone. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#pieces.clear();
    await this.#worker?.terminate();
    await this.#restarting;
  }

  #player(
    piece: number,
    { players }: PieceState,
    to: Pick<RtpStream, 'ssrc' | 'payloadType' | 'port'>,
  ): MusicPlayer {
    const player = ++this.#ids;
    const sequence = new Uint16Array(new SharedArrayBuffer(2));
    sequence[0] = Math.floor(Math.random() * 0x1_0000);
    const state: PlayerState = { stream: { ...to, sequence }, playing: false };
    if (this.#pieces.has(piece)) {
      players.set(player, state);
      this.#post({ type: 'add-player', piece, player, stream: state.stream });
    }
    return {
      play: playing => {
        state.playing = playing;
        if (players.has(player)) this.#post({ type: 'play', piece, player, playing });
      },
      close: () => {
        if (players.delete(player)) this.#post({ type: 'remove-player', piece, player });
      },
    };
  }

  /** Messages to a thread that is only starting wait for it, in order. */
  #post(command: Command): void {
    this.#worker?.postMessage(command);
  }

  /** Resolves when the thread can play. */
  async #start(): Promise<void> {
    const { ip, ports } = this.#options;
    const worker = new Worker(new URL('./thread.ts', import.meta.url), {
      name: 'hold music',
      workerData: { ip, ports, port: this.#port } satisfies ThreadData,
      resourceLimits: {
        maxOldGenerationSizeMb: musicLimits.heapMb,
        maxYoungGenerationSizeMb: musicLimits.youngHeapMb,
      },
    });
    this.#worker = worker;
    this.#restorePieces();
    const port = await this.#ready(worker);
    const moved = port !== this.#port;
    this.#port = port;
    if (moved) for (const listener of this.#moved) listener();
  }

  /** The port it sends from. When it ends after that, it is started again. */
  #ready(worker: Worker): Promise<number> {
    return new Promise((resolve, reject) => {
      const begun = performance.now();
      let ready = false;
      let err: unknown;
      worker.once('message', ({ port }: ThreadReady) => {
        ready = true;
        resolve(port);
      });
      worker.once('error', error => {
        err = error;
      });
      worker.once('exit', code => {
        err ??= new Error(`the thread for hold music ended by itself (${code})`);
        reject(err);
        if (!ready || this.#closing.signal.aborted) return;
        // One that has played for a while is no sign that the next one will end too.
        if (performance.now() - begun > musicLimits.restartMostMs) this.#waitMs = 0;
        this.#restarting = this.#startAgain(err);
      });
    });
  }

  async #startAgain(why: unknown): Promise<void> {
    const { signal } = this.#closing;
    for (let err = why; !signal.aborted; ) {
      const againInMs = this.#waitMs;
      this.#options.log.error({ err, againInMs }, 'the thread for hold music ended; it is started again');
      this.#waitMs = Math.min(Math.max(musicLimits.restartFirstMs, 2 * againInMs), musicLimits.restartMostMs);
      if (againInMs > 0) await delay(againInMs, undefined, { signal, ref: false }).catch(() => {});
      if (signal.aborted) return;
      try {
        return await this.#start();
      } catch (error) {
        err = error;
      }
    }
  }

  #restorePieces(): void {
    for (const [piece, { packets, players }] of this.#pieces) {
      this.#post({ type: 'add-piece', piece, packets });
      for (const [player, { stream, playing }] of players) {
        this.#post({ type: 'add-player', piece, player, stream });
        if (playing) this.#post({ type: 'play', piece, player, playing });
      }
    }
  }
}
