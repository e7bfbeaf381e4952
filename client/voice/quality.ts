import { meanOpinionScore, type QualitySample } from '../../shared/mos.ts';

/** Running totals of a leg at one instant, out of `getStats()`. */
export type Counters = {
  received: number;
  lost: number;
  /** Milliseconds; the newest reading. `null` until the browser has one. */
  jitterMs: number | null;
  rttMs: number | null;
};

/** Anything with `getStats`: a mediasoup producer or consumer, a sender or a receiver. */
type StatsSource = { getStats: () => Promise<RTCStatsReport> };

export type QualityMeterOptions = {
  senders: () => StatsSource[];
  /** Voices only: hold music says nothing about a talk. */
  receivers: () => StatsSource[];
  onSample: (sample: QualitySample, mos: number) => void;
  everyMs?: number;
};

type Stat = Record<string, unknown> & { type: string };
const numberOr = <T>(value: unknown, other: T): number | T => (typeof value === 'number' ? value : other);

/** Adds up what the reports say. Pure: a report is any iterable of stats. */
export function readCounters(reports: Iterable<Iterable<Stat>>): Counters {
  const counters: Counters = { received: 0, lost: 0, jitterMs: null, rttMs: null };
  let pairRttMs: number | null = null;
  for (const report of reports) {
    for (const stat of report) {
      if (stat.type === 'inbound-rtp') {
        counters.received += numberOr(stat.packetsReceived, 0);
        counters.lost += numberOr(stat.packetsLost, 0);
        counters.jitterMs = Math.max(counters.jitterMs ?? 0, numberOr(stat.jitter, 0) * 1000);
      } else if (stat.type === 'remote-inbound-rtp') {
        const rtt = numberOr(stat.roundTripTime, null);
        if (rtt !== null) counters.rttMs = Math.max(counters.rttMs ?? 0, rtt * 1000);
      } else if (stat.type === 'candidate-pair' && stat.nominated) {
        const rtt = numberOr(stat.currentRoundTripTime, null);
        if (rtt !== null) pairRttMs = Math.max(pairRttMs ?? 0, rtt * 1000);
      }
    }
  }
  counters.rttMs ??= pairRttMs;
  return counters;
}

/** What happened between two readings, or `null` when nothing was received and so nothing is known. */
export function sampleBetween(before: Counters, now: Counters): QualitySample | null {
  const received = now.received - before.received;
  const lost = Math.max(0, now.lost - before.lost);
  if (received < 0 || received + lost === 0 || now.jitterMs === null) return null;
  return {
    rttMs: now.rttMs ?? 0,
    jitterMs: now.jitterMs,
    lossPercent: (100 * lost) / (received + lost),
  };
}

/** Measures a leg every few seconds. */
export class QualityMeter {
  readonly #options: QualityMeterOptions;
  #timer: ReturnType<typeof setInterval> | undefined;
  #before: Counters | undefined;

  constructor(options: QualityMeterOptions) {
    this.#options = options;
  }

  start(): void {
    this.stop();
    this.#timer = setInterval(() => void this.#measure(), this.#options.everyMs ?? 5_000);
  }

  /** May be called twice. */
  stop(): void {
    clearInterval(this.#timer);
    this.#before = undefined;
  }

  async #measure(): Promise<void> {
    const receivers = this.#options.receivers();
    if (receivers.length === 0) {
      this.#before = undefined;
      return;
    }
    try {
      const sources = [...this.#options.senders(), ...receivers];
      const reports = await Promise.all(sources.map(source => source.getStats()));
      const now = readCounters(reports.map(report => (report as unknown as Map<string, Stat>).values()));
      const sample = this.#before && sampleBetween(this.#before, now);
      this.#before = now;
      if (sample) this.#options.onSample(sample, meanOpinionScore(sample));
    } catch {
      // The leg closed while it was being measured.
      this.#before = undefined;
    }
  }
}
