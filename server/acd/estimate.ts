/** How long a shopper will probably wait, told as an honest range or not at all. */
import type { WaitEstimate } from '../../shared/views.ts';

/** A call that is over: what it says of the time that calls take, and of the patience of people. */
export type PastCall = {
  /** From the start of the wait to the answer or the end, ms. */
  waitedMs: number;
  /** Talk plus wrap-up, ms; null when nobody answered. */
  handledMs: number | null;
  /** The shopper left before anybody answered. */
  gaveUp: boolean;
};

/** What recent calls say, as of when a call came; kept with the call, so that only the line itself moves its estimate. */
export type CallStatistics = {
  /** Mean of talk plus wrap-up, ms. */
  handleMs: number;
  /** Of so many calls. */
  samples: number;
  /** How often a waiting shopper gives up, per ms. */
  giveUpRate: number;
};

/** Fewer answered calls than this say nothing. */
export const fewestSamples = 5;

/**
 * Null while data is thin. The rate of giving up is what fits exponential patience best: those who gave up, by the
 * time that all of them waited.
 */
export function callStatistics(recent: readonly PastCall[]): CallStatistics | null {
  let samples = 0;
  let handledMs = 0;
  let waitedMs = 0;
  let gaveUp = 0;
  for (const call of recent) {
    waitedMs += call.waitedMs;
    if (call.gaveUp) gaveUp++;
    if (call.handledMs === null) continue;
    samples++;
    handledMs += call.handledMs;
  }
  if (samples < fewestSamples) return null;
  return { handleMs: handledMs / samples, samples, giveUpRate: waitedMs > 0 ? gaveUp / waitedMs : 0 };
}

export type EstimateInput = {
  /** Calls in front of this one. */
  ahead: number;
  /** Reps who could take a call this moment. */
  idleReps: number;
  /** Reps on duty for the queue, busy ones included; one who serves n queues counts 1/n. */
  staffedReps: number;
  statistics: CallStatistics | null;
};

/** A time that is not known: its mean and standard deviation, ms. */
export type Spread = { meanMs: number; deviationMs: number };

const minute = 60_000;
/** A normal variable is less than so many deviations above its mean in 90 of 100 cases, and in 85. */
const [nineTenths, mostly] = [1.28, 1.04];

/**
 * The time until so many calls were taken. With all reps busy one is taken at the rate of `reps / mean handle time`, and
 * faster while people ahead give up, each at their own rate (Whitt's estimator for M/M/s with impatience; without it, the
 * usual turns x mean handle time / reps). The mean handle time is uncertain by itself, and so adds to the deviation.
 */
export function timeOf(
  turns: number,
  reps: number,
  { handleMs, samples, giveUpRate }: CallStatistics,
): Spread {
  let meanMs = 0;
  let variance = 0;
  for (let inFront = 0; inFront < turns; inFront++) {
    const step = 1 / (reps / handleMs + inFront * giveUpRate);
    meanMs += step;
    variance += step * step;
  }
  return { meanMs, deviationMs: Math.sqrt(variance + (meanMs * meanMs) / samples) };
}

/** At most 10 of 100 are shorter. A sum of exponential times is less often so far below its mean than a normal variable. */
export const earliest = ({ meanMs, deviationMs }: Spread): number =>
  Math.floor(Math.max(0, meanMs - nineTenths * deviationMs) / minute) * minute;

/**
 * In whole minutes, such that at least 80 of 100 are in the range: at most 10 are longer, or 15 where the range begins at
 * nothing, so that none is shorter. A sum of exponential times is told by the gamma distribution of the same mean and
 * deviation, its quantile by Wilson and Hilferty (1931), and rounded up: down it would be a promise that is broken more often.
 *
 * @param notBeforeMs what goes by before that time begins
 */
export function latest(spread: Spread, fromMs: number, notBeforeMs = 0): number {
  const { meanMs, deviationMs } = spread;
  const usual = Math.round((notBeforeMs + meanMs + nineTenthsAbove(spread)) / minute + 0.25);
  const longest = notBeforeMs + gammaQuantile(meanMs, deviationMs, fromMs > 0 ? nineTenths : mostly);
  return Math.max(1, usual, Math.ceil(longest / minute)) * minute;
}

/** As far above the mean as `earliest` is below it, so that the middle of the range stays near the mean. */
const nineTenthsAbove = ({ meanMs, deviationMs }: Spread) => Math.min(meanMs, nineTenths * deviationMs);

function gammaQuantile(meanMs: number, deviationMs: number, deviations: number): number {
  if (meanMs === 0) return 0;
  const relative = deviationMs / (3 * meanMs);
  return meanMs * (1 - relative ** 2 + deviations * relative) ** 3;
}

/**
 * Of a call that anybody may take, as may all in front. With (ahead + 1 - idle) turns still to come. `null` without
 * figures or with nobody on duty.
 */
export function estimateWait({
  ahead,
  idleReps,
  staffedReps,
  statistics,
}: EstimateInput): WaitEstimate | null {
  if (!statistics || staffedReps <= 0) return null;
  const spread = timeOf(ahead + 1 - idleReps, staffedReps, statistics);
  const fromMs = earliest(spread);
  return { fromMs, toMs: latest(spread, fromMs) };
}
