/**
 * What each person may see, whole, every time (design rule 2). Times are integer milliseconds UTC
 * unless a name says otherwise; the browser corrects its clock by `serverTime`.
 */

import type { CallContext } from './call-context.ts';
import type {
  Availability,
  CallbackKind,
  ClipSlot,
  EndReason,
  MicrophoneState,
  RepStatus,
  Setback,
  StatusReason,
} from './domain.ts';
import type { CallId, OfferId, QueueId } from './ids.ts';
import type { Role } from './permissions.ts';

/** What a click would get. */
export type Reachability = {
  /** `unknown-queue`: the page names a queue that its site does not have. `store-down`: nobody can call for the moment. */
  availability: Availability | 'unknown-queue' | 'store-down';
  /** When a closed shop opens; null when it is open, or closed until further notice. */
  opensAt: number | null;
  /** A number may be left instead of a call. */
  takesNumber: boolean;
  /** `busy`: how many wait already, and how long one more would; null in any other state. */
  line: { waiting: number; estimate: WaitEstimate | null } | null;
  /** The shop's own words about it; empty for ours. */
  message: string;
};

/** How the one who waits is told where they stand, aloud. */
export type Announcements = {
  everyMs: number;
  /** The shop's own recordings: address of each. */
  clips: Partial<Record<ClipSlot, string>>;
};

/** A range, since a single figure would promise too much. */
export type WaitEstimate = { fromMs: number; toMs: number };

export type ShopperView =
  | ({ state: 'idle'; serverTime: number } & Reachability)
  | {
      state: 'waiting';
      serverTime: number;
      callId: CallId;
      queueName: string;
      since: number;
      /** 1 is next. */
      place: number;
      /** `null` while there is too little recent data to be honest. */
      estimate: WaitEstimate | null;
      /** A rep's headset is ringing for this call right now. */
      ringing: boolean;
      /** The rep's connection was lost and the call is back in its place. */
      returned: boolean;
      /** Why this may last; null where all goes its way. */
      setback: Setback | null;
      /** What the shopper may choose instead of waiting. */
      callback: Record<CallbackKind, boolean>;
      /** Null where nothing is announced. */
      announcements: Announcements | null;
      /** The shop's own words while waiting; empty for ours. */
      message: string;
    }
  /** Called back instead of waiting: the place is kept. */
  | {
      state: 'callback';
      serverTime: number;
      callId: CallId;
      queueName: string;
      since: number;
      place: number;
      estimate: WaitEstimate | null;
      kind: CallbackKind;
      /** The number that was left. */
      phone: string | null;
      /** A push reaches the shopper when the page is closed. */
      push: boolean;
      /** How often we tried to reach the shopper. */
      tries: number;
      /** Nothing is tried before then, ms UTC; null when the turn may come any time. */
      nextTryAt: number | null;
      expiresAt: number;
      /** When the closed queue opens, before which nobody calls; null when it is open, or closed until further notice. */
      opensAt: number | null;
      closed: boolean;
    }
  /** A rep is ready to talk: this page rings, or the telephone does. */
  | {
      state: 'calling-back';
      serverTime: number;
      callId: CallId;
      kind: CallbackKind;
      repName: string;
      /** The page rings until then; null for a telephone. */
      ringUntil: number | null;
    }
  | {
      state: 'talking';
      serverTime: number;
      callId: CallId;
      repName: string;
      since: number;
      muted: boolean;
      repMuted: boolean;
      /** What is the matter with the rep's microphone, if anything. */
      repMicrophone: MicrophoneState;
      /** The rep's connection is lost and may come back. */
      repLost: boolean;
    }
  | ({
      state: 'ended';
      serverTime: number;
      callId: CallId;
      reason: EndReason;
      /** Who answered, if anybody did. */
      repName: string | null;
      talkMs: number;
    } & Reachability);

/** What a rep sees of one call. */
export type CallCard = {
  callId: CallId;
  queueName: string;
  siteName: string;
  context: CallContext;
  /** What is in the cart: pieces, and money as the shop writes it. Null for nothing. */
  cart: { items: number; total: string | null } | null;
  /** The number that was left for a callback. */
  phone: string | null;
  /** The same tab's call before this one, and who spoke to them; null for nobody. */
  lastCall: { endedAt: number; repName: string | null } | null;
  /** When the shopper clicked. */
  since: number;
  /** The shopper is called back, on the page or on the telephone; null for somebody who waits. */
  callback: CallbackKind | null;
};

/** A call that rang and was not answered, and what became of it. */
export type MissedCall = {
  call: CallCard;
  at: number;
  became: { state: 'waiting' } | { state: 'answered'; repName: string } | { state: 'gone' };
};

/** What the rep is doing, as one state; `status` says what happens afterwards. */
export type RepWork =
  | { state: 'idle' }
  | { state: 'ringing'; offerId: OfferId; madeAt: number; dueAt: number; call: CallCard }
  /** The rep has taken a callback: the shopper's page rings, or the rep dials `phone` and says what came of it. */
  | {
      state: 'calling-back';
      call: CallCard;
      phone: string | null;
      /** The page rings until then. */
      ringUntil: number | null;
      tries: number;
    }
  | {
      state: 'talking';
      call: CallCard;
      answeredAt: number;
      muted: boolean;
      shopperMuted: boolean;
      shopperMicrophone: MicrophoneState;
      /** The shopper's connection is lost and may come back (parked). */
      shopperLost: boolean;
      /** MOS of each direction, `null` until measured. */
      quality: { shopper: number | null; rep: number | null };
      /** Other queues of the site, to which the talk may be sent on. */
      transferTo: { queueId: QueueId; name: string }[];
    }
  | { state: 'wrap-up'; call: CallCard; endedAt: number; reason: EndReason; dueAt: number };

export type RepView = {
  serverTime: number;
  /** The database is away: what stands here is old, and no calls can come until a view without this. */
  storeDown?: true;
  rep: { name: string; email: string; role: Role };
  status: RepStatus;
  statusReason: StatusReason;
  statusSince: number;
  /** Which of `awayReasons` the rep chose; empty for none. */
  statusNote: string;
  awayReasons: string[];
  declineReasons: string[];
  /** True when the rep's leg has a microphone: without it no call is offered. */
  mediaReady: boolean;
  work: RepWork;
  queues: {
    queueId: QueueId;
    name: string;
    /** What a shopper's click would get now. */
    availability: Availability;
    waiting: number;
    repsAvailable: number;
    repsBusy: number;
  }[];
  /**
   * The first of the line, in the order they will be answered. Of their contexts only page and name: the whole comes
   * with the ringing. `ringsAgainAt`: this rep declined it, and it rings there again then at the earliest.
   */
  waiting: (CallCard & { place: number; ringing: boolean; ringsAgainAt: number | null })[];
  waitingTotal: number;
  /** Missed and not seen yet. At most one: who misses a call is away, and who goes available has seen it. */
  missed: MissedCall | null;
  /**
   * Kept, but not in line at present: cut off, a callback whose page is closed, or one that is tried again at
   * `heldUntil`. The first by their wait, and how many there are.
   */
  absent: (CallCard & { heldUntil: number | null })[];
  absentTotal: number;
};
