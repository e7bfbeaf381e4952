/**
 * The tables as TypeScript sees them. Times are integer milliseconds UTC, booleans are 0 or 1, JSON is
 * text: the same on SQLite and PostgreSQL. Every table that grows is keyed by site first,
 * and a site belongs to one account for ever (design section 8).
 */

import type { Generated } from 'kysely';
import type {
  CallbackKind,
  CallState,
  EndReason,
  EntryOutcome,
  LeaveReason,
  PartyKind,
  PartyMode,
  PartyState,
  RepStatus,
  RepWorkState,
  StatusReason,
  UnmetReason,
} from '../../shared/domain.ts';
import type { Language } from '../../shared/i18n/languages.ts';
import type {
  AccountId,
  CallId,
  OfferId,
  PartyId,
  QueueId,
  RepId,
  ShopperId,
  SiteId,
  SoundId,
} from '../../shared/ids.ts';
import type { Role } from '../../shared/permissions.ts';
import type { BlockMarkRow, BlockRow } from './block-rows.ts';
import type { ImageRow } from './image-row.ts';

export type Flag = 0 | 1;

/** One merchant, or a company that answers for several. Accounts never see each other. */
export type AccountRow = {
  id: AccountId;
  /** Empty for the only one. */
  name: string;
  /** JSON of `TeamSettings`; what is left out has its default. */
  settings: string;
  /** JSON of `FirstRunState`; what is left out has its default. */
  first_run: Generated<string>;
  created_at: number;
};

/** Somebody in an account. */
export type MemberRow = {
  account_id: AccountId;
  rep_id: RepId;
  role: Role;
  /** JSON array of the only sites that the role is about; null for all. */
  sites: string | null;
  /** JSON array of the languages in which they take calls. */
  languages: string;
  /** Since when they may not come in; null for a member like any other. */
  disabled_at: number | null;
  /** Of a disabled member, JSON of the rows by which they served queues. */
  kept_queues: string | null;
  created_at: number;
};

/** Where somebody is signed in. */
export type RepSessionRow = {
  /** Of the token. */
  id: string;
  rep_id: RepId;
  /** What it was said to be by the browser, shortened. */
  browser: string;
  created_at: number;
  seen_at: number;
  expires_at: number;
  /** 1 for one that is good for setting up the second factor that the team asks for, and for nothing else. */
  only_set_up: 0 | 1;
};

/** The second factor of somebody who has one, or is about to. */
export type SecondFactorRow = {
  rep_id: RepId;
  /** Encrypted; null until the first one is confirmed. */
  secret: string | null;
  /** Of the last code that was taken, 30 s each since 1970: neither it nor an earlier one works again. */
  last_step: number;
  /** Encrypted: one that was shown and waits for its first code. */
  pending: string | null;
};

/** A code that lets somebody without their second factor in, once: the row is gone then. */
export type RecoveryCodeRow = { rep_id: RepId; code_hash: string };

/** Who somebody is at a sign-in provider. */
export type IdentityRow = { issuer: string; subject: string; rep_id: RepId; created_at: number };

/** Append-only: who changed what. */
export type AuditRow = {
  id: string;
  account_id: AccountId;
  at: number;
  /** Null for the operator of the server. */
  rep_id: RepId | null;
  action: string;
  target: string;
  /** JSON of what was otherwise before, and is now; null for nothing. */
  before: string | null;
  after: string | null;
};

export type SiteRow = {
  id: SiteId;
  account_id: AccountId;
  /** Public: what the element carries in its `site` attribute. */
  key: string;
  name: string;
  /** JSON array of origins that may embed the element. */
  allowed_origins: string;
  /** JSON of `SiteSettings`; what is left out has its default. */
  settings: string;
  /** The first of the sites that it shares reps with; see `regroup`. */
  routing_group: SiteId;
  created_at: number;
};

export type QueueRow = {
  id: QueueId;
  site_id: SiteId;
  name: string;
  /** JSON of `QueueSettings`; what is left out has its default. Read it with `readQueueSettings`. */
  settings: string;
  /** Whom `round-robin` rang last, and where that rep stood in the order. */
  last_rung_rep_id: RepId | null;
  last_rung_position: number | null;
  /** When it opens or closes next; null for never. */
  hours_due: number | null;
  /** When its calls are to be looked at next, never too late; null for never. See `line/wait-due.ts`. */
  wait_due: number | null;
  /** Since when nobody on duty could take a call of this queue; null while somebody can. */
  no_rep_since: number | null;
  /** Kept for the stories of its calls; nobody can choose it any more. */
  removed_at: number | null;
  created_at: number;
};

export type RepRow = {
  id: RepId;
  email: string;
  name: string;
  password_hash: string;
  status: RepStatus;
  status_reason: StatusReason;
  status_since: number;
  /** The reason to be away that the rep chose; empty for none. */
  status_note: string;
  /** Calls missed until then have been seen. */
  missed_seen_at: number;
  /** What keeps the rep busy; follows from calls and offers, kept here so that free reps are found at once. */
  work: RepWorkState;
  /** When the rep last became free to take a call; orders `longest-idle`. */
  idle_since: number;
  /** The signaling session that holds the rep now; null while not connected. */
  session_id: string | null;
  /** The rep's leg has a microphone. */
  media_ready: Flag;
  /** Available but without a microphone: when the rep is made `away`. */
  microphone_due: number | null;
  /** Connection lost while on a call: when the call goes back to its place. */
  lost_until: number | null;
  wrap_up_call_id: CallId | null;
  wrap_up_until: number | null;
  /** The wrap-up lasts until the rep is done, `wrap_up_until` being only the limit. */
  wrap_up_open: Flag;
  created_at: number;
};

/** What a supervisor decided for them last, as JSON; empty once their state changes again. */
type Directed = { directed: Generated<string> };

export type QueueMemberRow = {
  site_id: SiteId;
  queue_id: QueueId;
  rep_id: RepId;
  /** A lower number is tried first. */
  tier: number;
  /** Order within the queue. */
  position: number;
  /** For `weighted-random`: 0 is rung most often. */
  penalty: number;
  /** The day that `calls` and `talk_ms` count, YYYY-MM-DD in the queue's time zone; they are 0 on any other. */
  counted_day: string;
  calls: number;
  talk_ms: number;
};

/** What somebody knows, as that account sees it. */
export type RepSkillRow = { account_id: AccountId; rep_id: RepId; skill: string; level: number };

/**
 * The lines of waiting calls that one queue has had: calls of one line differ only in how long they have waited, so
 * that routing need not look further than the head of each.
 */
export type LineRow = { site_id: SiteId; queue_id: QueueId; priority: number; needs: string };

export type CallRow = {
  id: CallId;
  site_id: SiteId;
  queue_id: QueueId;
  shopper_id: ShopperId;
  state: CallState;
  /** The queue's priority plus `boost`. */
  priority: number;
  /** Raised or lowered for this call alone. */
  boost: number;
  /** What a rep must know, as `writeNeeds` writes it; empty for nothing. */
  needs: string;
  /** Kept for the rep who spoke to this shopper last, until then. */
  reserved_rep_id: RepId | null;
  reserved_until: number | null;
  /** JSON of `CallStatistics` as of when the call came into the line; empty while data was thin. */
  outlook: string;
  /** JSON of `CallContext`. */
  context: string;
  /** In which the element speaks to the shopper; empty for none of those that there are words in. */
  language: Language | '';
  /** The click. */
  started_at: number;
  /** Orders the line; kept through offers, lost reps and restarts. */
  queued_at: number;
  /** Since when it waits in this queue, talks left out: the clock of the longest wait. */
  line_since: number;
  answered_at: number | null;
  ended_at: number | null;
  end_reason: EndReason | null;
  /** The shopper is called back instead of waiting. */
  callback_kind: CallbackKind | null;
  callback_phone: string | null;
  /** JSON of a `PushSubscription`: where a push finds the shopper whose page is closed. Forgotten with the callback. */
  callback_push: string | null;
  callback_tries: number;
  callback_expires_at: number | null;
  /** Not rung for before then: the next try of a callback. */
  held_until: number | null;
  /** `calling-back`: the shopper's page rings until then. */
  ring_until: number | null;
  /** The shopper's connection is lost (parked): when the call ends unless it comes back. */
  parked_until: number | null;
  /** When the call went back to its place because its rep was lost; null otherwise, and once answered again. */
  returned_at: number | null;
  /** Who sent the call on to whoever has it, or waits for it, and what they wrote to them. */
  handed_by: RepId | null;
  handed_note: string;
  /** For the rep who is rung to take the talk over. */
  transfer_note: string;
  /** When the rep finished after-call work, and what they wrote. */
  wrapped_up_at: number | null;
  note: string;
};

/**
 * From which network the call came: a keyed hash of the address, see `networkMark`. Empty for not known, and from a day
 * after the end of the call on; until then whoever called may be blocked.
 */
type CallerNetwork = { caller_network: Generated<string> };

/** Who is or was in a call, from joining it until leaving it. */
export type PartyRow = {
  id: PartyId;
  site_id: SiteId;
  call_id: CallId;
  kind: PartyKind;
  /** Null for the shopper. */
  rep_id: RepId | null;
  mode: PartyMode;
  state: PartyState;
  muted: Flag;
  /** The newest MOS that this side measured. */
  mos: number | null;
  joined_at: number;
  /** Since when it is in that state. */
  state_since: number;
  left_at: number | null;
  left_why: LeaveReason | null;
};

/** What one side of a call measured over a few seconds. */
export type CallSampleRow = {
  site_id: SiteId;
  call_id: CallId;
  party_id: PartyId;
  at: number;
  /** Round trip and jitter, ms; packets lost of those sent to this side, percent. */
  rtt_ms: number;
  jitter_ms: number;
  loss_percent: number;
  /** Mean opinion score. */
  mos: number;
};

export type OfferRow = {
  id: OfferId;
  site_id: SiteId;
  call_id: CallId;
  rep_id: RepId;
  state: 'live' | 'accepted' | 'declined' | 'expired' | 'revoked' | 'withdrawn' | 'transferred';
  made_at: number;
  due_at: number;
  ended_at: number | null;
};

/** Append-only history of each call; `data` as `HistoryEvent` says. */
export type CallEventRow = {
  id: string;
  account_id: AccountId;
  site_id: SiteId;
  call_id: CallId;
  /** 1, 2, 3 within the account, in the order of the commits: whoever has read up to a number has missed nothing. */
  seq: number;
  at: number;
  type: string;
  rep_id: RepId | null;
  data: string;
};

/** The newest number in the history of an account. */
export type HistorySequenceRow = { account_id: AccountId; last_seq: number };

/** A call in a line, for reports; made of the history by `calls/figures` and of nothing else. */
export type CallEntryRow = {
  site_id: SiteId;
  /** Quarters of an hour since 1970 when it entered the line: every time zone begins its days at one. */
  quarter: number;
  call_id: CallId;
  /** 1, 2, 3 within the call. */
  n: number;
  queue_id: QueueId;
  /** Who answered, or called back and reached the shopper. */
  rep_id: RepId | null;
  entered_at: number;
  outcome: EntryOutcome;
  waited_ms: number;
  talk_ms: number;
  wrap_ms: number;
  /** Offers that nobody answered. */
  missed: number;
  /** Of the shopper, and the page without what follows the path; both empty for not known (any more). */
  language: Language | '';
  page: string;
};

/** What a rep did for a call in a quarter of an hour; as `CallEntryRow`. */
export type RepWorkRow = {
  site_id: SiteId;
  quarter: number;
  call_id: CallId;
  queue_id: QueueId;
  rep_id: RepId;
  handling_ms: number;
  ringing_ms: number;
  /** As much of both as the rep was available. */
  on_duty_ms: number;
  /** Offers not answered, in the quarter in which the call entered the line. */
  missed: number;
};

/** Which version of the fold the figures were made by. */
export type FiguresStateRow = { id: 'figures'; version: number };

/** Append-only: what each rep was when, for reports of occupancy and adherence. */
export type RepEventRow = {
  rep_id: RepId;
  at: number;
  status: RepStatus;
  reason: StatusReason;
  note: string;
};

/** A piece of hold music or a recorded announcement. */
export type SoundRow = {
  id: SoundId;
  site_id: SiteId;
  name: string;
  state: 'converting' | 'ready' | 'failed';
  /** How far the conversion is, 0..1. */
  progress: number;
  /** What is wrong with the file: a `Refusal`, as JSON; empty unless `failed`. */
  problem: string;
  /** How long it plays; null unless `ready`. */
  ms: number | null;
  uploaded_at: number;
  /** Size of the audio; null unless `ready`. */
  bytes: number | null;
};

/** A page that asked for the button of a site without standing on its list. */
export type RefusedOriginRow = {
  site_id: SiteId;
  origin: string;
  first_at: number;
  last_at: number;
  count: number;
};

/** Clicks of one hour that led to no call. `hour`: when it began. */
export type UnmetDemandRow = {
  site_id: SiteId;
  queue_id: QueueId;
  hour: number;
  reason: UnmetReason;
  count: number;
};

/** A part of a sound's audio, which is WebM with one mono Opus track; all but the last are `soundPieceBytes` long. */
export type SoundPieceRow = { sound_id: SoundId; seq: number; data: Buffer };

/** One-time links: an account's first admin, invitations, new passwords. Only a hash of the token is kept. */
export type LinkRow = {
  token_hash: string;
  account_id: AccountId;
  purpose: 'set-up' | 'invitation' | 'password';
  email: string | null;
  name: string | null;
  role: Role;
  /** JSON array of the queues that whoever is invited serves; null for all. */
  queues: string | null;
  /** Whose password it changes; null for the others. */
  rep_id: RepId | null;
  created_at: number;
  expires_at: number;
  used_at: number | null;
};

export type UsedTicketRow = { jti: string; expires_at: number };

/** One row that is written to find out whether writing works. */
export type StoreProbeRow = { id: 'probe'; tries: number };

/** How the times in the tables relate to the wall clock; see `server/calls/clock`. */
export type ClockRow = {
  id: 'clock';
  /** Sum of all steps that the times were moved by, ms. */
  stepped: number;
  /** The wall clock when this was written, ms UTC, and which boot of the machine that was, and how long after it, ms. */
  wall: number;
  boot: string;
  uptime: number;
};

export type RetentionClockRow = {
  id: 'retention';
  /** The time up to which it was believed that time has passed, ms UTC. */
  reached: number;
};

export type Database = {
  sites: Omit<SiteRow, 'account_id'> & {
    /** The main account where nothing is said. */
    account_id: Generated<AccountId>;
  };
  queues: QueueRow;
  reps: RepRow & Directed;
  queue_members: QueueMemberRow;
  rep_skills: RepSkillRow;
  lines: LineRow;
  calls: CallRow & CallerNetwork;
  call_parties: PartyRow;
  call_samples: CallSampleRow;
  offers: OfferRow;
  call_events: CallEventRow;
  history_sequences: HistorySequenceRow;
  rep_events: RepEventRow;
  call_entries: CallEntryRow;
  rep_work: RepWorkRow;
  figures_state: FiguresStateRow;
  sounds: SoundRow;
  images: ImageRow;
  refused_origins: RefusedOriginRow;
  unmet_demand: UnmetDemandRow;
  blocks: BlockRow;
  block_marks: BlockMarkRow;
  sound_pieces: SoundPieceRow;
  accounts: AccountRow;
  members: MemberRow;
  rep_sessions: RepSessionRow;
  second_factors: SecondFactorRow;
  recovery_codes: RecoveryCodeRow;
  identities: IdentityRow;
  audit: AuditRow;
  links: LinkRow;
  used_tickets: UsedTicketRow;
  store_probe: StoreProbeRow;
  clock: ClockRow;
  retention_clock: RetentionClockRow;
};
