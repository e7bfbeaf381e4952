/** The words of the product (design section 3) as types that server and browser share. */

/** How the next rep is chosen; what each means is in `server/acd/strategies.ts`. */
export const strategies = [
  'longest-idle',
  'round-robin',
  'ring-all',
  'fewest-calls',
  'least-talk-time',
  'top-down',
  'random',
  'weighted-random',
] as const;
export type Strategy = (typeof strategies)[number];

/** What a rep chose or was put into. Being on a call is derived from the call, not a status. */
export const repStatuses = ['available', 'away', 'offline'] as const;
export type RepStatus = (typeof repStatuses)[number];

/** Why a rep is `away` or `offline` when the rep did not choose it. */
export const statusReasons = [
  'chosen',
  'no-answer',
  'no-microphone',
  'wrap-up-over',
  'connection-lost',
  'signed-out',
] as const;
export type StatusReason = (typeof statusReasons)[number];

/** What keeps a rep busy. */
export const repWorks = ['idle', 'ringing', 'talking', 'wrap-up'] as const;
export type RepWorkState = (typeof repWorks)[number];

/** After-call work: for a set time, until the rep is done (with a limit), or none at all. */
export const wrapUpKinds = ['fixed', 'open', 'none'] as const;

/** A call is in exactly one of these. `calling-back`: a rep has taken a callback, the shopper is being reached. */
export const callStates = ['waiting', 'ringing', 'calling-back', 'talking', 'ended'] as const;
export type CallState = (typeof callStates)[number];

/** Participants of a call. */
export const partyKinds = ['shopper', 'rep', 'supervisor'] as const;
export type PartyKind = (typeof partyKinds)[number];
/**
 * What a party is there for. `consult`: talks to the other staff alone; `listen`: hears all, is heard by nobody;
 * `whisper`: is heard by the staff alone; `barge`: a supervisor who talks along.
 */
export const partyModes = ['talk', 'consult', 'listen', 'whisper', 'barge'] as const;
export type PartyMode = (typeof partyModes)[number];
/** `held`: hears the queue's music and is heard by nobody; `lost`: the connection is lost and may come back. */
export const partyStates = ['joined', 'held', 'lost'] as const;
export type PartyState = (typeof partyStates)[number];
/** Why a rep who was rung to take a talk over does not have it. `revoked`: taken back, or the rep could not take it any more. */
export const transferFailures = ['declined', 'expired', 'revoked'] as const;
/** Why a party is in the call no more. */
export const leaveReasons = [
  'call-ended',
  'lost',
  'transferred',
  'not-reached',
  'reaching-broken-off',
] as const;
export type LeaveReason = (typeof leaveReasons)[number];

/**
 * Why a call ended; the shopper's end screen has words for each. `no-rep`: nobody was on duty any more; `no-answer`:
 * nobody is, because whoever was rung did not answer; `removed`: a rep or supervisor took it out of the line.
 */
export const endReasons = [
  'shopper-hung-up',
  'rep-hung-up',
  'max-wait',
  'no-rep',
  'no-answer',
  'removed',
  'shopper-lost',
  'callback-done',
  'callback-failed',
  'callback-expired',
] as const;
export type EndReason = (typeof endReasons)[number];

/** Where the shopper is rung: in the open page, or on the telephone. */
export const callbackKinds = ['page', 'phone'] as const;
export type CallbackKind = (typeof callbackKinds)[number];
/** What a rep says came of dialling. */
export const callbackOutcomes = ['reached', 'no-answer', 'wrong-number'] as const;
export type CallbackOutcome = (typeof callbackOutcomes)[number];

/**
 * What a page can tell of its microphone: `silent` sends nothing but zeros, `taken` is held back by the system, `gone`
 * is unplugged.
 */
export const microphoneStates = ['ok', 'silent', 'taken', 'gone'] as const;
export type MicrophoneState = (typeof microphoneStates)[number];

/**
 * What a click would get. `open`: somebody, now; `busy`: a place in line, behind others or until somebody is free;
 * `closed`: outside business hours; `no-rep`: open, but nobody is on duty.
 */
export const availabilities = ['open', 'busy', 'closed', 'no-rep', 'queue-full'] as const;
export type Availability = (typeof availabilities)[number];

/** Why the wait of a call may last: who was rung did not take it, or nobody is on duty at present. */
export const setbacks = ['not-taken', 'nobody'] as const;
export type Setback = (typeof setbacks)[number];

/** What came of a call that is over. */
export const callOutcomes = ['answered', 'unanswered', 'left-after-talk'] as const;
export type CallOutcome = (typeof callOutcomes)[number];

/**
 * What came of a call in a line. `abandoned`: the shopper left; `turned-away`: its limits ended the wait; `moved`: on to
 * another line; `removed`: a rep took it out; `callback`: the shopper is to be called back instead of waiting.
 */
export const entryOutcomes = [
  'answered',
  'abandoned',
  'turned-away',
  'moved',
  'removed',
  'callback',
] as const;
export type EntryOutcome = (typeof entryOutcomes)[number];

/** What went on in a stretch of a call's life. `calling-back`: a rep tries to reach the shopper; `on-hold`: as part of a talk. */
export const stretchKinds = ['waiting', 'ringing', 'calling-back', 'talking', 'on-hold'] as const;
export type StretchKind = (typeof stretchKinds)[number];

/** Why a click led to no call. */
export const unmetReasons = ['closed', 'no-rep', 'full', 'too-many'] as const;
export type UnmetReason = (typeof unmetReasons)[number];

/** What of the settings somebody did. */
export const auditActions = [
  'member.invited',
  'member.invitation-withdrawn',
  'member.joined',
  'member.role-changed',
  'member.disabled',
  'member.enabled',
  'member.removed',
  'member.signed-out',
  'member.password-link',
  'member.password-link-used',
  'member.skills-changed',
  'member.languages-changed',
  'member.renamed',
  'member.email-changed',
  'member.password-changed',
  'member.two-factor-on',
  'member.two-factor-off',
  'member.two-factor-removed',
  'member.recovery-codes',
  'member.provider-connected',
  'team.changed',
  'queue.added',
  'queue.changed',
  'queue.removed',
  'site.added',
  'site.changed',
  'sound.added',
  'sound.removed',
  'caller.unblocked',
  'rep.status-set',
  'rep.wrap-up-ended',
  'customer.forgotten',
] as const;
export type AuditAction = (typeof auditActions)[number];

/** Why somebody who came back from the sign-in provider is not let in; the console has words for each. */
export type SignInProblem =
  | 'not-invited'
  | 'email-unverified'
  | 'connected-elsewhere'
  | 'disabled'
  | 'provider-away'
  | 'expired'
  | 'refused'
  | 'too-many';

/** What a blocked caller is recognised by: their tab's token, their network, or the number that they left. */
export const blockWays = ['shopper', 'network', 'number'] as const;
export type BlockWay = (typeof blockWays)[number];

/**
 * What an announcement is put together from: a greeting, the place in line, and the longest that the wait will
 * probably take, minutes. A shop may record any of them.
 */
export const clipSlots = [
  'greeting',
  'next',
  'place-2',
  'place-3',
  'place-4',
  'place-5',
  'place-6',
  'place-7',
  'place-8',
  'place-9',
  'place-more',
  'wait-1',
  'wait-2',
  'wait-5',
  'wait-10',
  'wait-20',
  'wait-more',
] as const;
export type ClipSlot = (typeof clipSlots)[number];

/** Stands for all languages that have no words of their own. */
export const everyLanguage = 'every';

/** What a shop may say in its own words on the button and in the call window, and how many characters there is room for. */
export const siteWordLengths = { label: 40, open: 60, title: 60, greeting: 200, privacy: 300 } as const;
export type SiteWordSlot = keyof typeof siteWordLengths;
export const siteWordSlots = Object.keys(siteWordLengths) as SiteWordSlot[];
