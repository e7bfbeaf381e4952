/** The media plane on mediasoup: legs on a pool of workers, edges between them, hold music. */
import { type types as ms, setLogEventListeners } from 'mediasoup';
import type { Logger } from 'pino';
import type { LegId } from '../../shared/ids.ts';
import type {
  DtlsParameters,
  Heard,
  IceServer,
  LegMedia,
  RtpCapabilities,
  RtpParameters,
} from '../../shared/protocol.ts';
import { type AddressOptions, checkAddresses, listenInfos } from './addresses.ts';
import { Edges } from './edges.ts';
import { checkDtls, checkMicrophone } from './gate.ts';
import { HoldMusic, type LoadPiece } from './hold-music.ts';
import { Leg } from './leg.ts';
import { mediaLimits } from './limits.ts';
import { loopbackAddress, loopbackPorts } from './loopback-ports.ts';
import type { MediaWorker } from './media-worker.ts';
import { type Edge, MediaError, type MediaPlane, type MediaPlaneEvents, type SourceId } from './plane.ts';
import { Relay } from './relay.ts';
import type { TapSource } from './tap.ts';
import { workerUsage } from './worker-usage.ts';
import { WorkerPool } from './workers.ts';

export type MediaPlaneOptions = AddressOptions & {
  /** Native workers, each on a port and, if there are enough, a core of its own. */
  workers: number;
  iceServers: IceServer[];
  workerBin?: string | undefined;
  /** Reads the hold music `music:<id>`, for every id but `default`. */
  loadPiece: LoadPiece;
  log: Logger;
};

const musicPrefix = 'music:';

/** @throws MediaSetupError with words for the person who starts the server */
export async function createMediaPlane(options: MediaPlaneOptions): Promise<MediaPlane> {
  return MediasoupPlane.create(options);
}

class MediasoupPlane implements MediaPlane {
  readonly routerRtpCapabilities: unknown;
  readonly iceServers: IceServer[];
  readonly #log: Logger;
  readonly #music: HoldMusic;
  readonly #pool: WorkerPool;
  readonly #relay: Relay;
  readonly #edges: Edges;
  readonly #listeners: { [E in keyof MediaPlaneEvents]: Set<MediaPlaneEvents[E]> } = {
    hearing: new Set(),
    microphone: new Set(),
    lost: new Set(),
  };
  readonly #legs = new Map<LegId, Leg>();
  /** The newest opening of each leg; an older one finds itself replaced and gives up. */
  readonly #openings = new Map<LegId, symbol>();
  #closed = false;

  static async create(options: MediaPlaneOptions): Promise<MediasoupPlane> {
    const { log } = options;
    await checkAddresses(options);
    setLogEventListeners({
      onwarn: (where, text) => log.debug({ where }, text),
      // A refused request comes back as a rejection to whoever made it; it needs no second line.
      onerror: (where, text, err) => log[where.endsWith(':Channel') ? 'debug' : 'warn']({ where, err }, text),
    });
    const music = await HoldMusic.create({
      loadPiece: options.loadPiece,
      ip: loopbackAddress(),
      ports: loopbackPorts(options.rtcPortBase).music,
      log,
    });
    let died: (worker: MediaWorker) => void = () => {};
    const pool = await WorkerPool.create({
      count: options.workers,
      listenInfos: index => listenInfos(options, index),
      workerBin: options.workerBin,
      log,
      onStarted: worker => music.prepare(worker),
      onDied: worker => died(worker),
    }).catch(async (error: unknown) => {
      await music.close();
      throw error;
    });
    const plane = new MediasoupPlane(options, pool, music);
    died = worker => plane.#workerDied(worker);
    return plane;
  }

  private constructor(options: MediaPlaneOptions, pool: WorkerPool, music: HoldMusic) {
    this.routerRtpCapabilities = pool.alive[0]!.router.rtpCapabilities;
    this.iceServers = options.iceServers;
    this.#log = options.log;
    this.#pool = pool;
    this.#music = music;
    this.#relay = new Relay(loopbackPorts(options.rtcPortBase).pipes);
    this.#edges = new Edges({
      leg: id => this.#legs.get(id),
      source: id => this.#source(id),
      onHearing: (leg, hearing) => this.#emit('hearing', leg, hearing),
      log: options.log,
    });
  }

  async openLeg(legId: LegId, capabilities: RtpCapabilities, near?: LegId): Promise<LegMedia> {
    if (this.#closed) throw new MediaError('closed', 'the media plane is closed');
    this.closeLeg(legId);
    const opening = Symbol(legId);
    this.#openings.set(legId, opening);
    try {
      const leg = await this.#createLeg(legId, capabilities, near);
      if (this.#openings.get(legId) !== opening) {
        leg.close();
        throw new MediaError('closed', 'the leg was closed or opened again meanwhile');
      }
      this.#legs.set(legId, leg);
      this.#watch(leg);
      await this.#edges.reconcile(legId);
      if (leg.closed) throw new MediaError('closed', 'the leg was closed or opened again meanwhile');
      leg.announced = true;
      this.#edges.announced(legId);
      return leg.media();
    } finally {
      if (this.#openings.get(legId) === opening) this.#openings.delete(legId);
    }
  }

  async connect(legId: LegId, transportId: string, dtls: DtlsParameters): Promise<void> {
    const transport = this.#transport(legId, transportId);
    checkDtls(dtls);
    await orRefuse(transport.connect({ dtlsParameters: dtls }));
  }

  async produce(legId: LegId, rtp: RtpParameters): Promise<string> {
    const leg = this.#leg(legId);
    checkMicrophone(rtp);
    const earlier = leg.microphone;
    try {
      // First out, then in: the client may use the same SSRC again, and one transport has each SSRC once.
      earlier?.close();
      const producer = await leg.send.produce({ kind: 'audio', rtpParameters: rtp as ms.RtpParameters });
      if (leg.closed) throw new MediaError('closed', 'the leg was closed meanwhile');
      // Another request may have come in between.
      leg.microphone?.close();
      leg.microphone = producer;
      this.#emit('microphone', legId, true);
      return producer.id;
    } catch (error) {
      if (earlier && leg.microphone === earlier) {
        leg.microphone = undefined;
        this.#emit('microphone', legId, false);
      }
      throw refusal(error);
    } finally {
      this.#edges.sourceChanged(legId);
    }
  }

  async restartIce(legId: LegId, transportId: string): Promise<unknown> {
    return orRefuse(this.#transport(legId, transportId).restartIce());
  }

  closeLeg(legId: LegId): void {
    this.#openings.delete(legId);
    const leg = this.#legs.get(legId);
    if (leg) this.#remove(leg);
  }

  hasLeg(legId: LegId): boolean {
    return this.#legs.has(legId);
  }

  hasMicrophone(legId: LegId): boolean {
    return this.#legs.get(legId)?.microphone !== undefined;
  }

  legs(): LegId[] {
    return [...this.#legs.keys()];
  }

  hearing(legId: LegId): Heard[] {
    return this.#legs.get(legId)?.hearing() ?? [];
  }

  want(scope: string, edges: readonly Edge[]): void {
    if (!this.#closed) this.#edges.want(scope, edges);
  }

  settled(): Promise<void> {
    return this.#edges.settled();
  }

  on<E extends keyof MediaPlaneEvents>(event: E, listener: MediaPlaneEvents[E]): void {
    this.#listeners[event].add(listener);
  }

  async stats(): ReturnType<MediaPlane['stats']> {
    const workers = await Promise.all(this.#pool.slots.map(workerUsage));
    let edges = 0;
    for (const leg of this.#legs.values()) edges += leg.edges.size;
    return { workers, legs: this.#legs.size, edges, pipes: this.#relay.size };
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#openings.clear();
    for (const leg of [...this.#legs.values()]) this.#remove(leg);
    const musicClosed = this.#music.close();
    // Workers that are told to end complain about their closed pipes, which is of no use to anybody.
    setLogEventListeners();
    await Promise.all([this.#pool.close(), musicClosed]);
    await this.settled();
  }

  async #createLeg(legId: LegId, capabilities: RtpCapabilities, near: LegId | undefined): Promise<Leg> {
    const nearWorker = near && this.#legs.get(near)?.worker;
    const worker = await this.#pool.pick(nearWorker);
    try {
      return await Leg.create(legId, worker, capabilities);
    } catch (error) {
      // The worker died under us: once more, on another one or its replacement.
      if (worker.closed && !this.#closed) {
        return orRefuse(Leg.create(legId, await this.#pool.pick(), capabilities));
      }
      throw refusal(error);
    }
  }

  #watch(leg: Leg): void {
    leg.send.setMaxIncomingBitrate(mediaLimits.microphoneBitrate).catch(() => {
      // Only a hint to the sender, and the leg may be gone already.
    });
    for (const transport of [leg.send, leg.receive]) {
      transport.on('dtlsstatechange', state => {
        if (leg.closed || (state !== 'failed' && state !== 'closed')) return;
        this.#log.info({ leg: leg.id, dtls: state }, 'media connection failed');
        this.#lose(leg, 'connection-failed');
      });
    }
  }

  #workerDied(worker: MediaWorker): void {
    for (const leg of [...this.#legs.values()]) {
      if (leg.worker === worker) this.#lose(leg, 'worker-died');
    }
    this.#music.forget(worker);
  }

  #lose(leg: Leg, reason: 'worker-died' | 'connection-failed'): void {
    this.#remove(leg);
    this.#emit('lost', leg.id, reason);
  }

  #remove(leg: Leg): void {
    if (this.#legs.get(leg.id) === leg) this.#legs.delete(leg.id);
    const microphone = leg.microphone;
    leg.microphone = undefined;
    leg.close();
    if (microphone) this.#emit('microphone', leg.id, false);
    this.#edges.sourceChanged(leg.id);
  }

  #source(id: SourceId): TapSource | undefined {
    if (id.startsWith(musicPrefix)) return worker => this.#music.tap(id.slice(musicPrefix.length), worker);
    const leg = this.#legs.get(id as LegId);
    const microphone = leg?.microphone;
    if (!leg || !microphone || microphone.closed) return undefined;
    return worker => this.#relay.tap(microphone, leg.worker, worker);
  }

  #leg(legId: LegId): Leg {
    const leg = this.#legs.get(legId);
    if (!leg) throw new MediaError('no-leg', 'there is no such leg');
    return leg;
  }

  #transport(legId: LegId, transportId: string): ms.WebRtcTransport {
    const transport = this.#leg(legId).transport(transportId);
    if (!transport) throw new MediaError('no-transport', 'the leg has no such transport');
    return transport;
  }

  /** A listener's failure must not stop the plane in the middle of a step. */
  #emit<E extends keyof MediaPlaneEvents>(event: E, ...args: Parameters<MediaPlaneEvents[E]>): void {
    for (const listener of this.#listeners[event]) {
      try {
        (listener as (...args: Parameters<MediaPlaneEvents[E]>) => void)(...args);
      } catch (err) {
        this.#log.error({ event, err }, 'a listener of the media plane failed');
      }
    }
  }
}

/** What mediasoup or the worker refused, without its inner words reaching a client. */
function refusal(cause: unknown): MediaError {
  return cause instanceof MediaError
    ? cause
    : new MediaError('refused', 'the media server refused this', { cause });
}

function orRefuse<T>(promise: Promise<T>): Promise<T> {
  return promise.catch((cause: unknown) => {
    throw refusal(cause);
  });
}
