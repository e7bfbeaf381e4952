/**
 * A queue with random arrivals, talk times and patience, decided by the real matcher and told by the real estimate, in
 * a time of its own: years in seconds.
 */
import { callStatistics, estimateWait, type PastCall } from '../../server/acd/estimate.ts';
import { match } from '../../server/acd/match.ts';
import type { IdleMembership, IdleRep, MatchQueue, WaitingCall } from '../../server/acd/match-state.ts';
import type { CallId, QueueId, RepId } from '../../shared/ids.ts';
import { draws } from './random.ts';

export type SimulationOptions = {
  reps: number;
  /** Mean times, ms; exponential. */
  betweenCallsMs: number;
  handleMs: number;
  /** Left out: nobody ever gives up. */
  patienceMs?: number;
  calls: number;
  seed: number;
  /** A call answered within this long counts for the service level, ms. */
  withinMs: number;
};

export type SimulationResult = {
  calls: number;
  /** Of all calls, whether answered or given up, ms. */
  meanWaitMs: number;
  /** Of all calls. */
  answeredWithin: number;
  gaveUp: number;
  estimate: {
    /** Callers who were shown one on joining and whose true wait is known. */
    shown: number;
    /** Middle of the ranges shown over the true waits, minus one. */
    bias: number;
    /** Share of true waits within the range shown. */
    coverage: number;
    /** By the expectation shown, whole minutes: how long those callers really waited. */
    calibration: { shownMinutes: number; calls: number; meanWaitMs: number }[];
  };
};

type Caller = {
  call: WaitingCall;
  arrivedAt: number;
  leavesAt: number;
  shown: { fromMs: number; toMs: number } | null;
  /** One in a hundred never gives up, so that the wait of somebody who would have is known. */
  patient: boolean;
};

const queueId = 'queue' as QueueId;
const member: IdleMembership = {
  tier: 1,
  position: 0,
  penalty: 0,
  calls: 0,
  talkMs: 0,
  languages: new Set(),
};
const memberships = new Map([[queueId, member]]);
const queue: MatchQueue = {
  queueId,
  strategy: 'longest-idle',
  offerMs: 20_000,
  skillRings: [],
  preferLanguageMs: 0,
  spoken: new Set(),
  lastRung: null,
};
const queues = new Map([[queueId, queue]]);
const none: ReadonlySet<RepId> = new Set();
const skills = new Map<string, number>();
/** As many as the server looks at. */
const recentCalls = 100;

export function simulate(options: SimulationOptions): SimulationResult {
  const { reps, betweenCallsMs, handleMs, patienceMs, calls, seed, withinMs } = options;
  const random = draws(seed);
  const exponential = (mean: number) => -mean * Math.log(1 - random());

  const idle = new Map<RepId, IdleRep>();
  for (let i = 0; i < reps; i++) {
    const repId = `rep-${i}` as RepId;
    idle.set(repId, { repId, idleSince: 0, memberships, skills });
  }
  const busy: { repId: RepId; until: number; past: PastCall }[] = [];
  const line: Caller[] = [];
  const recent: PastCall[] = [];
  const totals = { waitMs: 0, within: 0, gaveUp: 0, shown: 0, middleMs: 0, trueMs: 0, covered: 0 };
  const calibration = new Map<number, { calls: number; waitMs: number }>();
  let nextArrival = exponential(betweenCallsMs);
  let arrived = 0;
  let left = 0;

  // The oldest makes room; in which order they stand does not matter.
  let remembered = 0;
  const remember = (past: PastCall) => {
    recent[remembered++ % recentCalls] = past;
  };

  const note = (caller: Caller, waitedMs: number) => {
    totals.waitMs += waitedMs;
    left++;
    const { shown } = caller;
    if (!shown || (patienceMs !== undefined && !caller.patient)) return;
    const middle = (shown.fromMs + shown.toMs) / 2;
    totals.shown++;
    totals.middleMs += middle;
    totals.trueMs += waitedMs;
    if (waitedMs >= shown.fromMs && waitedMs <= shown.toMs) totals.covered++;
    const minutes = Math.round(middle / 60_000);
    const bucket = calibration.get(minutes) ?? { calls: 0, waitMs: 0 };
    bucket.calls++;
    bucket.waitMs += waitedMs;
    calibration.set(minutes, bucket);
  };

  const decide = (now: number) => {
    if (idle.size === 0 || line.length === 0) return;
    const heads = line.slice(0, idle.size);
    const state = { calls: heads.map(caller => caller.call), reps: [...idle.values()], queues };
    for (const { callId, repId } of match(state, now, random)) {
      const index = line.findIndex(caller => caller.call.callId === callId);
      const [caller] = line.splice(index, 1);
      if (!caller) throw new Error('offered a call that does not wait');
      const waitedMs = now - caller.arrivedAt;
      note(caller, waitedMs);
      if (waitedMs <= withinMs) totals.within++;
      idle.delete(repId);
      const handledMs = exponential(handleMs);
      busy.push({ repId, until: now + handledMs, past: { waitedMs, handledMs, gaveUp: false } });
    }
  };

  while (left < calls) {
    const leaving = soonest(line, caller => caller.leavesAt);
    const ending = soonest(busy, one => one.until);
    const at = Math.min(nextArrival, leaving?.at ?? Infinity, ending?.at ?? Infinity);
    if (at === ending?.at) {
      const [{ repId, past }] = busy.splice(ending.index, 1) as [(typeof busy)[number]];
      idle.set(repId, { repId, idleSince: at, memberships, skills });
      remember(past);
    } else if (at === leaving?.at) {
      const [caller] = line.splice(leaving.index, 1) as [Caller];
      totals.gaveUp++;
      note(caller, at - caller.arrivedAt);
      remember({ waitedMs: at - caller.arrivedAt, handledMs: null, gaveUp: true });
    } else {
      nextArrival = at + exponential(betweenCallsMs);
      const patient = patienceMs === undefined || random() < 0.01;
      const shown =
        idle.size > 0
          ? null
          : estimateWait({
              ahead: line.length,
              idleReps: 0,
              staffedReps: reps,
              statistics: callStatistics(recent),
            });
      line.push({
        arrivedAt: at,
        leavesAt: patient ? Infinity : at + exponential(patienceMs ?? Infinity),
        shown,
        patient,
        call: {
          callId: String(arrived++).padStart(9, '0') as CallId,
          queueId,
          priority: 0,
          queuedAt: at,
          needs: [],
          language: null,
          reservedFor: null,
          notNow: none,
          ringingAt: none,
        },
      });
    }
    decide(at);
  }
  return {
    calls: left,
    meanWaitMs: totals.waitMs / left,
    answeredWithin: totals.within / left,
    gaveUp: totals.gaveUp / left,
    estimate: {
      shown: totals.shown,
      bias: totals.middleMs / totals.trueMs - 1,
      coverage: totals.covered / totals.shown,
      calibration: [...calibration]
        .sort(([a], [b]) => a - b)
        .map(([shownMinutes, { calls, waitMs }]) => ({ shownMinutes, calls, meanWaitMs: waitMs / calls })),
    },
  };
}

function soonest<T>(list: readonly T[], at: (one: T) => number): { index: number; at: number } | undefined {
  let best: { index: number; at: number } | undefined;
  for (let index = 0; index < list.length; index++) {
    const time = at(list[index]!);
    if (time < (best?.at ?? Infinity)) best = { index, at: time };
  }
  return best;
}
