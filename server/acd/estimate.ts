/** How long a shopper will probably wait, told as an honest range or not at all. */
import type { WaitEstimate } from '../../shared/views.ts';

export type EstimateInput = {
  /** Calls in front of this one. */
  ahead: number;
  /** Reps who could take a call this moment. */
  idleReps: number;
  /** Reps on duty for the queue, busy ones included; one who serves n queues counts 1/n. */
  staffedReps: number;
  /** Talk plus wrap-up of recent calls, ms each. */
  handleTimes: readonly number[];
};

/** Fewer recent calls than this say nothing. */
export const fewestSamples = 5;

/** The range told, as factors of the expectation; rounded outwards to whole minutes. */
const spread = { below: 0.7, above: 1.4 };
const minute = 60_000;

/**
 * Expected wait = (ahead + 1 - idle reps, not below 0) x mean handle time / staffed reps, the usual M/M/c
 * approximation. `null` while there are fewer than `fewestSamples` samples, or nobody on duty.
 */
export function estimateWait(input: EstimateInput): WaitEstimate | null {
  if (input.handleTimes.length < fewestSamples || input.staffedReps <= 0) return null;
  const mean = input.handleTimes.reduce((sum, ms) => sum + ms, 0) / input.handleTimes.length;
  const turns = Math.max(0, input.ahead + 1 - input.idleReps);
  const expected = (turns * mean) / input.staffedReps;
  return {
    fromMs: Math.floor((expected * spread.below) / minute) * minute,
    toMs: Math.max(minute, Math.ceil((expected * spread.above) / minute) * minute),
  };
}
