/**
 * Every state that a call can come into, found by trying every event in each: two reps, a supervisor, a shopper. Times
 * count from the present moment, so that what differs only in when it happened is one state.
 */
import { expect, test } from 'vitest';
import { audibleCall, audioGraph } from '../../../../server/calls/audio/audio-graph.ts';
import { type Call, offersOf, partiesOf, type WaitingCall } from '../../../../server/calls/model/call.ts';
import type { CallEvent, MemberChange } from '../../../../server/calls/model/events.ts';
import { beginning, transition } from '../../../../server/calls/model/transition.ts';
import { callbackOutcomes } from '../../../../shared/domain.ts';
import type { CallId, OfferId, PartyId, QueueId, RepId, ShopperId, SiteId } from '../../../../shared/ids.ts';

const staff = ['ana', 'ben', 'sue'] as RepId[];
/** Sue is a supervisor: no call is offered to her, but she may take or remove any. */
const reps = staff.slice(0, 2);
const settings = {
  wrapUp: { kind: 'fixed' as const, ms: 15_000 },
  callback: {
    ...{ page: true, phone: true, tries: 2, retryMs: 40_000, expireMs: 100_000 },
    numbers: { countries: 'any' as const, premium: false, own: null },
  },
};

type Work = MemberChange['work'];
/** `now` of the call's own times. */
type World = { call: Call; work: Record<string, Work>; now: number };
/** `mark`: writes something beside the state, and is tried out in each, but leads nowhere. */
type Move = { name: string; by: 'people' | 'time' | 'mark'; make(world: World): CallEvent | null };

const start = 1_000_000;
const firstCall: WaitingCall = {
  ...{ id: 'call' as CallId, siteId: 'site' as SiteId, shopperId: 'sam' as ShopperId, state: 'waiting' },
  shopper: {
    ...{ id: 'sam' as PartyId, kind: 'shopper', repId: null, mode: 'talk', state: 'joined' },
    ...{ muted: false, mos: null, joinedAt: start, stateSince: start },
  },
  startedAt: start,
  place: {
    ...{ queueId: 'sales' as QueueId, priority: 0, boost: 0, needs: '', queuedAt: start, lineSince: start },
    statistics: '',
  },
  ...{ context: '{}', language: '', network: '', callback: null, keptFor: null, returnedAt: null },
  ...{ parkedUntil: null, heldUntil: null, handed: null, note: '' },
};

const does = (name: string, make: (world: World) => CallEvent | null): Move => ({ name, by: 'people', make });
const marks = (name: string, make: (world: World) => CallEvent | null): Move => ({ name, by: 'mark', make });
const byTime = (name: string, make: (world: World) => CallEvent | null): Move => ({ name, by: 'time', make });
const callbackOf = (call: Call) => ('callback' in call ? call.callback : null);
const due = (at: number | null | undefined, now: number) => at != null && at <= now;

const moves: Move[] = [
  ...reps.map(repId =>
    does(`rings at ${repId}`, ({ work, now }) =>
      work[repId] === 'idle'
        ? {
            type: 'offer',
            offer: { id: `offer-${repId}` as OfferId, repId, madeAt: now, dueAt: now + 20_000 },
          }
        : null,
    ),
  ),
  ...reps.flatMap(repId => {
    const offerId = `offer-${repId}` as OfferId;
    return [
      does(`${repId} accepts`, () => ({
        type: 'accept',
        offerId,
        repId,
        partyId: repId as string as PartyId,
      })),
      does(`${repId} declines`, () => ({ type: 'decline', offerId, repId, reason: 'busy' })),
      does(`${repId} can not take it any more`, () => ({ type: 'revoke-offer', repId })),
      byTime(`${repId} does not answer`, () => ({ type: 'expire-offer', offerId })),
      does(`${repId} puts the shopper on hold`, () => ({ type: 'hold', repId })),
      does(`${repId} takes the shopper back`, () => ({ type: 'resume', repId })),
      ...reps
        .filter(to => to !== repId)
        .map(to =>
          does(`${repId} sends it on to ${to}`, ({ work, now }) =>
            work[to] === 'idle'
              ? {
                  ...{ type: 'transfer-to-rep', repId, note: 'a note' },
                  offer: { id: `offer-${to}` as OfferId, repId: to, madeAt: now, dueAt: now + 20_000 },
                }
              : null,
          ),
        ),
      does(`${repId} takes it back`, () => ({ type: 'take-back', repId })),
      does(`${repId} sends it on`, ({ call, now }) => ({
        ...{ type: 'transfer', repId, refusalId: 'refusal' as OfferId, note: 'a note' },
        place: { ...call.place, lineSince: now },
      })),
      ...callbackOutcomes.map(outcome =>
        does(`${repId} says ${outcome}`, () => ({ type: 'callback-outcome', repId, outcome })),
      ),
    ];
  }),
  ...staff.flatMap(repId => [
    does(`${repId} picks it up`, ({ call, work }) =>
      work[repId] === 'idle' || offersOf(call).some(offer => offer.repId === repId)
        ? { type: 'pick-up', repId, partyId: repId as string as PartyId }
        : null,
    ),
    does(`${repId} finishes the work after it`, ({ work }) =>
      work[repId] === 'wrap-up' ? { type: 'wrap-up', repId, note: 'note' } : null,
    ),
  ]),
  does('sue removes it', () => ({ type: 'remove', repId: 'sue' as RepId, note: '' })),
  marks('sue puts it first', () => ({ type: 'boost', boost: 1 })),
  ...(['shopper', 'rep'] as const).map(by => does(`${by} hangs up`, () => ({ type: 'hang-up', by }))),
  ...(['shopper-lost', 'shopper-back', 'rep-lost', 'rep-back'] as const).map(type =>
    does(type, () => ({ type })),
  ),
  byTime('the rep is gone', ({ call }) =>
    'rep' in call && call.rep.state === 'lost' ? { type: 'rep-gone' } : null,
  ),
  ...(['page', 'phone'] as const).map(kind =>
    does(`called back, by ${kind}`, () => ({ type: 'become-callback', kind, phone: null, network: null })),
  ),
  does('pushes are allowed', () => ({ type: 'allow-push', push: '{}' })),
  ...(['push-gone', 'push-failed', 'answer-callback', 'callback-missed', 'keep-no-longer'] as const).map(
    type => does(type, () => ({ type })),
  ),
  marks('moves to another page', () => ({
    type: 'context',
    context: '{"page":{}}',
    language: 'de',
    needs: ':de',
  })),
  does('the server restarts', () => ({ type: 'server-restarted' })),
  does('the store was away', () => ({ type: 'outage-over' })),
  byTime('the page has rung for long enough', ({ call, now }) =>
    call.state === 'calling-back' && due(call.ringUntil, now) ? { type: 'callback-missed' } : null,
  ),
  byTime('the next try may be made', () => ({ type: 'hold-over' })),
  byTime('it is too late to call back', ({ call, now }) =>
    call.state !== 'calling-back' && due(callbackOf(call)?.expiresAt, now)
      ? { type: 'end', reason: 'callback-expired' }
      : null,
  ),
  byTime('nobody came back', ({ call, now }) =>
    'parkedUntil' in call && due(call.parkedUntil, now) ? { type: 'end', reason: 'shopper-lost' } : null,
  ),
  byTime('waited for too long', ({ call }) =>
    call.state === 'waiting' && call.callback === null && call.parkedUntil === null
      ? { type: 'end', reason: 'max-wait' }
      : null,
  ),
];

/** The next moment at which something is due; null when nothing is. */
function nextDue({ call, now }: World): number | null {
  const times = [
    ...offersOf(call).map(offer => offer.dueAt),
    'parkedUntil' in call ? call.parkedUntil : null,
    'heldUntil' in call ? call.heldUntil : null,
    'ringUntil' in call ? call.ringUntil : null,
    call.state === 'ended' || call.state === 'calling-back' ? null : callbackOf(call)?.expiresAt,
  ].filter(at => at != null && at > now) as number[];
  return times.length === 0 ? null : Math.min(...times);
}

/** What is given is not changed: trying to would throw. */
function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const inner of Object.values(value)) freeze(inner);
}

/** What tells one state from another: times as from now, and those that only say since when, not at all. */
function keyOf({ call, work, now }: World): string {
  const since = new Set([
    'startedAt',
    'queuedAt',
    'lineSince',
    'joinedAt',
    'stateSince',
    'answeredAt',
    'endedAt',
    'madeAt',
  ]);
  const past = new Set(['wrappedUpAt', 'returnedAt']);
  // What each wrote is added to what others had.
  const written = new Set(['note']);
  const text = JSON.stringify(call, (key, value) => {
    if (since.has(key)) return undefined;
    if (past.has(key)) return value !== null;
    if (written.has(key)) return undefined;
    return /At$|Until$/.test(key) && typeof value === 'number' ? Math.max(0, value - now) : value;
  });
  return `${text} ${JSON.stringify(work)}`;
}

function soundOf({ call, work }: World): void {
  for (const repId of staff) {
    const has = 'rep' in call && call.rep.repId === repId;
    const rings = offersOf(call).some(offer => offer.repId === repId);
    if (has) expect(work[repId], `${repId} has the call`).toBe('talking');
    else if (rings) expect(work[repId], `it rings at ${repId}`).toBe('ringing');
    else expect(['idle', 'wrap-up'], `${repId} has nothing to do with it`).toContain(work[repId]);
    if (work[repId] === 'wrap-up' && !(call.state === 'ended' && call.repId === repId))
      expect(call.handed, `${repId} wraps up a talk that was sent on`).not.toBeNull();
  }
  const { edges } = audioGraph(audibleCall(call, 'music:default', () => true));
  const heardBy = (leg: string) => edges.filter(edge => edge.listener === leg && edge.active);
  const sam = 'shopper:call';
  const connected =
    call.state === 'talking' || ((call.state === 'waiting' || call.state === 'ringing') && !call.callback);
  // Nobody is alone without being told: whoever is connected hears somebody or music, and else their call says so.
  expect(heardBy(sam).length, 'what the shopper hears').toBe(connected ? 1 : 0);
  if (call.state === 'talking') {
    const held = call.shopper.state === 'held';
    expect(heardBy(`rep:${call.rep.repId}`)).toHaveLength(held ? 0 : 1);
    // Whoever is rung for a talk is not the one who has it, and the shopper hears music meanwhile.
    if (call.transfer) expect([held, call.transfer.offer.repId === call.rep.repId]).toEqual([true, false]);
    if (held) expect(heardBy(sam)[0]?.source).toBe('music:default');
    expect(partiesOf(call)).toHaveLength(2);
  }
  if (call.state !== 'talking' && call.state !== 'ended') expect(call.shopper.state).toBe('joined');
  if (call.state === 'waiting' && call.heldUntil !== null) expect(call.callback).not.toBeNull();
  if (callbackOf(call)?.kind === 'phone' && 'parkedUntil' in call) expect(call.parkedUntil).toBeNull();
}

test('Q177 every state that a call can come into is sound, can be left, and ends by itself when nobody does anything', () => {
  const first: World = {
    ...{ call: beginning(firstCall).call, now: start },
    work: Object.fromEntries(staff.map(repId => [repId, 'idle' as Work])),
  };
  const worlds = new Map<string, World>([[keyOf(first), first]]);
  const before = new Map<string, Set<string>>();
  const beforeByTime = new Map<string, Set<string>>();
  const queue = [...worlds.keys()];
  const refusals = new Set<string>();
  const happened = new Set<string>();
  const reach = (from: string, world: World, by: Move['by']) => {
    const key = keyOf(world);
    if (!worlds.has(key)) {
      worlds.set(key, world);
      queue.push(key);
    }
    if (key === from) return;
    for (const edges of by === 'time' ? [before, beforeByTime] : [before]) {
      const set = edges.get(key) ?? new Set();
      edges.set(key, set.add(from));
    }
  };

  for (let from = queue.shift(); from !== undefined; from = queue.shift()) {
    const world = worlds.get(from) as World;
    soundOf(world);
    freeze(world.call);
    for (const { name, by, make } of moves) {
      const event = make(world);
      if (!event) continue;
      const done = transition(world.call, event, { now: world.now, settings });
      if ('refused' in done) {
        refusals.add(done.refused);
        continue;
      }
      happened.add(name);
      if (by === 'mark') {
        expect(done.members, name).toEqual([]);
        expect(done.call.state, name).toBe(world.call.state);
        continue;
      }
      const work = { ...world.work };
      for (const member of done.members) work[member.repId] = member.work;
      reach(from, { call: done.call, work, now: world.now }, by);
    }
    const next = nextDue(world);
    if (next !== null) reach(from, { ...world, now: next }, 'time');
  }

  expect(worlds.size, 'states').toBeGreaterThan(1_000);
  expect(
    moves.map(({ name }) => name).filter(name => !happened.has(name)),
    'what never happens',
  ).toEqual([]);
  expect([...refusals].sort(), 'every refusal').toEqual(
    [
      'being-transferred',
      'not-a-page-callback',
      'not-calling-back',
      'not-in-line',
      'not-party',
      'not-ringing',
      'over',
      'shopper-away',
    ].sort(),
  );
  const ends = [...worlds].filter(([, { call }]) => call.state === 'ended').map(([key]) => key);
  const leadToAnEnd = (edges: Map<string, Set<string>>) => {
    const found = new Set(ends);
    for (const key of found) for (const earlier of edges.get(key) ?? []) found.add(earlier);
    return found;
  };
  const canEnd = leadToAnEnd(before);
  expect(
    [...worlds.keys()].filter(key => !canEnd.has(key)),
    'states without a way out',
  ).toEqual([]);
  const byItself = leadToAnEnd(beforeByTime);
  const lasting = [...worlds].filter(([key]) => !byItself.has(key)).map(([, { call }]) => call);
  // A talk lasts as long as both are there, and a telephone call until the rep says what came of it.
  for (const call of lasting)
    expect(
      (call.state === 'talking' && call.parkedUntil === null && call.rep.state === 'joined') ||
        (call.state === 'calling-back' && call.callback.kind === 'phone' && call.rep.state === 'joined'),
      `${JSON.stringify(call)} lasts for ever`,
    ).toBe(true);
}, 60_000);
