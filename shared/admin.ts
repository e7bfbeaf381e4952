/** What the admin area is told over HTTP, whole. Times are ms UTC. */
import type { CallContext } from './call-context.ts';
import type { Availability, BlockWay, CallbackKind, CallState, EndReason, PartyKind } from './domain.ts';
import type { BlockId, CallId, QueueId, RepId, SiteId, SoundId } from './ids.ts';
import type { Membership, QueueSettings, SiteSettings } from './settings.ts';
import type { CallCard } from './views.ts';

export type QueueSheet = {
  id: QueueId;
  siteId: SiteId;
  name: string;
  siteName: string;
  settings: QueueSettings;
  members: Membership[];
};

/** With what a shopper's click would get now. */
export type ListedQueue = QueueSheet & { availability: Availability };

export type SiteSheet = SiteSettings & {
  id: SiteId;
  /** What the element carries in its `site` attribute. */
  key: string;
  name: string;
  allowedOrigins: string[];
};

/** A piece of hold music or a recorded announcement. */
export type Sound = {
  id: SoundId;
  siteId: SiteId;
  name: string;
  /** `progress`: 0..1. `problem`: what is wrong with the file and what to do, in words. */
  state:
    | { is: 'converting'; progress: number }
    | { is: 'ready'; ms: number }
    | { is: 'failed'; problem: string };
  uploadedAt: number;
  /** Where a browser may play it once it is ready, an absolute path on the voice server. */
  url: string;
};

/** `calling-back`: a rep tries to reach the shopper. */
export const stretchKinds = ['waiting', 'ringing', 'calling-back', 'talking'] as const;
export type StretchKind = (typeof stretchKinds)[number];

/** A time in a call's life in which one thing went on. */
export type CallStretch = {
  is: StretchKind;
  from: number;
  to: number;
  queueName: string | null;
  /** Who was rung, tried to reach the shopper, or talked. */
  repNames: string[];
};

export type CallSummary = {
  callId: CallId;
  siteId: SiteId;
  /** Where it was last. */
  queueName: string;
  state: CallState;
  startedAt: number;
  endedAt: number | null;
  /** In line, ringing included; with `talkedMs` it is the whole call, up to now for one that lasts. */
  waitedMs: number;
  /** As much of `waitedMs` as a rep was rung or the shopper was being called back. */
  rangMs: number;
  /** With reps, all of them; null for a call that nobody answered. */
  talkedMs: number | null;
  /** Whom the shopper talked to, the first one first. */
  repNames: string[];
  /** The shopper was in a talk when it ended, or is now; not so who was sent on and then left. */
  inTalk: boolean;
  endReason: EndReason | null;
  callback: CallbackKind | null;
  /** The number that was left for a callback. */
  phone: string | null;
  context: CallContext;
  /** As on the card that the rep saw. */
  cart: CallCard['cart'];
  lastCall: CallCard['lastCall'];
  note: string;
};

/** A page of calls, the newest first. `next`: where the following page begins; null when there is none. */
export type CallPage = { calls: CallSummary[]; next: { startedAt: number; callId: CallId } | null };

/** What calls a list shows. `outcome`: of a call that is over. */
export const callOutcomes = ['answered', 'unanswered', 'left-after-talk'] as const;
export type CallOutcome = (typeof callOutcomes)[number];

/** A page that asked for the button of a shop without standing on its list. */
export type RefusedOrigin = { origin: string; count: number; firstAt: number; lastAt: number };

/** Why a click led to no call. */
export const unmetReasons = ['closed', 'no-rep', 'full', 'too-many'] as const;
export type UnmetReason = (typeof unmetReasons)[number];
/** Such clicks of one hour. */
export type UnmetHour = {
  queueId: QueueId;
  queueName: string;
  /** When the hour began. */
  hour: number;
  reason: UnmetReason;
  count: number;
};

/** What an owner's page says about reachability is told from. Times are ms UTC. */
export type ReachReport = {
  publicUrl: string | null;
  ports: { http: number; https: number };
  /** First and last one that sound comes and goes by, UDP and TCP. */
  mediaPorts: { first: number; last: number };
  /** Addresses of this machine in its own network, with https. */
  network: string[];
  /** The server's own, which a web server in front of it may replace. */
  certificate: { selfSigned: boolean; names: string[]; from: number; until: number };
  notReady: { part: string; message: string }[];
  queues: {
    id: QueueId;
    name: string;
    siteName: string;
    availability: Availability;
    opensAt: number | null;
  }[];
  serverTime: number;
};

/** What a page of the shop said. `movedTo`: where a redirect leads. */
export type PageReport = {
  status: number;
  movedTo: string | null;
  microphone: 'allowed' | 'blocked';
  hasButton: boolean;
  hasScript: boolean;
};

/** One step in a call's life, in the order in which they happened. */
export type CallStep = {
  /** 1, 2, 3 within the call. */
  seq: number;
  at: number;
  type: string;
  repId: RepId | null;
  repName: string | null;
  data: Record<string, unknown>;
};
/** What one side measured around that time; `mos` is the worst of it, the others are means. */
export type QualityPoint = { at: number; mos: number; rttMs: number; jitterMs: number; lossPercent: number };
/** What a participant measured: how well they could hear. */
export type CallQuality = { kind: PartyKind; repName: string | null; points: QualityPoint[] };
/** `stretches`: the whole call without gaps; their sums are the summary's times. */
export type CallStory = CallSummary & {
  steps: CallStep[];
  stretches: CallStretch[];
  /** From where the call came can be blocked still. */
  networkKnown: boolean;
  /** Of each who measured anything, the first to join first. */
  quality: CallQuality[];
};

/** A caller of whom a shop takes no calls. */
export type Block = {
  id: BlockId;
  siteId: SiteId;
  siteName: string;
  /** Number or name; empty for neither. */
  label: string;
  by: BlockWay[];
  reason: string;
  /** Who blocked them. */
  repName: string;
  createdAt: number;
  /** Null for good. */
  expiresAt: number | null;
};

/** Something about how the server is run that its owner should know, until it is mended. */
export type ServerNotice =
  /** `percent` of the requests bear X-Forwarded-For while TRUST_PROXY is off. `certain`: those of signed-in people do. */
  | { code: 'proxy-not-trusted'; params: { percent: number; certain: boolean } }
  /** TRUST_PROXY is on, and only `percent` of the requests bear X-Forwarded-For. */
  | { code: 'proxy-missing'; params: { percent: number } };
