/** What the matcher is given: as much of calls, reps and queues as decides who is offered which call. */
import type { Strategy } from '../../shared/domain.ts';
import type { Language } from '../../shared/i18n/languages.ts';
import type { CallId, QueueId, RepId } from '../../shared/ids.ts';
import type { QueueSettings, SkillNeed } from '../../shared/settings.ts';

/** A call that may be offered: it waits, or (only `ring-all`) rings already and may ring at more reps. */
export type WaitingCall = {
  callId: CallId;
  queueId: QueueId;
  /** Higher goes first. */
  priority: number;
  /** Original start of the wait, ms; equal priorities are served in this order. Also the clock of what is relaxed. */
  queuedAt: number;
  /** What a rep must know, before anything is relaxed. */
  needs: readonly SkillNeed[];
  /** To be spoken by the rep, where the queue prefers that; null where it does not matter. */
  language: Language | null;
  /** The only rep who may be asked, while the call is kept for the one who spoke to this shopper last. */
  reservedFor: RepId | null;
  /** Reps who declined this call so lately that asking again would only annoy. */
  notNow: ReadonlySet<RepId>;
  /** Headsets that ring for it already; empty for a call that waits. */
  ringingAt: ReadonlySet<RepId>;
};

/** A rep in a queue, and what the rep did there today. */
export type IdleMembership = {
  tier: number;
  position: number;
  penalty: number;
  /** Calls answered in this queue today. */
  calls: number;
  /** Time talked in this queue today, ms. */
  talkMs: number;
  /** In which the rep takes calls there. */
  languages: ReadonlySet<Language>;
};

/** A rep who is free: available, connected, with a microphone, no call, no offer, no wrap-up. */
export type IdleRep = {
  repId: RepId;
  /** When the rep last became free, ms. */
  idleSince: number;
  memberships: ReadonlyMap<QueueId, IdleMembership>;
  /** Skill -> level, 1 to 5. */
  skills: ReadonlyMap<string, number>;
};

export type MatchQueue = {
  queueId: QueueId;
  strategy: Strategy;
  offerMs: number;
  skillRings: QueueSettings['skillRings'];
  /** For how long only reps who speak the shopper's language are asked. */
  preferLanguageMs: number;
  /** What is spoken by those on duty, free or busy. A language that nobody speaks is not waited for. */
  spoken: ReadonlySet<Language>;
  /** Whom `round-robin` rang last. */
  lastRung: { repId: RepId; position: number } | null;
};

export type MatchState = {
  calls: readonly WaitingCall[];
  reps: readonly IdleRep[];
  queues: ReadonlyMap<QueueId, MatchQueue>;
};
