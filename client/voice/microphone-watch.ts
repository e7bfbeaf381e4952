import type { MicrophoneState } from '../../shared/domain.ts';

/** What was read of a microphone at one instant. */
export type MicrophoneReading = {
  /** Milliseconds by a clock that is never set. */
  at: number;
  ended: boolean;
  /** The system holds the track back. */
  taken: boolean;
  /** Muted by the person, here: silence says nothing then. */
  muted: boolean;
  /** All that was ever heard: grows with any sound that is not exactly zero. `null` where the browser does not tell. */
  energy: number | null;
};

/** Since when the energy stands still, and how long that may last. */
export type MicrophoneMemory = {
  state: MicrophoneState;
  energy: number | null;
  since: number;
  patienceMs: number;
};

const everyMs = 1_000;
/** Looked at each second, so told within three. */
const patienceMs = 2_000;
const mostPatienceMs = 60_000;
/** A silence that ends by itself within this was a pause, by a headset that sends zeros while nobody speaks. */
const pauseMs = 20_000;

export const freshMemory = (at: number): MicrophoneMemory => ({
  state: 'ok',
  energy: null,
  since: at,
  patienceMs,
});

/** What a reading changes. Pure. After each pause that was taken for a fault, twice as long is waited for the next. */
export function judge(memory: MicrophoneMemory, reading: MicrophoneReading): MicrophoneMemory {
  const { at, energy } = reading;
  const sounds = energy === null || reading.muted || memory.energy === null || energy !== memory.energy;
  const since = sounds || reading.taken ? at : memory.since;
  if (reading.ended) return { ...memory, energy, since, state: 'gone' };
  if (reading.taken) return { ...memory, energy, since, state: 'taken' };
  if (!sounds) return { ...memory, energy, since, state: at - since >= memory.patienceMs ? 'silent' : 'ok' };
  const pause = memory.state === 'silent' && !reading.muted && at - memory.since < pauseMs;
  const patience = pause ? Math.min(mostPatienceMs, memory.patienceMs * 2) : memory.patienceMs;
  return { state: 'ok', energy, since, patienceMs: patience };
}

type Stat = { type: string; kind?: string; totalAudioEnergy?: number };

export type MicrophoneWatchOptions = {
  track: () => MediaStreamTrack | undefined;
  /** Of the sender; nothing while there is none. */
  stats: () => Promise<RTCStatsReport> | undefined;
  muted: () => boolean;
  onChange: (state: MicrophoneState) => void;
};

/** Notices a microphone that is taken, unplugged or sends nothing but zeros, by the sender's own figures. */
export class MicrophoneWatch {
  readonly #options: MicrophoneWatchOptions;
  #timer: ReturnType<typeof setInterval> | undefined;
  #memory = freshMemory(0);
  #track: MediaStreamTrack | undefined;

  constructor(options: MicrophoneWatchOptions) {
    this.#options = options;
  }

  get state(): MicrophoneState {
    return this.#memory.state;
  }

  start(): void {
    this.stop();
    this.#timer = setInterval(this.look, everyMs);
  }

  /** May be called twice. */
  stop(): void {
    clearInterval(this.#timer);
    this.#timer = this.#track = undefined;
  }

  readonly look = async (): Promise<void> => {
    const timer = this.#timer;
    const track = this.#options.track();
    if (timer === undefined || !track) return;
    const report = await this.#options.stats()?.catch(() => undefined);
    // Stopped or started anew meanwhile.
    if (timer !== this.#timer) return;
    const at = performance.now();
    const before = this.#memory;
    // Another microphone has its own figures.
    const memory = track === this.#track ? before : { ...freshMemory(at), state: before.state };
    this.#track = track;
    this.#memory = judge(memory, {
      at,
      ended: track.readyState === 'ended',
      taken: track.muted,
      muted: this.#options.muted(),
      energy: energyOf(report),
    });
    if (this.#memory.state !== before.state) this.#options.onChange(this.#memory.state);
  };
}

function energyOf(report: RTCStatsReport | undefined): number | null {
  for (const stat of (report as unknown as Map<string, Stat> | undefined)?.values() ?? [])
    if (stat.type === 'media-source' && stat.kind === 'audio') return stat.totalAudioEnergy ?? null;
  return null;
}
