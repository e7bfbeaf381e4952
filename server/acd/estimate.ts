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
  /** Nobody may take it sooner, ms from now; left out for a call that anybody may take. */
  notBeforeMs?: number;
};

/** A normal variable is within so many standard deviations of its mean in 80 of 100 cases; rounding adds some. */
const deviations = 1.28;
const minute = 60_000;

/**
 * The wait is the sum of the times until the line moves on. With all reps busy that happens at the rate of `staffed
 * reps / mean handle time`, and faster while people ahead give up, each at their own rate (Whitt's estimator for
 * M/M/s with impatience; without it, the usual (ahead + 1 - idle reps) x mean handle time / staffed reps). Told is the
 * mean, give or take its deviation and the uncertainty of the mean handle time, in whole minutes. `null` without figures or with nobody on duty.
 */
export function estimateWait({
  ahead,
  idleReps,
  staffedReps,
  statistics,
  notBeforeMs = 0,
}: EstimateInput): WaitEstimate | null {
  if (!statistics || staffedReps <= 0) return null;
  const turns = Math.max(0, ahead + 1 - idleReps);
  let mean = 0;
  let variance = 0;
  for (let inFront = 0; inFront < turns; inFront++) {
    const step = 1 / (staffedReps / statistics.handleMs + inFront * statistics.giveUpRate);
    mean += step;
    variance += step * step;
  }
  variance += (mean * mean) / statistics.samples;
  const give = Math.min(mean, deviations * Math.sqrt(variance));
  const fromMs = Math.floor((notBeforeMs + mean - give) / minute) * minute;
  // The earlier figure is rounded down, the later one a little up, so that their middle stays near the mean.
  const toMs = Math.max(minute, Math.round((notBeforeMs + mean + give) / minute + 0.25) * minute);
  return { fromMs, toMs };
}
