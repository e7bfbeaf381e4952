/** A call with its parties, as a union of states: each carries only what is valid in it. */
import type { CallbackKind, EndReason, PartyKind, PartyMode, PartyState } from '../../../shared/domain.ts';
import type { Language } from '../../../shared/i18n/languages.ts';
import type { CallId, OfferId, PartyId, QueueId, RepId, ShopperId, SiteId } from '../../../shared/ids.ts';

/** One participant of a call, from joining it until leaving it. Times are ms UTC. */
export type Party = {
  readonly id: PartyId;
  readonly kind: PartyKind;
  /** Null for the shopper. */
  readonly repId: RepId | null;
  readonly mode: PartyMode;
  readonly state: PartyState;
  readonly muted: boolean;
  /** The newest mean opinion score that this side measured; null until it did. */
  readonly mos: number | null;
  readonly joinedAt: number;
  /** Since when it is in that state. */
  readonly stateSince: number;
};

/** A rep's or supervisor's. */
export type StaffParty = Party & { readonly repId: RepId };

/** An invitation to one rep, which rings until `dueAt`. */
export type Offer = {
  readonly id: OfferId;
  readonly repId: RepId;
  readonly madeAt: number;
  readonly dueAt: number;
};

/** Where the call stands in the line of its queue. */
export type Place = {
  readonly queueId: QueueId;
  /** The queue's priority plus `boost`. */
  readonly priority: number;
  readonly boost: number;
  /** What a rep must know, as `writeNeeds` writes it. */
  readonly needs: string;
  /** Orders the line; kept through offers, lost reps and restarts. */
  readonly queuedAt: number;
  /** Since when it waits in this queue, talks left out. */
  readonly lineSince: number;
  /** JSON of `CallStatistics` as of when the call came into the line; empty while data was thin. */
  readonly statistics: string;
};

/** The shopper is called back instead of waiting. */
export type Callback = {
  readonly kind: CallbackKind;
  readonly phone: string | null;
  /** JSON of a `PushSubscription`: where a push finds the shopper whose page is closed. */
  readonly push: string | null;
  readonly tries: number;
  readonly expiresAt: number;
};

/** Who sent the call on, and what they wrote to whoever has it next; empty for nothing. */
export type Handed = { readonly by: RepId; readonly note: string };

/** Another rep is rung to take the talk over; the shopper is on hold meanwhile. */
export type Transfer = { readonly offer: Offer; readonly note: string };

type Base = {
  readonly id: CallId;
  readonly siteId: SiteId;
  readonly shopperId: ShopperId;
  readonly shopper: Party;
  readonly startedAt: number;
  readonly place: Place;
  /** JSON of `CallContext`. */
  readonly context: string;
  /** In which the element speaks to the shopper; empty for none of those that there are words in. */
  readonly language: Language | '';
  /** Of the caller's network, see `networkMark`; empty for not known. */
  readonly network: string;
  /** Null for a call that nobody has sent on. */
  readonly handed: Handed | null;
  /** What reps wrote about it after their talks. */
  readonly note: string;
};

type Line = {
  readonly callback: Callback | null;
  /** Offered to nobody else until then. */
  readonly keptFor: { readonly repId: RepId; readonly until: number } | null;
  /** When it came back to its place because its rep was lost; null otherwise. */
  readonly returnedAt: number | null;
};

export type WaitingCall = Base &
  Line & {
    readonly state: 'waiting';
    /** The shopper's connection is lost (parked): when the call ends unless it comes back. */
    readonly parkedUntil: number | null;
    /** Of a callback: not offered before then. */
    readonly heldUntil: number | null;
  };

export type RingingCall = Base &
  Line & { readonly state: 'ringing'; readonly offers: readonly [Offer, ...Offer[]] };

/** A rep has taken a callback, the shopper is being reached. */
export type CallingBackCall = Base & {
  readonly state: 'calling-back';
  readonly callback: Callback;
  readonly rep: StaffParty;
  /** The shopper's page rings until then; null for a telephone. */
  readonly ringUntil: number | null;
};

export type TalkingCall = Base & {
  readonly state: 'talking';
  readonly rep: StaffParty;
  readonly answeredAt: number;
  readonly parkedUntil: number | null;
  readonly transfer: Transfer | null;
};

export type EndedCall = Base & {
  readonly state: 'ended';
  readonly endedAt: number;
  readonly reason: EndReason;
  /** Who talked to the shopper when it ended, or tried to reach them; null for nobody. */
  readonly repId: RepId | null;
  /** Since when; null when nobody talked to the shopper at the end. */
  readonly answeredAt: number | null;
  readonly callback: Callback | null;
  readonly wrappedUpAt: number | null;
};

/** In exactly one state. */
export type Call = WaitingCall | RingingCall | CallingBackCall | TalkingCall | EndedCall;
export type LiveCall = Exclude<Call, EndedCall>;

/** The rep who has the call now, or had it at its end. */
export function repIdOf(call: Call): RepId | null {
  if (call.state === 'ended') return call.repId;
  return 'rep' in call ? call.rep.repId : null;
}

/** Everybody who is in the call now. */
export function partiesOf(call: Call): Party[] {
  if (call.state === 'ended') return [];
  return 'rep' in call ? [call.shopper, call.rep] : [call.shopper];
}

/** What all states of a live call have. */
export function baseOf(call: LiveCall) {
  const { id, siteId, shopperId, shopper, startedAt, place, context, language, network, handed, note } = call;
  return { id, siteId, shopperId, shopper, startedAt, place, context, language, network, handed, note };
}

/** It has a place in a line. */
export const inLine = (call: Call): call is WaitingCall | RingingCall =>
  call.state === 'waiting' || call.state === 'ringing';

/** Where it rings. */
export function offersOf(call: Call): readonly Offer[] {
  if (call.state === 'ringing') return call.offers;
  return call.state === 'talking' && call.transfer ? [call.transfer.offer] : [];
}
export const offerIn = (call: Call, id: OfferId) => offersOf(call).find(offer => offer.id === id);
