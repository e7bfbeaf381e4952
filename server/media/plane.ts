/**
 * The media plane's only face to the rest of the server. It knows legs, sources and edges, not calls.
 * Whoever decides who hears whom states the wanted edges; the plane makes the real ones equal them.
 */
import type { LegId } from '../../shared/ids.ts';
import type {
  DtlsParameters,
  Heard,
  HeardParty,
  IceServer,
  LegMedia,
  RtpCapabilities,
  RtpParameters,
} from '../../shared/protocol.ts';

/** Something that can be heard: a leg's microphone, or hold music: `music:default`, or a piece of the shop's own. */
export type SourceId = LegId | `music:${string}`;

/**
 * `source` is heard by `listener`. `active: false` is made ready but silent, to be resumed at once.
 * `party`: whose voice it is, passed on to the listener; null for music.
 */
export type Edge = { source: SourceId; listener: LegId; active: boolean; party: HeardParty | null };

export type MediaPlaneEvents = {
  /** The whole list of what a leg hears changed. */
  hearing: (legId: LegId, hearing: Heard[]) => void;
  /** A leg's microphone started to flow (`true`) or is gone (`false`). */
  microphone: (legId: LegId, ready: boolean) => void;
  /** A leg's media is gone without anyone asking: worker died, or ICE/DTLS failed for good. */
  lost: (legId: LegId, reason: 'worker-died' | 'connection-failed') => void;
};

/** Why the plane refused; the gateway maps it to `media-refused`, `not-found` or `not-in-call`. */
export class MediaError extends Error {
  readonly reason: 'no-leg' | 'no-transport' | 'refused' | 'closed';
  constructor(reason: MediaError['reason'], message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'MediaError';
    this.reason = reason;
  }
}

export interface MediaPlane {
  /** The same for every router: Opus only. */
  readonly routerRtpCapabilities: unknown;
  /** What browsers need to find us when host candidates are not enough. */
  readonly iceServers: IceServer[];

  /**
   * Make a leg's two transports (closing an earlier leg of that id), on the worker where `near` lives if that worker
   * has room, so that most calls need no pipe; else on the one with the fewest legs.
   */
  openLeg(legId: LegId, capabilities: RtpCapabilities, near?: LegId): Promise<LegMedia>;
  connect(legId: LegId, transportId: string, dtls: DtlsParameters): Promise<void>;
  /** The microphone. A second call replaces the first. Returns the producer's id. */
  produce(legId: LegId, rtp: RtpParameters): Promise<string>;
  restartIce(legId: LegId, transportId: string): Promise<unknown>;
  /** Idempotent; edges from and to the leg go with it. */
  closeLeg(legId: LegId): void;
  hasLeg(legId: LegId): boolean;
  hasMicrophone(legId: LegId): boolean;
  /** Every leg there is. */
  legs(): LegId[];
  /** What the leg hears now; empty for a leg that does not exist. */
  hearing(legId: LegId): Heard[];

  /**
   * The wanted edges of one scope (a call). Replaces what the scope wanted before; `[]` forgets it.
   * Edges whose legs or microphones do not exist yet are made when they appear. Never throws for that.
   */
  want(scope: string, edges: readonly Edge[]): void;
  /** Resolves when the real edges equal the wanted ones, as far as legs and microphones exist. */
  settled(): Promise<void>;

  on<E extends keyof MediaPlaneEvents>(event: E, listener: MediaPlaneEvents[E]): void;

  /** For `/healthz`, `/metrics`. */
  stats(): Promise<{
    workers: { pid: number; alive: boolean; legs: number; cpuSeconds: number; residentBytes: number }[];
    legs: number;
    edges: number;
    pipes: number;
  }>;
  close(): Promise<void>;
}
