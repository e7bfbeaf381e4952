/**
 * The tables as TypeScript sees them. Times are integer milliseconds UTC, booleans are 0 or 1, JSON is
 * text: the same on SQLite and PostgreSQL. Every table that grows is keyed by site first (design section 8).
 */
import type { CallState, EndReason, RepStatus, StatusReason, Strategy } from '../../shared/domain.ts';
import type { CallId, OfferId, QueueId, RepId, ShopperId, SiteId } from '../../shared/ids.ts';

export type Flag = 0 | 1;

export type SiteRow = {
  id: SiteId;
  /** Public: what the element carries in its `site` attribute. */
  key: string;
  name: string;
  /** JSON array of origins that may embed the element. */
  allowed_origins: string;
  created_at: number;
};

export type QueueRow = {
  id: QueueId;
  site_id: SiteId;
  name: string;
  strategy: Strategy;
  max_length: number;
  max_wait_ms: number;
  offer_ms: number;
  wrap_up_ms: number;
  priority: number;
  /** Since when nobody on duty could take a call of this queue; null while somebody can. */
  no_rep_since: number | null;
  created_at: number;
};

export type RepRow = {
  id: RepId;
  email: string;
  name: string;
  password_hash: string;
  role: 'rep' | 'supervisor' | 'admin';
  status: RepStatus;
  status_reason: StatusReason;
  status_since: number;
  /** When the rep last became free to take a call; orders `longest-idle`. */
  idle_since: number;
  /** The signaling session that holds the rep now; null while not connected. */
  session_id: string | null;
  /** The rep's leg has a microphone. */
  media_ready: Flag;
  /** Connection lost while on a call: when the call goes back to its place. */
  lost_until: number | null;
  wrap_up_call_id: CallId | null;
  wrap_up_until: number | null;
  created_at: number;
};

export type QueueMemberRow = { site_id: SiteId; queue_id: QueueId; rep_id: RepId; tier: number };

export type CallRow = {
  id: CallId;
  site_id: SiteId;
  queue_id: QueueId;
  shopper_id: ShopperId;
  state: CallState;
  priority: number;
  /** JSON of `CallContext`. */
  context: string;
  /** The click. */
  started_at: number;
  /** Orders the line; kept through offers, lost reps and restarts. */
  queued_at: number;
  answered_at: number | null;
  ended_at: number | null;
  end_reason: EndReason | null;
  rep_id: RepId | null;
  /** The shopper's connection is lost (parked): when the call ends unless it comes back. */
  parked_until: number | null;
  /** When the call went back to its place because its rep was lost; null otherwise, and once answered again. */
  returned_at: number | null;
  shopper_muted: Flag;
  rep_muted: Flag;
  /** Last MOS each side measured. */
  shopper_mos: number | null;
  rep_mos: number | null;
  /** When the rep finished after-call work, and what they wrote. */
  wrapped_up_at: number | null;
  note: string;
};

export type OfferRow = {
  id: OfferId;
  site_id: SiteId;
  call_id: CallId;
  rep_id: RepId;
  state: 'live' | 'accepted' | 'declined' | 'expired' | 'revoked';
  made_at: number;
  due_at: number;
  ended_at: number | null;
};

/** Append-only story of each call. */
export type CallEventRow = {
  id: string;
  site_id: SiteId;
  call_id: CallId;
  at: number;
  type: string;
  rep_id: RepId | null;
  data: string;
};

/** One-time links: the first admin's set-up, invitations. Only a hash of the token is kept. */
export type LinkRow = {
  token_hash: string;
  purpose: 'set-up' | 'invitation';
  email: string | null;
  name: string | null;
  role: RepRow['role'];
  expires_at: number;
  used_at: number | null;
};

export type UsedTicketRow = { jti: string; expires_at: number };

export type Database = {
  sites: SiteRow;
  queues: QueueRow;
  reps: RepRow;
  queue_members: QueueMemberRow;
  calls: CallRow;
  offers: OfferRow;
  call_events: CallEventRow;
  links: LinkRow;
  used_tickets: UsedTicketRow;
};
