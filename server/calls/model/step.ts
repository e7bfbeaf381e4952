/** One transition in the making: the call as it has become so far, and what goes with that. */
import type { EndReason, LeaveReason, PartyState } from '../../../shared/domain.ts';
import type { HistoryEvent } from '../../../shared/events.ts';
import type { OfferId, PartyId, RepId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import type { QueueSettings } from '../../../shared/settings.ts';
import {
  baseOf,
  type Call,
  type LiveCall,
  type Offer,
  offersOf,
  type Party,
  type RingingCall,
  type StaffParty,
  type TalkingCall,
  type WaitingCall,
} from './call.ts';
import type { OfferEnd, Outcome } from './events.ts';

/** `now`: ms UTC. `settings`: of the queue that the call is in. */
export type Circumstances = { now: number; settings: Pick<QueueSettings, 'wrapUp' | 'callback'> };

/** The call as it is, and nothing that goes with it. */
export const nothingElse = (call: Call): Outcome => ({
  call,
  history: [],
  members: [],
  offersMade: [],
  offersEnded: [],
  refusal: null,
  left: [],
  counted: [],
  needsPush: false,
});

/** The party in that state from now on; the same where it is in it already. */
export const into = <P extends Party>(party: P, state: PartyState, now: number): P =>
  party.state === state ? party : { ...party, state, stateSince: now };

/** What several concerns do to a call. What an event means is in `line.ts`, `talks.ts` and `callbacks.ts`. */
export class Step {
  call: Call;
  readonly now: number;
  readonly settings: Circumstances['settings'];
  readonly outcome: Omit<Outcome, 'call'>;

  constructor(call: LiveCall, { now, settings }: Circumstances) {
    const { call: as, ...outcome } = nothingElse(call);
    this.call = as;
    this.now = now;
    this.settings = settings;
    this.outcome = outcome;
  }

  record(event: HistoryEvent): void {
    this.outcome.history.push(event);
  }

  /** It rings there no more; when it rings nowhere, the call waits in its place, or is back with the rep who has it. */
  endOffer({ id, repId }: Offer, state: OfferEnd['state'], data: { reason?: string } = {}): void {
    this.outcome.offersEnded.push({ id, state });
    this.call = this.#without(id);
    // An accepted offer is told as the call's `answered`.
    if (state === 'accepted') return;
    this.outcome.members.push({
      repId,
      work: 'idle',
      ...(state === 'expired' ? { missedOffer: true } : {}),
    });
    const told = state === 'withdrawn' ? 'revoked' : state;
    this.record({ type: `offer-${told}`, rep: repId, data } as HistoryEvent);
  }

  #without(id: OfferId): Call {
    const call = this.call as RingingCall | TalkingCall;
    if (call.state === 'talking')
      return { ...call, shopper: into(call.shopper, 'joined', this.now), transfer: null };
    const [first, ...others] = call.offers.filter(offer => offer.id !== id);
    if (first) return { ...call, offers: [first, ...others] };
    const { callback, keptFor, returnedAt } = call;
    return {
      ...{ ...baseOf(call), callback, keptFor, returnedAt },
      ...{ state: 'waiting', parkedUntil: null, heldUntil: null },
    };
  }

  revokeOffers(): void {
    for (const offer of offersOf(this.call)) this.endOffer(offer, 'revoked');
  }

  newRep(repId: RepId, id: PartyId): StaffParty {
    return {
      ...{ id, kind: 'rep', repId, mode: 'talk', state: 'joined' },
      ...{ muted: false, mos: null, joinedAt: this.now, stateSince: this.now },
    };
  }

  /** The rep has the call now, or reaches for the shopper of a callback. */
  assign(repId: RepId, partyId: PartyId, story: { pickedUp?: true } = {}): void {
    this.revokeOffers();
    const call = this.call as WaitingCall;
    const rep = this.newRep(repId, partyId);
    const base = { ...baseOf(call), shopper: { ...call.shopper, mos: null }, rep };
    const { callback } = call;
    if (callback === null) {
      this.call = { ...base, state: 'talking', answeredAt: this.now, parkedUntil: null, transfer: null };
      const waitedMs = this.now - call.place.queuedAt;
      this.record({ type: 'answered', rep: repId, data: { waitedMs, ...story } });
    } else {
      const ringMs = callback.push === null ? limits.callbackRingMs : limits.pushRingMs;
      const ringUntil = callback.kind === 'page' ? this.now + ringMs : null;
      this.call = { ...base, state: 'calling-back', callback, ringUntil };
      this.record({ type: 'calling-back', rep: repId, data: { kind: callback.kind, ...story } });
      this.outcome.needsPush = callback.push !== null;
    }
    this.outcome.members.push({ repId, work: 'talking' });
    this.outcome.counted.push({ repId, queueId: call.place.queueId, calls: 1, talkMs: 0 });
  }

  /** @param answeredAt since when they talked, where that is not what the state says */
  end(reason: EndReason, answeredAt?: number): void {
    this.revokeOffers();
    const call = this.call as LiveCall;
    const rep = 'rep' in call ? call.rep : null;
    const talkedSince = answeredAt ?? (call.state === 'talking' ? call.answeredAt : null);
    const callback = 'callback' in call && call.callback ? { ...call.callback, push: null } : null;
    this.call = {
      ...baseOf(call),
      ...{ state: 'ended', endedAt: this.now, reason, repId: rep?.repId ?? null, answeredAt: talkedSince },
      ...{ callback, wrappedUpAt: null },
    };
    this.record({ type: 'ended', rep: rep?.repId ?? null, data: { reason } });
    this.outcome.left.push({ partyId: call.shopper.id, why: 'call-ended' });
    if (!rep) return;
    this.outcome.left.push({ partyId: rep.id, why: 'call-ended' });
    const { repId } = rep;
    // Of a callback that reached nobody there is nothing to write down.
    if (talkedSince === null) this.outcome.members.push({ repId, work: 'idle', idleFromNow: true });
    else this.wrapsUp(repId);
    if (talkedSince !== null) this.countTalk({ place: call.place, rep, answeredAt: talkedSince });
  }

  /** The rep's part is over, and the work after it begins. */
  wrapsUp(repId: RepId): void {
    const { kind, ms } = this.settings.wrapUp;
    if (kind === 'none') this.outcome.members.push({ repId, work: 'idle', idleFromNow: true });
    else this.outcome.members.push({ repId, work: 'wrap-up', wrapUp: { ms, open: kind === 'open' } });
  }

  countTalk({ place, rep, answeredAt }: Pick<TalkingCall, 'place' | 'rep' | 'answeredAt'>): void {
    const talkMs = this.now - answeredAt;
    this.outcome.counted.push({ repId: rep.repId, queueId: place.queueId, calls: 0, talkMs });
  }

  leaves({ id, repId }: StaffParty, why: LeaveReason): void {
    this.outcome.left.push({ partyId: id, why });
    this.outcome.members.push({ repId, work: 'idle', idleFromNow: true });
  }

  /** Waiting, with nothing that went with another state. */
  inLine(call: LiveCall): WaitingCall {
    return {
      ...{ ...baseOf(call), shopper: into(call.shopper, 'joined', this.now) },
      ...{ state: 'waiting', callback: null, keptFor: null, returnedAt: null },
      ...{ parkedUntil: null, heldUntil: null },
    };
  }
}
