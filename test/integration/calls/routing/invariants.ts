/** What must be true of the routing after every single commit, read by eyes of its own: no code of the server's. */
import assert from 'node:assert/strict';
import type { OfferRow, RepRow } from '../../../../server/store/schema.ts';
import { limits } from '../../../../shared/limits.ts';
import {
  type CallWithRep,
  members,
  needs,
  preferLanguageMs,
  queues,
  type Rows,
  type Rules,
  skilled,
  skillRings,
  speaks,
  type World,
} from './world.ts';

type Snapshot = Rows & { at: number; rules: Rules };

/** Looks after each commit, and compares with the look before. */
export class Watch {
  readonly #world: World;
  #before: Snapshot | undefined;
  /** Whose wrap-up may end now because they asked for it. */
  readonly finishing = new Set<string>();
  /** Off while two commands race: several commits may be seen at once then, whose order is unknown. */
  ordered = true;
  /** Nothing that was due until then is still to be honoured. */
  honouredUntil = 0;
  commits = 0;
  offers = 0;
  answers = 0;

  constructor(world: World) {
    this.#world = world;
    const { rowsNow } = world;
    if (rowsNow) world.onCommit = () => this.#see(rowsNow());
  }

  restart(): void {
    this.#before = undefined;
    this.honouredUntil = 0;
  }

  /** The clock is set meanwhile: before and after are not compared, being of different times. */
  async apart(step: number, work: () => Promise<void>): Promise<void> {
    const { onCommit } = this.#world;
    this.#world.onCommit = () => undefined;
    await work();
    this.#world.onCommit = onCommit;
    this.#before = undefined;
    this.honouredUntil += step;
  }

  /** Look once more, between commits. On PostgreSQL there is no other look. */
  async look(): Promise<void> {
    this.#see(await this.#world.rows());
  }

  #see(rows: Rows): void {
    const seen: Snapshot = { ...rows, at: this.#world.now, rules: this.#world.rules };
    const before = this.#before;
    this.commits++;
    oneState(seen);
    offersAreSound(seen);
    repsAreSound(seen);
    partiesAreSound(seen);
    nobodyStranded(seen, this.honouredUntil);
    if (before) {
      placesAreKept(before, seen);
      wrapUpIsKept(before, seen, this.finishing);
      const made = newOffers(before, seen);
      this.offers += made.length;
      this.answers += seen.offers.filter(
        o => o.state === 'accepted' && before.offers.some(b => b.id === o.id && b.state === 'live'),
      ).length;
      const routed = made.filter(offer => !isTransfer(seen, offer));
      for (const offer of routed) offerFits(seen, offer);
      if (this.ordered)
        for (const offer of routed)
          firstGoesFirst(seen, offer, this.honouredUntil, joinsRinging(before, seen, offer));
    }
    this.#before = seen;
  }
}

/** A rep rings another one, whom the matcher did not choose. */
const isTransfer = (seen: Snapshot, offer: OfferRow) =>
  seen.calls.find(call => call.id === offer.call_id)?.state === 'talking';
const servesSiteOf = (rep: RepRow, call: CallWithRep) =>
  queues.some(queue => queue.siteId === call.site_id && tierOf(rep.id, queue.id) !== undefined);
const live = (seen: Snapshot) => seen.offers.filter(offer => offer.state === 'live');
const queueOf = (call: CallWithRep) => queues.find(({ id }) => id === call.queue_id)!;
const talksNow = (seen: Snapshot, rep: RepRow) =>
  seen.calls.some(call => (call.state === 'talking' || reaching(call)) && call.rep_id === rep.id);
const tierOf = (rep: string, queue: string) => members.find(one => one.rep === rep)?.tiers[queue];

function isFree(seen: Snapshot, rep: RepRow): boolean {
  return (
    onDuty(rep) &&
    rep.wrap_up_until === null &&
    !live(seen).some(offer => offer.rep_id === rep.id) &&
    !talksNow(seen, rep)
  );
}

const onDuty = (rep: RepRow) =>
  rep.status === 'available' && rep.session_id !== null && rep.media_ready === 1;

const refused = (seen: Snapshot, call: CallWithRep, rep: RepRow, at: number) =>
  seen.offers.some(
    offer =>
      offer.call_id === call.id &&
      offer.rep_id === rep.id &&
      (offer.state === 'declined' || offer.state === 'transferred') &&
      (offer.ended_at ?? 0) + limits.refusalBackOffMs > at,
  );

/** A call is in exactly one state, and its fields say the same as the state. */
function oneState(seen: Snapshot): void {
  for (const call of seen.calls) {
    const ringing = live(seen).filter(offer => offer.call_id === call.id).length;
    const rings = call.state === 'ringing';
    // A talk rings at the one to whom it is sent on, if it is.
    if (call.state === 'talking') assert(ringing <= 1, 'a talk that rings at two');
    else assert.equal(ringing > 0, rings, `live offers of a ${call.state} call`);
    if (seen.rules.strategy !== 'ring-all') assert(ringing <= 1, 'rings at one rep only');
    assert.equal(call.reserved_rep_id === null, call.reserved_until === null, 'kept, and until when');
    if (!rings && call.state !== 'waiting') assert.equal(call.reserved_rep_id, null, `kept, ${call.state}`);
    const isEnded = call.state === 'ended';
    assert.equal(call.ended_at !== null, isEnded, `ended_at of a ${call.state} call`);
    assert.equal(call.end_reason !== null, isEnded, `end_reason of a ${call.state} call`);
    if (isEnded || call.state === 'ringing') assert.equal(call.parked_until, null, `parked, ${call.state}`);
    if (!isEnded) {
      const talks = call.state === 'talking';
      assert.equal(call.rep_id !== null, talks || reaching(call), `rep of a ${call.state} call`);
      assert.equal(call.answered_at !== null, talks, `answered_at of a ${call.state} call`);
    } else if (call.answered_at !== null) assert(call.rep_id, 'who answered an ended call');
    callbackIsSound(call);
    if (call.returned_at !== null) assert.notEqual(call.state, 'talking', 'talking, and back in line');
  }
  const shoppers = seen.calls.filter(call => call.state !== 'ended').map(call => call.shopper_id);
  assert.equal(new Set(shoppers).size, shoppers.length, 'one call per shopper');
}

const reaching = (call: CallWithRep) => call.state === 'calling-back';

function callbackIsSound(call: CallWithRep): void {
  const { callback_kind: kind, state } = call;
  if (kind === null || state === 'talking')
    assert.equal(call.held_until, null, 'held without being a callback');
  else assert(call.callback_expires_at !== null, 'a callback without end');
  if (state === 'talking') assert.equal(kind, null, 'a talk that is still to be called back');
  if (reaching(call)) assert(kind !== null, 'reached without having asked');
  assert.equal(call.ring_until !== null, reaching(call) && kind === 'page', 'rings a page');
  if (call.callback_push !== null) {
    assert.equal(kind, 'page', 'a push for somebody who is not called back on the page');
    assert.notEqual(state, 'ended', 'a push for a call that is over');
    assert.equal(call.parked_until, null, 'waits for a page that a push can open');
  }
  if (kind === 'phone') assert.equal(call.parked_until, null, 'a telephone is never lost');
  if (call.held_until !== null) assert.equal(state, 'waiting', 'held, but not waiting');
}

function offersAreSound(seen: Snapshot): void {
  const reps = live(seen).map(offer => offer.rep_id);
  assert.equal(new Set(reps).size, reps.length, 'one live offer per rep');
  for (const offer of live(seen)) {
    const rep = seen.reps.find(one => one.id === offer.rep_id)!;
    const call = seen.calls.find(one => one.id === offer.call_id)!;
    assert(onDuty(rep), `${rep.id} is rung while ${rep.status}, or not here, or without microphone`);
    assert.equal(rep.wrap_up_until, null, `${rep.id} is rung in wrap-up`);
    if (call.state === 'talking') assert(servesSiteOf(rep, call), `${rep.id} is rung for ${call.queue_id}`);
    else assert(tierOf(rep.id, call.queue_id), `${rep.id} is rung for ${call.queue_id}`);
    assert(!talksNow(seen, rep), `${rep.id} is rung while talking`);
    assert.equal(offer.due_at - offer.made_at, queueOf(call).offerMs, 'how long it rings');
  }
  for (const offer of seen.offers)
    assert.equal(offer.ended_at === null, offer.state === 'live', 'an offer and its end');
}

function repsAreSound(seen: Snapshot): void {
  for (const rep of seen.reps) {
    const talks = seen.calls.filter(
      call => (call.state === 'talking' || reaching(call)) && call.rep_id === rep.id,
    );
    assert(talks.length <= 1, `${rep.id} talks twice`);
    assert.equal(rep.wrap_up_call_id === null, rep.wrap_up_until === null, 'a wrap-up and its end');
    if (rep.wrap_up_call_id !== null) {
      const call = seen.calls.find(one => one.id === rep.wrap_up_call_id);
      assert(call, `${rep.id} wraps up a call`);
      assert.equal(talks.length, 0, `${rep.id} talks during wrap-up`);
      if (call.state === 'ended' && call.rep_id === rep.id)
        assert.equal(rep.wrap_up_until, call.ended_at! + queueOf(call).wrapUpMs, 'how long a wrap-up is');
      else {
        // Taken over by a colleague, who may have sent it on to another queue since.
        const own = seen.call_parties.filter(party => party.call_id === call.id && party.rep_id === rep.id);
        const ends = own
          .filter(party => party.left_why === 'transferred')
          .flatMap(party => queues.map(({ wrapUpMs }) => party.left_at! + wrapUpMs));
        assert(ends.includes(rep.wrap_up_until!), `how long ${rep.id} wraps up a talk that was sent on`);
      }
    }
    const rings = live(seen).some(offer => offer.rep_id === rep.id);
    const work =
      talks.length > 0 ? 'talking' : rings ? 'ringing' : rep.wrap_up_until === null ? 'idle' : 'wrap-up';
    assert.equal(rep.work, work, `what keeps ${rep.id} busy`);
    const lacksMicrophone = rep.status === 'available' && rep.session_id !== null && rep.media_ready === 0;
    assert.equal(rep.microphone_due !== null, lacksMicrophone, `${rep.id} looks for a microphone`);
    if (rep.session_id !== null) assert.equal(rep.lost_until, null, `${rep.id} is here and lost`);
    if (rep.session_id === null && rep.lost_until === null) {
      assert.equal(rep.status, 'offline', `${rep.id} is gone for good`);
      assert.equal(talks.length, 0, `${rep.id} is gone for good and talks`);
    }
  }
}

/** Who is in a call is what its state says, and whoever left is told why. */
function partiesAreSound(seen: Snapshot): void {
  for (const call of seen.calls) {
    const parties = seen.call_parties.filter(party => party.call_id === call.id);
    const present = parties.filter(party => party.left_at === null).map(party => party.kind);
    const withRep = call.state === 'talking' || reaching(call);
    const expected = call.state === 'ended' ? [] : withRep ? ['rep', 'shopper'] : ['shopper'];
    assert.deepEqual(present.sort(), expected, `who is in a ${call.state} call`);
    for (const party of parties) {
      assert.equal(party.left_at === null, party.left_why === null, 'left, and why');
      assert((party.left_at ?? party.joined_at) >= party.joined_at, 'left before joining');
      if (party.state === 'held' && party.left_at === null)
        assert(party.kind === 'shopper' && call.state === 'talking', `on hold in a ${call.state} call`);
      const rep = seen.reps.find(one => one.id === party.rep_id);
      if (party.left_at === null && rep)
        assert.equal(party.state === 'lost', rep.session_id === null, `whether ${rep.id} is lost`);
    }
  }
}

/** What the caller's queue asks for after that wait, ms, and whether the rep knows it. */
function knows(seen: Snapshot, call: CallWithRep, rep: RepRow, waited: number): boolean {
  if (!understands(seen, call, rep, waited)) return false;
  if (!seen.rules.skills || call.queue_id !== 'a-vip') return true;
  const lowerBy = skillRings.filter(ring => ring.afterMs <= waited).at(-1)?.lowerBy ?? 0;
  return needs.every(({ level }) => level - lowerBy <= 0 || (skilled[rep.id] ?? 0) >= level - lowerBy);
}

/** The rep speaks the shopper's language, or that is not asked for: any more, of this queue, or of anybody on duty. */
function understands(seen: Snapshot, call: CallWithRep, rep: RepRow, waited: number): boolean {
  if (!seen.rules.languages || call.queue_id !== 'a-sales' || waited >= preferLanguageMs) return true;
  const { language } = call;
  const speaksIt = (one: RepRow) => language !== '' && (speaks[one.id]?.includes(language) ?? false);
  const somebody = seen.reps.some(
    one => onDuty(one) && tierOf(one.id, call.queue_id) !== undefined && speaksIt(one),
  );
  return !somebody || speaksIt(rep);
}

/** Whether the call may be offered to the rep, as of the last time (`at`) that everything due was honoured. */
function canTake(seen: Snapshot, call: CallWithRep, rep: RepRow, at: number): boolean {
  if (tierOf(rep.id, call.queue_id) === undefined || refused(seen, call, rep, at)) return false;
  if (call.held_until !== null) return false;
  if (call.reserved_rep_id !== null) return call.reserved_rep_id === rep.id;
  return knows(seen, call, rep, at - call.queued_at);
}

/** Whoever is rung knows what is asked for, or is the one for whom the call is kept. */
function offerFits(seen: Snapshot, offer: OfferRow): void {
  const rep = seen.reps.find(one => one.id === offer.rep_id)!;
  const call = seen.calls.find(one => one.id === offer.call_id)!;
  if (call.reserved_rep_id !== null) assert.equal(call.reserved_rep_id, rep.id, 'kept for another');
  else assert(knows(seen, call, rep, seen.at - call.queued_at), `${rep.id} does not know what it takes`);
}

/** The rep joined a ringing that goes on: only `ring-all` does that. */
const joinsRinging = (before: Snapshot, seen: Snapshot, offer: OfferRow) =>
  seen.rules.strategy === 'ring-all' &&
  live(before).some(old => old.call_id === offer.call_id && live(seen).some(now => now.id === old.id));

/** No caller waits beside a rep who could take the call. `at`: refusals that lasted until then count. */
function nobodyStranded(seen: Snapshot, at: number): void {
  for (const rep of seen.reps.filter(one => isFree(seen, one)))
    for (const call of seen.calls)
      if (call.state === 'waiting' && call.parked_until === null)
        assert(!canTake(seen, call, rep, at), `${rep.id} is free and ${call.id} waits`);
}

function placesAreKept(before: Snapshot, seen: Snapshot): void {
  for (const was of before.calls) {
    const is = seen.calls.find(call => call.id === was.id)!;
    assert.equal(is.queued_at, was.queued_at, 'the original wait');
    assert.equal(is.priority, queueOf(is).priority + is.boost, 'the priority');
    if (is.queue_id !== was.queue_id)
      assert(is.state !== 'ended' || was.state !== 'ended', 'an ended call stays where it was');
    if (was.state === 'ended') assert.deepEqual(pickEnd(is), pickEnd(was), 'an ended call stays as it was');
  }
}

const pickEnd = ({ state, ended_at, end_reason, rep_id, answered_at }: CallWithRep) => ({
  state,
  ended_at,
  end_reason,
  rep_id,
  answered_at,
});

function wrapUpIsKept(before: Snapshot, seen: Snapshot, finishing: ReadonlySet<string>): void {
  for (const was of before.reps) {
    const is = seen.reps.find(rep => rep.id === was.id)!;
    if (was.wrap_up_until !== null && was.wrap_up_until > seen.at && !finishing.has(was.id))
      assert.equal(is.wrap_up_until, was.wrap_up_until, `the wrap-up of ${was.id} was cut short`);
  }
}

const newOffers = (before: Snapshot, seen: Snapshot) =>
  live(seen).filter(offer => !before.offers.some(old => old.id === offer.id));

/**
 * Of those who could have been matched instead and were not, none comes before. A refusal lasts until the timer has
 * run (`at`): another site's call may be looked at only then.
 */
function firstGoesFirst(seen: Snapshot, offer: OfferRow, at: number, joins: boolean): void {
  const rep = seen.reps.find(one => one.id === offer.rep_id)!;
  const call = seen.calls.find(one => one.id === offer.call_id)!;
  for (const other of seen.calls) {
    if (other.state !== 'waiting' || other.parked_until !== null) continue;
    if (!canTake(seen, other, rep, at)) continue;
    assert(!joins, `${rep.id} rings along for ${call.id} while ${other.id} waits`);
    const comesFirst =
      other.priority !== call.priority
        ? other.priority > call.priority
        : other.queued_at !== call.queued_at
          ? other.queued_at < call.queued_at
          : other.id < call.id;
    assert(!comesFirst, `${rep.id} was rung for ${call.id} before ${other.id}`);
  }
  const tier = tierOf(rep.id, call.queue_id)!;
  for (const other of seen.reps) {
    const otherTier = tierOf(other.id, call.queue_id);
    if (otherTier === undefined || !isFree(seen, other) || !canTake(seen, call, other, at)) continue;
    if (call.reserved_rep_id === null) assert(otherTier >= tier, `${other.id} of an upper tier was free`);
    if (otherTier === tier && seen.rules.strategy === 'ring-all')
      assert.fail(`${other.id} does not ring along`);
    if (otherTier === tier && seen.rules.strategy === 'longest-idle')
      assert(other.idle_since >= rep.idle_since, `${other.id} was idle for longer`);
  }
}
