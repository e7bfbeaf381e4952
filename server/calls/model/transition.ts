/**
 * The one way in which a call changes (design rule 2): pure and total. Due times are part of the state; that they have come
 * is for the timers to see, but an offer does not expire and a callback is not tried before its time.
 */
import type { EndReason, LeaveReason } from '../../../shared/domain.ts';
import type { HistoryEvent } from '../../../shared/events.ts';
import type { OfferId, PartyId, RepId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import type { QueueSettings } from '../../../shared/settings.ts';
import type {
  Call,
  CallingBackCall,
  EndedCall,
  LiveCall,
  Offer,
  RingingCall,
  StaffParty,
  TalkingCall,
  WaitingCall,
} from './call.ts';
import { repIdOf } from './call.ts';
import type { CallEvent, OfferEnd, Outcome, Refusal, Transition } from './events.ts';

/** `now`: ms UTC. `settings`: of the queue that the call is in. */
export type Circumstances = { now: number; settings: Pick<QueueSettings, 'wrapUp' | 'callback'> };

/** What `event` makes of `call`. */
export function transition(call: Call, event: CallEvent, circumstances: Circumstances): Transition {
  if (call.state === 'ended')
    return event.type === 'wrap-up' ? wrapUp(call, event, circumstances) : { refused: 'over' };
  return new Step(call, circumstances).take(event);
}

/** A call that has just begun, and the event that its history starts with. */
export function beginning(call: WaitingCall): Outcome {
  const { queueId } = call.place;
  return {
    ...nothingElse(call),
    history: [{ type: 'started', rep: call.keptFor?.repId ?? null, data: { queue: queueId } }],
  };
}

const nothingElse = (call: Call): Outcome => ({
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

/** After-call work is done. */
function wrapUp(
  call: EndedCall,
  { repId, note }: Extract<CallEvent, { type: 'wrap-up' }>,
  { now }: Circumstances,
): Transition {
  return {
    ...nothingElse({ ...call, wrappedUpAt: now, ...(note === undefined ? {} : { note }) }),
    history: [{ type: 'wrapped-up', rep: repId, data: {} }],
    members: [{ repId, work: 'idle', idleFromNow: true }],
  };
}

/** What all states of a live call have. */
function baseOf({ id, siteId, shopperId, shopper, startedAt, place, context, language, network }: LiveCall) {
  return { id, siteId, shopperId, shopper, startedAt, place, context, language, network };
}

/** One transition in the making. */
class Step {
  #call: Call;
  readonly #now: number;
  readonly #settings: Circumstances['settings'];
  readonly #outcome: Omit<Outcome, 'call'>;

  constructor(call: LiveCall, { now, settings }: Circumstances) {
    this.#call = call;
    this.#now = now;
    this.#settings = settings;
    const { call: _, ...outcome } = nothingElse(call);
    this.#outcome = outcome;
  }

  take(event: CallEvent): Transition {
    const refused = this.#take(event);
    return refused ? { refused } : { call: this.#call, ...this.#outcome };
  }

  /** @returns why not */
  #take(event: CallEvent): Refusal | undefined {
    const call = this.#call as LiveCall;
    switch (event.type) {
      case 'offer':
        return this.#offer(call, event.offer);
      case 'accept': {
        const offer = offerIn(call, event.offerId);
        if (offer?.repId !== event.repId || offer.dueAt <= this.#now) return 'not-ringing';
        this.#endOffer(offer, 'accepted');
        return this.#assign(event.repId, event.partyId);
      }
      case 'pick-up': {
        if (!inLine(call)) return 'not-in-line';
        if (call.state === 'waiting' && call.parkedUntil !== null) return 'shopper-away';
        const own = offersOf(call).find(offer => offer.repId === event.repId);
        if (own) this.#endOffer(own, 'accepted');
        return this.#assign(event.repId, event.partyId, { pickedUp: true });
      }
      case 'decline': {
        const offer = offerIn(call, event.offerId);
        if (offer?.repId !== event.repId) return 'not-ringing';
        this.#endOffer(offer, 'declined', event.reason === '' ? {} : { reason: event.reason });
        // Kept for somebody who does not want it, the call would wait for nothing.
        const left = this.#call;
        if (inLine(left) && left.keptFor?.repId === event.repId) this.#call = { ...left, keptFor: null };
        return;
      }
      case 'expire-offer': {
        const offer = offerIn(call, event.offerId);
        if (!offer || offer.dueAt > this.#now) return 'not-ringing';
        this.#endOffer(offer, 'expired');
        return;
      }
      case 'revoke-offer': {
        const offer = offersOf(call).find(one => one.repId === event.repId);
        if (!offer) return 'not-ringing';
        this.#endOffer(offer, 'revoked');
        return;
      }
      case 'hang-up':
        if (event.by === 'shopper') this.#end('shopper-hung-up');
        else if (call.state === 'talking') this.#end('rep-hung-up');
        else if (call.state === 'calling-back') this.#callbackMissed(call);
        else return 'not-party';
        return;
      case 'end':
        this.#end(event.reason);
        return;
      case 'remove':
        if (call.state === 'talking') return 'not-in-line';
        this.#record({
          type: 'removed',
          rep: event.repId,
          data: event.note === '' ? {} : { reason: event.note },
        });
        this.#end('removed');
        return;
      case 'shopper-lost':
        this.#shopperLost(call);
        return;
      case 'shopper-back':
        if ((call.state !== 'waiting' && call.state !== 'talking') || call.parkedUntil === null) return;
        this.#call = { ...call, parkedUntil: null };
        this.#record({ type: 'shopper-back', rep: repIdOf(call), data: {} });
        return;
      case 'rep-lost':
        return this.#repConnection('lost');
      case 'rep-back':
        return this.#repConnection('joined');
      case 'rep-gone':
        return this.#repGone(call);
      case 'move':
        if (call.state !== 'waiting') return 'not-in-line';
        this.#move(call, null, event.place, event.because);
        return;
      case 'transfer':
        if (call.state !== 'talking' || call.rep.repId !== event.repId) return 'not-party';
        this.#countTalk(call);
        this.#outcome.refusal = { id: event.refusalId, repId: event.repId };
        this.#leaves(call.rep, 'transferred');
        this.#move(call, event.repId, event.place, 'transfer');
        return;
      case 'boost': {
        if (!inLine(call)) return 'not-in-line';
        const { place } = call;
        const { boost } = event;
        this.#call = { ...call, place: { ...place, boost, priority: place.priority - place.boost + boost } };
        this.#record({ type: 'boosted', rep: null, data: { boost } });
        return;
      }
      case 'keep-no-longer':
        if (!inLine(call)) return 'not-in-line';
        this.#call = { ...call, keptFor: null };
        return;
      case 'become-callback':
        return this.#becomeCallback(event);
      case 'allow-push': {
        if (!('callback' in call) || call.callback?.kind !== 'page') return 'not-a-page-callback';
        const callback = { ...call.callback, push: event.push };
        // The page may have closed right after it asked; from now on that is no reason to wait for it.
        this.#call =
          call.state === 'waiting' ? { ...call, callback, parkedUntil: null } : { ...call, callback };
        this.#record({ type: 'push-allowed', rep: null, data: {} });
        return;
      }
      case 'push-gone': {
        if (!('callback' in call) || call.callback?.push == null) return 'not-a-page-callback';
        this.#call = { ...call, callback: { ...call.callback, push: null } };
        this.#record({ type: 'push-gone', rep: null, data: {} });
        return;
      }
      case 'push-failed':
        if (call.state !== 'calling-back') return 'not-calling-back';
        this.#record({ type: 'push-failed', rep: null, data: {} });
        this.#callbackMissed(call);
        return;
      case 'answer-callback':
        if (call.state !== 'calling-back' || call.callback.kind !== 'page') return 'not-calling-back';
        this.#call = {
          ...baseOf(call),
          ...{ state: 'talking', rep: call.rep, answeredAt: this.#now, parkedUntil: null },
        };
        this.#record({ type: 'callback-answered', rep: call.rep.repId, data: {} });
        return;
      case 'callback-missed':
        if (call.state !== 'calling-back') return 'not-calling-back';
        this.#callbackMissed(call);
        return;
      case 'callback-outcome':
        return this.#callbackOutcome(call, event);
      case 'hold-over':
        if (call.state !== 'waiting' || call.heldUntil === null || call.heldUntil > this.#now)
          return 'not-in-line';
        this.#call = { ...call, heldUntil: null };
        return;
      case 'context':
        this.#call = {
          ...{ ...call, context: event.context, language: event.language },
          place: call.place.needs === event.needs ? call.place : { ...call.place, needs: event.needs },
        };
        return;
      case 'wrap-up':
        return 'not-party';
      case 'server-restarted':
        this.#serverRestarted(call);
        return;
      case 'outage-over':
        this.#outageOver(call);
        return;
      default:
        return event satisfies never;
    }
  }

  #record(event: HistoryEvent): void {
    this.#outcome.history.push(event);
  }

  #offer(call: LiveCall, offer: Offer): Refusal | undefined {
    if (!inLine(call)) return 'not-in-line';
    if (call.state === 'waiting') {
      if (call.parkedUntil !== null || call.heldUntil !== null) return 'shopper-away';
      const { callback, keptFor, returnedAt } = call;
      this.#call = { ...baseOf(call), callback, keptFor, returnedAt, state: 'ringing', offers: [offer] };
    } else {
      if (call.offers.some(one => one.repId === offer.repId)) return 'not-in-line';
      this.#call = { ...call, offers: [...call.offers, offer] };
    }
    this.#outcome.offersMade.push(offer);
    this.#outcome.members.push({ repId: offer.repId, work: 'ringing' });
    this.#record({ type: 'offered', rep: offer.repId, data: {} });
    return;
  }

  /** It rings there no more; when it rings nowhere, the call waits in its place. */
  #endOffer({ id, repId }: Offer, state: OfferEnd['state'], data: { reason?: string } = {}): void {
    const call = this.#call as RingingCall;
    const [first, ...others] = call.offers.filter(offer => offer.id !== id);
    this.#outcome.offersEnded.push({ id, state });
    const { callback, keptFor, returnedAt } = call;
    this.#call = first
      ? { ...call, offers: [first, ...others] }
      : {
          ...{ ...baseOf(call), callback, keptFor, returnedAt },
          ...{ state: 'waiting', parkedUntil: null, heldUntil: null },
        };
    // An accepted offer is told as the call's `answered`.
    if (state === 'accepted') return;
    this.#outcome.members.push({
      repId,
      work: 'idle',
      ...(state === 'expired' ? { missedOffer: true } : {}),
    });
    this.#record({ type: `offer-${state}`, rep: repId, data } as HistoryEvent);
  }

  #revokeOffers(): void {
    for (const offer of offersOf(this.#call)) this.#endOffer(offer, 'revoked');
  }

  /** The rep has the call now, or reaches for the shopper of a callback. */
  #assign(repId: RepId, partyId: PartyId, story: { pickedUp?: true } = {}): undefined {
    this.#revokeOffers();
    const call = this.#call as WaitingCall;
    const rep: StaffParty = {
      ...{ id: partyId, kind: 'rep', repId, mode: 'talk', state: 'joined' },
      ...{ muted: false, mos: null, joinedAt: this.#now },
    };
    const base = { ...baseOf(call), shopper: { ...call.shopper, mos: null }, rep };
    const { callback } = call;
    if (callback === null) {
      this.#call = { ...base, state: 'talking', answeredAt: this.#now, parkedUntil: null };
      const waitedMs = this.#now - call.place.queuedAt;
      this.#record({ type: 'answered', rep: repId, data: { waitedMs, ...story } });
    } else {
      const ringMs = callback.push === null ? limits.callbackRingMs : limits.pushRingMs;
      const ringUntil = callback.kind === 'page' ? this.#now + ringMs : null;
      this.#call = { ...base, state: 'calling-back', callback, ringUntil };
      this.#record({ type: 'calling-back', rep: repId, data: { kind: callback.kind, ...story } });
      this.#outcome.needsPush = callback.push !== null;
    }
    this.#outcome.members.push({ repId, work: 'talking' });
    this.#outcome.counted.push({ repId, queueId: call.place.queueId, calls: 1, talkMs: 0 });
    return;
  }

  /** @param answeredAt since when they talked, where that is not what the state says */
  #end(reason: EndReason, answeredAt?: number): void {
    this.#revokeOffers();
    const call = this.#call as LiveCall;
    const rep = 'rep' in call ? call.rep : null;
    const talkedSince = answeredAt ?? (call.state === 'talking' ? call.answeredAt : null);
    const callback = 'callback' in call && call.callback ? { ...call.callback, push: null } : null;
    this.#call = {
      ...baseOf(call),
      ...{ state: 'ended', endedAt: this.#now, reason, repId: rep?.repId ?? null, answeredAt: talkedSince },
      ...{ callback, wrappedUpAt: null, note: '' },
    };
    this.#record({ type: 'ended', rep: rep?.repId ?? null, data: { reason } });
    this.#outcome.left.push({ partyId: call.shopper.id, why: 'call-ended' });
    if (!rep) return;
    this.#outcome.left.push({ partyId: rep.id, why: 'call-ended' });
    const { repId } = rep;
    const { kind, ms } = this.#settings.wrapUp;
    // Of a callback that reached nobody there is nothing to write down.
    if (talkedSince === null || kind === 'none')
      this.#outcome.members.push({ repId, work: 'idle', idleFromNow: true });
    else this.#outcome.members.push({ repId, work: 'wrap-up', wrapUp: { ms, open: kind === 'open' } });
    if (talkedSince !== null) this.#countTalk({ place: call.place, rep, answeredAt: talkedSince });
  }

  #countTalk({ place, rep, answeredAt }: Pick<TalkingCall, 'place' | 'rep' | 'answeredAt'>): void {
    const talkMs = this.#now - answeredAt;
    this.#outcome.counted.push({ repId: rep.repId, queueId: place.queueId, calls: 0, talkMs });
  }

  #leaves({ id, repId }: StaffParty, why: LeaveReason): void {
    this.#outcome.left.push({ partyId: id, why });
    this.#outcome.members.push({ repId, work: 'idle', idleFromNow: true });
  }

  #shopperLost(call: LiveCall): void {
    const callback = 'callback' in call ? call.callback : null;
    if ('parkedUntil' in call && call.parkedUntil !== null) return;
    // A telephone rings without a page.
    if (callback?.kind === 'phone') return;
    // So does a browser that a push can reach, for which it is time now if the page closed while it rang.
    if (callback && callback.push !== null) {
      this.#outcome.needsPush = call.state === 'calling-back';
      return;
    }
    this.#record({ type: 'shopper-lost', rep: repIdOf(call), data: {} });
    this.#revokeOffers();
    if (call.state === 'calling-back') this.#callbackMissed(call);
    const left = this.#call;
    // Missed for the last time, a callback is over.
    if (left.state !== 'waiting' && left.state !== 'talking') return;
    this.#call = { ...left, parkedUntil: callback?.expiresAt ?? this.#now + limits.shopperGraceMs };
  }

  #repConnection(state: 'joined' | 'lost'): Refusal | undefined {
    const call = this.#call;
    if (call.state !== 'talking' && call.state !== 'calling-back') return 'not-party';
    if (call.rep.state === state) return;
    this.#call = { ...call, rep: { ...call.rep, state } };
    this.#record({ type: state === 'lost' ? 'rep-lost' : 'rep-back', rep: call.rep.repId, data: {} });
    return;
  }

  /** The call goes back to its place, first among equals by its original wait. */
  #repGone(call: LiveCall): Refusal | undefined {
    if (call.state === 'calling-back') this.#breakOffCallback(call);
    else if (call.state === 'talking') {
      this.#countTalk(call);
      this.#leaves(call.rep, 'lost');
      this.#record({ type: 'returned', rep: call.rep.repId, data: {} });
      const { parkedUntil } = call;
      const place = { ...call.place, lineSince: this.#now };
      this.#call = { ...this.#inLine(call), place, returnedAt: this.#now, parkedUntil };
    } else return 'not-party';
    return;
  }

  /** Waiting, with nothing that went with another state. */
  #inLine(call: LiveCall): WaitingCall {
    return {
      ...baseOf(call),
      ...{
        state: 'waiting',
        callback: null,
        keptFor: null,
        returnedAt: null,
        parkedUntil: null,
        heldUntil: null,
      },
    };
  }

  #move(
    call: WaitingCall | TalkingCall,
    repId: RepId | null,
    place: WaitingCall['place'],
    because: 'max-wait' | 'no-rep' | 'transfer',
  ): void {
    this.#record({
      type: 'moved',
      rep: repId,
      data: { from: call.place.queueId, to: place.queueId, because },
    });
    const { parkedUntil } = call;
    const before = call.state === 'waiting' ? { callback: call.callback, returnedAt: call.returnedAt } : {};
    this.#call = { ...this.#inLine(call), ...before, parkedUntil, place };
  }

  #becomeCallback({
    kind,
    phone,
    network,
  }: Extract<CallEvent, { type: 'become-callback' }>): Refusal | undefined {
    if (!inLine(this.#call)) return 'not-in-line';
    this.#revokeOffers();
    const call = this.#call as WaitingCall;
    const expiresAt = this.#now + this.#settings.callback.expireMs;
    this.#call = {
      ...call,
      network: network ?? call.network,
      callback: { kind, phone, push: null, tries: call.callback?.tries ?? 0, expiresAt },
      // A page that is not there at the moment may come back until then; a telephone is always there.
      parkedUntil: call.parkedUntil === null || kind === 'phone' ? null : expiresAt,
    };
    this.#record({ type: 'callback-asked', rep: null, data: { kind } });
    return;
  }

  /** Nobody answered: back to the place for another try later, or, after the last one, the end. */
  #callbackMissed(call: CallingBackCall): void {
    const { retryMs, tries: most } = this.#settings.callback;
    const tries = call.callback.tries + 1;
    this.#record({ type: 'callback-missed', rep: call.rep.repId, data: { tries } });
    this.#backToPlace({ ...call, callback: { ...call.callback, tries } }, 'not-reached', this.#now + retryMs);
    if (tries >= most) this.#end('callback-failed');
    else this.#endIfExpired(call);
  }

  /** The rep who was reaching the shopper is gone: somebody else tries, and it counts as no try. */
  #breakOffCallback(call: CallingBackCall): void {
    this.#record({ type: 'returned', rep: call.rep.repId, data: {} });
    this.#backToPlace(call, 'reaching-broken-off', null);
    this.#endIfExpired(call);
  }

  #backToPlace(call: CallingBackCall, why: LeaveReason, heldUntil: number | null): void {
    this.#leaves(call.rep, why);
    this.#call = { ...this.#inLine(call), callback: call.callback, heldUntil };
  }

  /** Its time ran out while the shopper was being reached, which was still given the chance. */
  #endIfExpired({ callback }: CallingBackCall): void {
    if (callback.expiresAt <= this.#now) this.#end('callback-expired');
  }

  #callbackOutcome(
    call: LiveCall,
    { repId, outcome }: Extract<CallEvent, { type: 'callback-outcome' }>,
  ): Refusal | undefined {
    if (call.state !== 'calling-back' || call.rep.repId !== repId) return 'not-party';
    this.#record({ type: 'callback-outcome', rep: repId, data: { outcome } });
    if (outcome === 'no-answer') this.#callbackMissed(call);
    else if (outcome === 'wrong-number') this.#end('callback-failed');
    // The talk was on the telephone, from when the rep took the callback.
    else this.#end('callback-done', call.rep.joinedAt);
    return;
  }

  #serverRestarted(call: LiveCall): void {
    this.#revokeOffers();
    // Nobody knows what came of it: it is tried again.
    if (call.state === 'calling-back') this.#breakOffCallback(call);
    const left = this.#call;
    if (left.state === 'talking')
      this.#call = {
        ...left,
        rep: { ...left.rep, state: 'lost' },
        parkedUntil: this.#now + limits.shopperGraceMs,
      };
    if (left.state !== 'waiting') return;
    const { callback } = left;
    if (callback === null) this.#call = { ...left, parkedUntil: this.#now + limits.shopperGraceMs };
    // An open page comes back by itself; a closed one has until the callback expires, unless a push reaches it.
    else if (callback.kind === 'page' && callback.push === null)
      this.#call = { ...left, parkedUntil: callback.expiresAt };
  }

  #outageOver(call: LiveCall): void {
    for (const offer of offersOf(call)) if (offer.dueAt <= this.#now) this.#endOffer(offer, 'revoked');
    if (call.state === 'calling-back' && call.ringUntil !== null && call.ringUntil <= this.#now)
      this.#breakOffCallback(call);
    const left = this.#call;
    if ((left.state !== 'waiting' && left.state !== 'talking') || left.parkedUntil === null) return;
    if (left.state === 'waiting' && left.callback !== null) return;
    this.#call = { ...left, parkedUntil: Math.max(left.parkedUntil, this.#now + limits.shopperGraceMs) };
  }
}

const inLine = (call: Call): call is WaitingCall | RingingCall =>
  call.state === 'waiting' || call.state === 'ringing';
const offersOf = (call: Call): readonly Offer[] => (call.state === 'ringing' ? call.offers : []);
const offerIn = (call: Call, id: OfferId) => offersOf(call).find(offer => offer.id === id);
