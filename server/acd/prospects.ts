/**
 * What may be hoped for where not everybody may take every call: who may take it now, and who once it has waited longer. Pure,
 * and by the matcher's own rule (`mayTake`).
 */
import type { WaitEstimate } from '../../shared/views.ts';
import { type CallStatistics, estimateWait } from './estimate.ts';
import { type Asking, type Knowing, mayTake, type Relaxing, relaxedAfter } from './skills.ts';

/** A rep on duty in the queue. `share`: 1/n for one who serves n queues. */
export type OnDuty = Knowing & { free: boolean; share: number };

/** From that wait on, so many of those on duty may take a call. */
export type Stage = { afterMs: number; free: number; share: number };

/** Each time the wait lets in more. Empty when nobody on duty will ever do. */
export function stagesOf(asking: Asking, queue: Relaxing, reps: readonly OnDuty[]): Stage[] {
  const stages: Stage[] = [];
  const asked = { needs: asking.needs.length > 0, language: asking.language !== null };
  let fitting = 0;
  for (const afterMs of [0, ...relaxedAfter(asked, queue)]) {
    const able = reps.filter(rep => mayTake(rep, asking, queue, afterMs));
    if (able.length === fitting) continue;
    fitting = able.length;
    const share = able.reduce((sum, rep) => sum + rep.share, 0);
    stages.push({ afterMs, free: able.filter(rep => rep.free).length, share });
  }
  return stages;
}

export type ProspectInput = {
  /** Calls in front of this one, whatever they ask for. */
  ahead: number;
  /** As many of those as ring, this one included. */
  ringing: number;
  waitedMs: number;
  /** Until then it is kept for one rep, ms from now; 0 for a call that is not. */
  keptMs: number;
  stages: readonly Stage[];
  statistics: CallStatistics | null;
};

/**
 * The shortest that holds of all stages. Each alone is a bound: once the call has waited for long enough, it gets one of those
 * reps at the latest when they have served everybody in front, and nobody from behind gets one before. Who is free is counted
 * on for a stage that has begun only: until a later one begins somebody else may have them. All in front count, also who
 * waits for another language: they may take anybody before this call is answered. Null where `estimateWait` has none, and
 * where nobody on duty will ever do.
 */
export function estimateProspect({ keptMs, ...input }: ProspectInput): WaitEstimate | null {
  // Whom it is kept for may have time for it at once, or not before that is over.
  const soonest = boundAfter(input, 0);
  const latest = keptMs > 0 ? boundAfter(input, keptMs) : soonest;
  return soonest && latest && { fromMs: soonest.fromMs, toMs: latest.toMs };
}

function boundAfter(
  { ahead, ringing, waitedMs, stages, statistics }: Omit<ProspectInput, 'keptMs'>,
  keptMs: number,
): WaitEstimate | null {
  const bounds = stages.flatMap(({ afterMs, free, share }) => {
    const notBeforeMs = Math.max(keptMs, afterMs - waitedMs);
    const idleReps = ringing + (notBeforeMs === 0 ? free : 0);
    return estimateWait({ ahead, idleReps, staffedReps: share, statistics, notBeforeMs }) ?? [];
  });
  if (bounds.length === 0) return null;
  return {
    fromMs: Math.min(...bounds.map(bound => bound.fromMs)),
    toMs: Math.min(...bounds.map(bound => bound.toMs)),
  };
}

/** A call that could be offered now, and for how long it has waited. */
export type Rival = Asking & { waitedMs: number };

/**
 * Whether a call that came now would ring at once: more are free who may take it than are wanted by those who wait. Who waits
 * while somebody free may take them has been declined by them a moment ago.
 */
export function ringsAtOnce(
  asking: Asking,
  queue: Relaxing,
  reps: readonly OnDuty[],
  waiting: readonly Rival[],
): boolean {
  const fitting = reps.filter(rep => rep.free && mayTake(rep, asking, queue, 0));
  const rivals = waiting.filter(call => fitting.some(rep => mayTake(rep, call, queue, call.waitedMs)));
  return fitting.length > rivals.length;
}
