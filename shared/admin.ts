/** What the admin area is told over HTTP, whole. Times are ms UTC. */
import type { CallContext } from './call-context.ts';
import type { CallbackKind, CallState, EndReason } from './domain.ts';
import type { CallId, QueueId, RepId, SiteId, SoundId } from './ids.ts';
import type { Membership, QueueSettings, SiteSettings } from './settings.ts';

export type QueueSheet = {
  id: QueueId;
  siteId: SiteId;
  name: string;
  siteName: string;
  settings: QueueSettings;
  members: Membership[];
};

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

export type CallSummary = {
  callId: CallId;
  siteId: SiteId;
  queueName: string;
  state: CallState;
  startedAt: number;
  /** Until the answer, or the end; null while it lasts. */
  waitedMs: number | null;
  talkedMs: number | null;
  repName: string | null;
  endReason: EndReason | null;
  callback: CallbackKind | null;
  context: CallContext;
  note: string;
};

/** One step in a call's life, in the order in which they happened. */
export type CallStep = {
  seq: number;
  at: number;
  type: string;
  repId: RepId | null;
  repName: string | null;
  data: Record<string, unknown>;
};
export type CallStory = CallSummary & { steps: CallStep[] };
