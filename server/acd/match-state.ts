/** What the matcher is given: as much of calls, reps and queues as decides who is offered which call. */
import type { Strategy } from '../../shared/domain.ts';
import type { CallId, QueueId, RepId } from '../../shared/ids.ts';

/** A call that waits and may be offered. */
export type WaitingCall = {
  callId: CallId;
  queueId: QueueId;
  /** Higher goes first. */
  priority: number;
  /** Original start of the wait, ms; equal priorities are served in this order. */
  queuedAt: number;
  /** Reps who declined this call so lately that asking again would only annoy. */
  notNow: ReadonlySet<RepId>;
};

/** A rep who is free: available, connected, with a microphone, no call, no offer, no wrap-up. */
export type IdleRep = {
  repId: RepId;
  /** When the rep last became free, ms. */
  idleSince: number;
  /** Queues served; a lower tier number is tried first. */
  tiers: ReadonlyMap<QueueId, number>;
};

export type MatchQueue = { queueId: QueueId; strategy: Strategy; offerMs: number };

export type MatchState = {
  calls: readonly WaitingCall[];
  reps: readonly IdleRep[];
  queues: ReadonlyMap<QueueId, MatchQueue>;
};
