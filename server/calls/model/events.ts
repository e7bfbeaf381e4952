/** What can happen to a call, and what comes of it. */
import type { CallbackOutcome, EndReason, LeaveReason } from '../../../shared/domain.ts';
import type { HistoryEvent, MoveReason } from '../../../shared/events.ts';
import type { Language } from '../../../shared/i18n/languages.ts';
import type { OfferId, PartyId, RepId } from '../../../shared/ids.ts';
import type { Call, Offer, Place } from './call.ts';

export type CallEvent =
  | { type: 'offer'; offer: Offer }
  | { type: 'accept'; offerId: OfferId; repId: RepId; partyId: PartyId }
  /** Taken out of turn, whether it rings or not. */
  | { type: 'pick-up'; repId: RepId; partyId: PartyId }
  | { type: 'decline'; offerId: OfferId; repId: RepId; reason: string }
  /** The offer's time is over. */
  | { type: 'expire-offer'; offerId: OfferId }
  /** The rep cannot take it any more: signed off, away, no microphone. */
  | { type: 'revoke-offer'; repId: RepId }
  /** The shopper is put on hold by the rep, or taken back. */
  | { type: 'hold' | 'resume'; repId: RepId }
  | { type: 'hang-up'; by: 'shopper' | 'rep' }
  /** Ended by time or rules. */
  | { type: 'end'; reason: EndReason }
  /** Taken out of the line. `note`: why, in words; empty for none. */
  | { type: 'remove'; repId: RepId; note: string }
  | { type: 'shopper-lost' }
  | { type: 'shopper-back' }
  | { type: 'rep-lost' }
  | { type: 'rep-back' }
  /** The rep did not come back in time. */
  | { type: 'rep-gone' }
  /** `place`: the whole new one, `refusalId`: of the refusal that keeps a transfer from ringing at its sender at once. */
  | { type: 'move'; place: Place; because: Exclude<MoveReason, 'transfer'> }
  | { type: 'transfer'; repId: RepId; place: Place; refusalId: OfferId; note: string }
  /** Another rep is rung to take the talk over. */
  | { type: 'transfer-to-rep'; repId: RepId; offer: Offer; note: string }
  /** The rep who sends it on does not want to any more. */
  | { type: 'take-back'; repId: RepId }
  | { type: 'boost'; boost: number }
  | { type: 'keep-no-longer' }
  | { type: 'become-callback'; kind: 'page' | 'phone'; phone: string | null; network: string | null }
  | { type: 'allow-push'; push: string }
  | { type: 'push-gone' }
  | { type: 'push-failed' }
  | { type: 'answer-callback' }
  /** The shopper could not be reached this time, or cannot talk now. */
  | { type: 'callback-missed' }
  | { type: 'callback-outcome'; repId: RepId; outcome: CallbackOutcome }
  | { type: 'hold-over' }
  | { type: 'context'; context: string; language: Language | ''; needs: string }
  | { type: 'wrap-up'; repId: RepId; note: string | undefined }
  /** The server starts: nobody is connected yet. */
  | { type: 'server-restarted' }
  /** The store was away: what ran out meanwhile gets its time again. */
  | { type: 'outage-over' };

/** An event of one type. */
export type EventOf<Type extends CallEvent['type']> = Extract<CallEvent, { type: Type }>;

/** Why an event does not apply; nothing has changed. */
export type Refusal =
  /** The call has ended. */
  | 'over'
  | 'not-ringing'
  | 'not-in-line'
  | 'shopper-away'
  | 'not-party'
  /** Another rep is rung to take the talk over. */
  | 'being-transferred'
  | 'not-calling-back'
  | 'not-a-page-callback';

/** What becomes of a rep by a change of the call. */
export type MemberChange = {
  repId: RepId;
  work: 'idle' | 'ringing' | 'talking' | 'wrap-up';
  /** Free from now on, behind those who were free before. */
  idleFromNow?: boolean;
  /** How long the after-call work is, ms; `open`: until the rep is done, with that limit. */
  wrapUp?: { ms: number; open: boolean };
  /** Did not answer, and so is made `away`. */
  missedOffer?: boolean;
};

/** `withdrawn`: the rep who sent the talk on took it back. */
export type OfferEnd = {
  id: OfferId;
  state: 'accepted' | 'declined' | 'expired' | 'revoked' | 'withdrawn';
};

/** The new state, and what goes with it. */
export type Outcome = {
  call: Call;
  history: HistoryEvent[];
  members: MemberChange[];
  offersMade: Offer[];
  offersEnded: OfferEnd[];
  /** A rep who shall not be rung for this call at once, though nothing rang. */
  refusal: { id: OfferId; repId: RepId } | null;
  left: { partyId: PartyId; why: LeaveReason }[];
  /** To the figures of today of a rep in the queue where it happened. */
  counted: { repId: RepId; queueId: Place['queueId']; calls: number; talkMs: number }[];
  /** The shopper is being rung and may have closed the page: a push can reach them. */
  needsPush: boolean;
};

export type Transition = Outcome | { refused: Refusal };
