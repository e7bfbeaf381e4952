import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { match, serviceOrder } from '../../../server/acd/match.ts';
import type { IdleRep, MatchState, WaitingCall } from '../../../server/acd/match-state.ts';
import type { CallId, QueueId, RepId } from '../../../shared/ids.ts';

const queueIds = ['sales', 'help', 'vip'] as QueueId[];
const repIds = ['ana', 'ben', 'cleo', 'dan', 'eve'] as RepId[];
const offerMs = 20_000;
const now = 1_000_000;

const queues = new Map(
  queueIds.map(queueId => [queueId, { queueId, strategy: 'longest-idle' as const, offerMs }]),
);

/** Few values of everything, so that ties and conflicts are the rule. */
const reps: fc.Arbitrary<IdleRep[]> = fc.uniqueArray(fc.constantFrom(...repIds)).chain(ids =>
  fc.tuple(
    ...ids.map(repId =>
      fc.record({
        repId: fc.constant(repId),
        idleSince: fc.nat({ max: 3 }),
        tiers: fc
          .uniqueArray(fc.tuple(fc.constantFrom(...queueIds), fc.integer({ min: 1, max: 2 })), {
            selector: ([queue]) => queue,
          })
          .map(pairs => new Map(pairs)),
      }),
    ),
  ),
);
const calls: fc.Arbitrary<WaitingCall[]> = fc
  .array(
    fc.record({
      // One queue is unknown to the site: a call of it cannot be offered, and must not stop the others.
      queueId: fc.constantFrom(...queueIds, 'closed' as QueueId),
      priority: fc.nat({ max: 1 }),
      queuedAt: fc.nat({ max: 4 }),
      notNow: fc.subarray(repIds).map(ids => new Set(ids)),
    }),
    { maxLength: 12 },
  )
  .map(list => list.map((call, index) => ({ ...call, callId: `call-${index}` as CallId })));
const state: fc.Arbitrary<MatchState> = fc.record({ calls, reps, queues: fc.constant(queues) });

const canTake = (rep: IdleRep, call: WaitingCall) =>
  queues.has(call.queueId) && rep.tiers.has(call.queueId) && !call.notNow.has(rep.repId);
const find = ({ calls, reps }: MatchState, { callId, repId }: { callId: CallId; repId: RepId }) => ({
  call: calls.find(call => call.callId === callId)!,
  rep: reps.find(rep => rep.repId === repId)!,
});

describe('matching', () => {
  test('Q2 offers each call and each rep at most once, only to members, never to who just declined', () => {
    fc.assert(
      fc.property(state, given => {
        const offers = match(given, now);
        expect(new Set(offers.map(offer => offer.callId)).size).toBe(offers.length);
        expect(new Set(offers.map(offer => offer.repId)).size).toBe(offers.length);
        for (const offer of offers) {
          const { call, rep } = find(given, offer);
          expect(canTake(rep, call)).toBe(true);
          expect(offer.dueAt).toBe(now + offerMs);
        }
      }),
    );
  });

  test('Q3 leaves no call waiting beside a rep who could take it', () => {
    fc.assert(
      fc.property(state, given => {
        const offers = match(given, now);
        const waiting = given.calls.filter(call => !offers.some(offer => offer.callId === call.callId));
        const free = given.reps.filter(rep => !offers.some(offer => offer.repId === rep.repId));
        for (const call of waiting) for (const rep of free) expect(canTake(rep, call)).toBe(false);
      }),
    );
  });

  test('Q4 serves by priority, then original wait, then id: who comes first gets the first choice', () => {
    fc.assert(
      fc.property(state, given => {
        // Taking the calls one at a time in that order is the definition.
        const left = new Map(given.reps.map(rep => [rep.repId, rep]));
        for (const call of [...given.calls].sort(serviceOrder)) {
          const offer = match({ ...given, calls: [call], reps: [...left.values()] }, now)[0];
          if (offer) left.delete(offer.repId);
          expect(match(given, now).find(({ callId }) => callId === call.callId)?.repId).toBe(offer?.repId);
        }
      }),
    );
    const order = fc
      .tuple(fc.nat({ max: 2 }), fc.nat({ max: 2 }), fc.nat({ max: 2 }))
      .map(([priority, queuedAt, id]) => ({ priority, queuedAt, callId: `call-${id}` as CallId }));
    fc.assert(
      fc.property(order, order, (a, b) => {
        const inOrder =
          a.priority > b.priority ||
          (a.priority === b.priority &&
            (a.queuedAt < b.queuedAt || (a.queuedAt === b.queuedAt && a.callId < b.callId)));
        if (a.callId !== b.callId) expect(serviceOrder(a, b) < 0).toBe(inOrder);
      }),
    );
  });

  test('Q5 rings the rep who has been idle longest, and a lower tier only when the upper has nobody', () => {
    fc.assert(
      fc.property(state, given => {
        const offers = match(given, now);
        for (const offer of offers) {
          const { call, rep } = find(given, offer);
          const unused = given.reps.filter(one => !offers.some(({ repId }) => repId === one.repId));
          for (const other of unused.filter(one => canTake(one, call))) {
            const [tier, otherTier] = [rep, other].map(one => one.tiers.get(call.queueId)!) as [
              number,
              number,
            ];
            expect(otherTier).toBeGreaterThanOrEqual(tier);
            if (otherTier === tier)
              expect(
                rep.idleSince < other.idleSince ||
                  (rep.idleSince === other.idleSince && rep.repId < other.repId),
              ).toBe(true);
          }
        }
      }),
    );
  });

  test('Q6 decides the same whatever the order of the rows, and changes nothing it was given', () => {
    fc.assert(
      fc.property(
        state.chain(given =>
          fc.tuple(
            fc.constant(given),
            fc.shuffledSubarray([...given.calls], { minLength: given.calls.length }),
            fc.shuffledSubarray([...given.reps], { minLength: given.reps.length }),
          ),
        ),
        ([given, calls, reps]) => {
          const before = structuredClone({ calls: given.calls, reps: given.reps });
          expect(match({ ...given, calls, reps }, now)).toEqual(match(given, now));
          expect({ calls: given.calls, reps: given.reps }).toEqual(before);
        },
      ),
    );
  });
});
