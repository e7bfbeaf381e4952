/** What the measured lines mean for one machine: how many calls it carries, and what it runs out of first. Pure. */
import { type GrowthLine, type GrowthPoint, valueAt } from './growth.ts';
import type { Machine } from './report.ts';

/** A core is used up to this share in life: beyond it what comes in bursts waits. */
const mostOfACore = 0.8;
/** Left to the operating system and to what lies beside the server, share of memory. */
const mostOfMemory = 0.8;
/** Of a usual talk, seconds; so often each call is begun, answered and ended. */
const talkSeconds = 240;
/** What a call's answer and its end cost beside its start and ringing: as much again, by the statements that each takes. */
const actsPerCall = 2;
/** Sizes looked at: far beyond what one machine carries. */
const furthest = 100_000;

export type Limit = { calls: number; why: string };
export type Capacity = { limits: readonly Limit[]; first: Limit };

type Lines = {
  calls: Record<'worker' | 'node' | 'memory', GrowthLine>;
  reps: Record<'start', GrowthLine>;
};

/** One worker for each core but the one of the Node process; at least one. */
export const mediaCores = ({ cores }: Pick<Machine, 'cores'>) => Math.max(1, cores - 1);

export function capacity(machine: Pick<Machine, 'cores' | 'memoryGiB'>, { calls, reps }: Lines): Capacity {
  const media = mediaCores(machine);
  const perWorker = largest(size => valueAt(calls.worker.points, size) / 100 <= mostOfACore);
  const signaling = largest(
    size => valueAt(calls.node.points, size) / 100 + shareOfActs(reps.start.points, size) <= mostOfACore,
  );
  const memory = largest(
    size => valueAt(calls.memory.points, size) / 1024 <= mostOfMemory * machine.memoryGiB,
  );
  const limits: Limit[] = [
    {
      calls: perWorker * media,
      why: `the media ${media === 1 ? 'worker has its core' : `workers have their ${media} cores`} in use`,
    },
    { calls: signaling, why: 'the Node process has its core in use' },
    { calls: memory, why: 'the memory is full' },
  ];
  return { limits, first: limits.reduce((least, one) => (one.calls < least.calls ? one : least)) };
}

/** Share of a core for beginning and ending so many calls over and over, with a rep on duty for each. */
const shareOfActs = (start: readonly GrowthPoint[], calls: number) =>
  ((calls / talkSeconds) * actsPerCall * valueAt(start, calls)) / 1_000;

/** The largest size that fits, found by halves: costs grow with size. */
function largest(fits: (size: number) => boolean): number {
  let [low, high] = [0, furthest];
  if (fits(high)) return high;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}

export const assumptions = `A core is used up to ${100 * mostOfACore} %, memory up to ${100 * mostOfMemory} %; a talk lasts ${talkSeconds / 60} minutes and there is a rep on duty for each; its answer and its end together cost as much as its start and ringing. Beyond the sizes that were measured, costs go on as they grew up to there.`;
