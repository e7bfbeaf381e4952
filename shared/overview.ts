/** What a rep's desk shows while nothing rings: the day, the calls just over, the team. Times are ms UTC. */
import type { CallSummary } from './admin.ts';
import type { RepStatus, RepWorkState } from './domain.ts';
import type { RepId } from './ids.ts';

/** Of calls that began today and are over. Means are null where there was nothing to take one of. */
export type DayFigures = {
  answered: number;
  /** Over without anybody having talked to the shopper. */
  missed: number;
  /** In line, of the answered ones. */
  meanWaitMs: number | null;
  meanTalkMs: number | null;
};

export type Colleague = {
  id: RepId;
  name: string;
  /** Available means connected, with a microphone; `work` then says whether for a call. */
  status: RepStatus;
  statusNote: string;
  statusSince: number;
  work: RepWorkState;
};

/** What was noted after the talk is for those who may read the history. */
export type RecentCall = Omit<CallSummary, 'note'>;

export type Overview = {
  serverTime: number;
  today: DayFigures;
  /** The last ones that are over, the newest first. */
  recent: RecentCall[];
  /** Those who serve the same queues, the reader left out: who can take a call first. `more` others are not listed. */
  team: { colleagues: Colleague[]; more: number };
};
