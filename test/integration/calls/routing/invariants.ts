/** What must be true of the routing after every single commit, read by eyes of its own: no code of the server's. */
import assert from 'node:assert/strict';
import type { CallRow, OfferRow, RepRow } from '../../../../server/store/schema.ts';
import { limits } from '../../../../shared/limits.ts';
import { members, queues, type World } from './world.ts';

type Snapshot = { at: number; calls: CallRow[]; offers: OfferRow[]; reps: RepRow[] };

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
    world.onCommit = () => this.look();
  }

  restart(): void {
    this.#before = undefined;
    this.honouredUntil = 0;
  }

  look(): void {
    const world = this.#world;
    const seen: Snapshot = {
      at: world.now,
      calls: world.select('select * from calls'),
      offers: world.select('select * from offers'),
      reps: world.select('select * from reps'),
    };
    const before = this.#before;
    this.commits++;
    oneState(seen);
    offersAreSound(seen);
    repsAreSound(seen);
    nobodyStranded(seen, this.honouredUntil);
    if (before) {
      placesAreKept(before, seen);
      wrapUpIsKept(before, seen, this.finishing);
      const made = newOffers(before, seen);
      this.offers += made.length;
      this.answers += seen.offers.filter(
        o => o.state === 'accepted' && before.offers.some(b => b.id === o.id && b.state === 'live'),
      ).length;
      if (this.ordered) for (const offer of made) firstGoesFirst(seen, offer, this.honouredUntil);
    }
    this.#before = seen;
  }
}

const live = (seen: Snapshot) => seen.offers.filter(offer => offer.state === 'live');
const queueOf = (call: CallRow) => queues.find(({ id }) => id === call.queue_id)!;
const talksNow = (seen: Snapshot, rep: RepRow) =>
  seen.calls.some(call => call.state === 'talking' && call.rep_id === rep.id);
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

const refused = (seen: Snapshot, call: CallRow, rep: RepRow, at: number) =>
  seen.offers.some(
    offer =>
      offer.call_id === call.id &&
      offer.rep_id === rep.id &&
      offer.state === 'declined' &&
      (offer.ended_at ?? 0) + limits.refusalBackOffMs > at,
  );

/** A call is in exactly one state, and its fields say the same as the state. */
function oneState(seen: Snapshot): void {
  for (const call of seen.calls) {
    const ringing = live(seen).filter(offer => offer.call_id === call.id).length;
    assert.equal(ringing, call.state === 'ringing' ? 1 : 0, `live offers of a ${call.state} call`);
    const isEnded = call.state === 'ended';
    assert.equal(call.ended_at !== null, isEnded, `ended_at of a ${call.state} call`);
    assert.equal(call.end_reason !== null, isEnded, `end_reason of a ${call.state} call`);
    if (isEnded || call.state === 'ringing') assert.equal(call.parked_until, null, `parked, ${call.state}`);
    if (!isEnded) {
      const talks = call.state === 'talking';
      assert.equal(call.rep_id !== null, talks, `rep of a ${call.state} call`);
      assert.equal(call.answered_at !== null, talks, `answered_at of a ${call.state} call`);
    } else
      assert.equal(call.answered_at !== null, call.rep_id !== null, 'who answered an ended call, and when');
    if (call.returned_at !== null) assert.notEqual(call.state, 'talking', 'talking, and back in line');
  }
  const shoppers = seen.calls.filter(call => call.state !== 'ended').map(call => call.shopper_id);
  assert.equal(new Set(shoppers).size, shoppers.length, 'one call per shopper');
}

function offersAreSound(seen: Snapshot): void {
  const reps = live(seen).map(offer => offer.rep_id);
  assert.equal(new Set(reps).size, reps.length, 'one live offer per rep');
  for (const offer of live(seen)) {
    const rep = seen.reps.find(one => one.id === offer.rep_id)!;
    const call = seen.calls.find(one => one.id === offer.call_id)!;
    assert(onDuty(rep), `${rep.id} is rung while ${rep.status}, or not here, or without microphone`);
    assert.equal(rep.wrap_up_until, null, `${rep.id} is rung in wrap-up`);
    assert(tierOf(rep.id, call.queue_id), `${rep.id} is rung for ${call.queue_id}`);
    assert(!talksNow(seen, rep), `${rep.id} is rung while talking`);
    assert.equal(offer.due_at - offer.made_at, queueOf(call).offerMs, 'how long it rings');
  }
  for (const offer of seen.offers)
    assert.equal(offer.ended_at === null, offer.state === 'live', 'an offer and its end');
}

function repsAreSound(seen: Snapshot): void {
  for (const rep of seen.reps) {
    const talks = seen.calls.filter(call => call.state === 'talking' && call.rep_id === rep.id);
    assert(talks.length <= 1, `${rep.id} talks twice`);
    assert.equal(rep.wrap_up_call_id === null, rep.wrap_up_until === null, 'a wrap-up and its end');
    if (rep.wrap_up_call_id !== null) {
      const call = seen.calls.find(one => one.id === rep.wrap_up_call_id);
      assert(call?.state === 'ended' && call.rep_id === rep.id, `${rep.id} wraps up a call of their own`);
      assert.equal(talks.length, 0, `${rep.id} talks during wrap-up`);
      assert.equal(rep.wrap_up_until, call.ended_at! + queueOf(call).wrapUpMs, 'how long a wrap-up is');
    }
    if (rep.session_id !== null) assert.equal(rep.lost_until, null, `${rep.id} is here and lost`);
    if (rep.session_id === null && rep.lost_until === null) {
      assert.equal(rep.status, 'offline', `${rep.id} is gone for good`);
      assert.equal(talks.length, 0, `${rep.id} is gone for good and talks`);
    }
  }
}

/** No caller waits beside a rep who could take the call. `at`: refusals that lasted until then count. */
function nobodyStranded(seen: Snapshot, at: number): void {
  for (const rep of seen.reps.filter(one => isFree(seen, one)))
    for (const call of seen.calls)
      if (call.state === 'waiting' && call.parked_until === null && !refused(seen, call, rep, at))
        assert.equal(tierOf(rep.id, call.queue_id), undefined, `${rep.id} is free and ${call.id} waits`);
}

function placesAreKept(before: Snapshot, seen: Snapshot): void {
  for (const was of before.calls) {
    const is = seen.calls.find(call => call.id === was.id)!;
    assert.equal(is.queued_at, was.queued_at, 'the original wait');
    assert.equal(is.priority, was.priority, 'the priority');
    if (was.state === 'ended') assert.deepEqual(pickEnd(is), pickEnd(was), 'an ended call stays as it was');
  }
}

const pickEnd = ({ state, ended_at, end_reason, rep_id, answered_at }: CallRow) => ({
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
function firstGoesFirst(seen: Snapshot, offer: OfferRow, at: number): void {
  const rep = seen.reps.find(one => one.id === offer.rep_id)!;
  const call = seen.calls.find(one => one.id === offer.call_id)!;
  for (const other of seen.calls) {
    if (other.state !== 'waiting' || other.parked_until !== null) continue;
    if (tierOf(rep.id, other.queue_id) === undefined || refused(seen, other, rep, at)) continue;
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
    if (otherTier === undefined || !isFree(seen, other) || refused(seen, call, other, at)) continue;
    assert(otherTier >= tier, `${other.id} of an upper tier was free`);
    if (otherTier === tier) assert(other.idle_since >= rep.idle_since, `${other.id} was idle for longer`);
  }
}
