/**
 * What may be hoped for where not everybody may take every call: who may take it now, and who once it has waited longer. Pure,
 * and by the matcher's own rule (`mayTake`).
 */
import type { WaitEstimate } from '../../shared/views.ts';
import { type CallStatistics, earliest, latest, timeOf } from './estimate.ts';
import type { MatchQueue } from './match-state.ts';
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

/** Which calls in front are certain to be taken before this one, and who on duty may take any of them or it, sooner or later. */
export type Before = {
  /** Of each that is asked for in the line; null for all of them. */
  certain: readonly boolean[] | null;
  free: number;
  share: number;
};

/**
 * Certain is who may at any time be taken by everybody who may take this call. That is said of calls of the same priority:
 * they have waited for longer, and so are asked for no more.
 */
export function beforeOf(
  asking: Asking,
  line: readonly Asking[],
  queue: Relaxing,
  reps: readonly OnDuty[],
): Before {
  const times = [0, ...relaxedAfter({ needs: true, language: true }, queue)];
  const certain = line.map(other =>
    times.every(ms => reps.every(rep => mayTake(rep, other, queue, ms) || !mayTake(rep, asking, queue, ms))),
  );
  const asked = [asking, ...line.filter((_, index) => certain[index])];
  const able = reps.filter(rep => asked.some(one => mayTake(rep, one, queue, Infinity)));
  const share = able.reduce((sum, rep) => sum + rep.share, 0);
  return { certain, free: able.filter(rep => rep.free).length, share };
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
  /** `calls`: as many as are certain to be taken before this one. */
  before: { calls: number; free: number; share: number };
  statistics: CallStatistics | null;
};

/**
 * A range that holds at least 80 of 100 waits, between two bounds that are sure in the order of chances (M/M/s):
 * - Not longer than each stage says. Once the call has waited for long enough, each of those reps who becomes free takes it or
 *   somebody in front, never one from behind; and since talks have no memory, one who is busy then is so for as long again as
 *   one who has just begun. So what remains from then on is at most the sum of `ahead + 1` times between two who become free,
 *   whoever was served until then. The shortest of the stages is told. Who is free now is counted on for a stage that has begun
 *   only: until a later one begins somebody else may have them. All in front count, also who waits for another language: they
 *   may take anybody before this call is answered.
 * - Not shorter than it takes until those who are certain to go first, and then this one, are taken by all the reps who may take
 *   any of them; and not before anybody may take it.
 *
 * Null without figures, and where nobody on duty will ever do.
 */
export function estimateProspect({
  ahead,
  ringing,
  waitedMs,
  keptMs,
  stages,
  before,
  statistics,
}: ProspectInput): WaitEstimate | null {
  const first = stages[0];
  if (!statistics || !first) return null;
  const surely = timeOf(before.calls + 1 - ringing - before.free, before.share, statistics);
  const fromMs = Math.max(earliest(surely), wholeMinutes(first.afterMs - waitedMs));
  const bounds = stages.map(({ afterMs, free, share }) => {
    // Whom it is kept for may have time for it at once; others not before that is over.
    const notBeforeMs = Math.max(keptMs, afterMs - waitedMs, 0);
    const idleReps = ringing + (notBeforeMs === 0 ? free : 0);
    return latest(timeOf(ahead + 1 - idleReps, share, statistics), fromMs, notBeforeMs);
  });
  return { fromMs, toMs: Math.min(...bounds) };
}

/** Of a time that is still to come. */
const wholeMinutes = (ms: number) => Math.max(0, Math.floor(ms / 60_000) * 60_000);

/** A call that could be offered now, and for how long it has waited. */
export type Rival = Asking & { waitedMs: number };

/**
 * Whether a call that came now would ring at once: more are free who may take it than are wanted by those who wait. Who waits
 * while somebody free may take them has been declined by them a moment ago. `ring-all` has such a call ring at all of them.
 */
export function ringsAtOnce(
  asking: Asking,
  queue: Relaxing & Pick<MatchQueue, 'strategy'>,
  reps: readonly OnDuty[],
  waiting: readonly Rival[],
): boolean {
  const fitting = reps.filter(rep => rep.free && mayTake(rep, asking, queue, 0));
  const wanted = (rep: OnDuty) => waiting.some(call => mayTake(rep, call, queue, call.waitedMs));
  if (queue.strategy === 'ring-all') return fitting.some(rep => !wanted(rep));
  const rivals = waiting.filter(call => fitting.some(rep => mayTake(rep, call, queue, call.waitedMs)));
  return fitting.length > rivals.length;
}
