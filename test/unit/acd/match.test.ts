import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { match, type OfferDecision, serviceOrder } from '../../../server/acd/match.ts';
import type { MatchState } from '../../../server/acd/match-state.ts';
import { strategies } from '../../../shared/domain.ts';
import type { CallId, QueueId } from '../../../shared/ids.ts';
import { draws } from '../../support/random.ts';
import { canTake, now, offerMs, states } from './match-states.ts';

const ringsOne = strategies.filter(strategy => strategy !== 'ring-all');

const find = ({ calls, reps, queues }: MatchState, { callId, repId }: OfferDecision) => {
  const call = calls.find(one => one.callId === callId)!;
  return { call, rep: reps.find(one => one.repId === repId)!, queue: queues.get(call.queueId)! };
};
const tierOf = (rep: MatchState['reps'][number], queueId: QueueId) => rep.memberships.get(queueId)!.tier;
/** Calls that wait come before calls that ring already. */
const inTurn = ({ calls }: MatchState) =>
  calls.toSorted((a, b) => Number(a.ringingAt.size > 0) - Number(b.ringingAt.size > 0) || serviceOrder(a, b));

describe('matching', () => {
  test('Q2 offers each rep one call, each call to one rep unless all ring, and only to who may take it', () => {
    fc.assert(
      fc.property(states(), given => {
        const offers = match(given, now, draws());
        expect(new Set(offers.map(offer => offer.repId)).size).toBe(offers.length);
        for (const offer of offers) {
          const { call, rep, queue } = find(given, offer);
          expect(canTake(given, rep, call)).toBe(true);
          expect(offer.dueAt).toBe(now + offerMs);
          const ofThisCall = offers.filter(one => one.callId === offer.callId).length;
          if (queue.strategy !== 'ring-all') expect(ofThisCall).toBe(1);
        }
      }),
    );
  });

  test('Q3 leaves no call waiting beside a rep who could take it', () => {
    fc.assert(
      fc.property(states(), given => {
        const offers = match(given, now, draws());
        const waiting = given.calls.filter(
          call => call.ringingAt.size === 0 && !offers.some(offer => offer.callId === call.callId),
        );
        const free = given.reps.filter(rep => !offers.some(offer => offer.repId === rep.repId));
        for (const call of waiting) for (const rep of free) expect(canTake(given, rep, call)).toBe(false);
      }),
    );
  });

  test('Q4 serves by priority, then original wait, then id: who comes first gets the first choice', () => {
    fc.assert(
      fc.property(states(), given => {
        // Taking the calls one at a time in that order is the definition.
        const left = new Map(given.reps.map(rep => [rep.repId, rep]));
        const queues = new Map(given.queues);
        const random = draws();
        const expected: OfferDecision[] = [];
        for (const call of inTurn(given)) {
          const offers = match({ queues, calls: [call], reps: [...left.values()] }, now, random);
          expected.push(...offers);
          for (const { repId } of offers) {
            const queue = queues.get(call.queueId)!;
            const { position } = left.get(repId)!.memberships.get(call.queueId)!;
            queues.set(call.queueId, { ...queue, lastRung: { repId, position } });
            left.delete(repId);
          }
        }
        expect(match(given, now, draws())).toEqual(expected);
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

  test('Q5 tries a lower tier only when the upper has nobody, whatever the strategy', () => {
    fc.assert(
      fc.property(states(ringsOne), given => {
        const offers = match(given, now, draws());
        const unused = given.reps.filter(one => !offers.some(({ repId }) => repId === one.repId));
        for (const offer of offers) {
          const { call, rep } = find(given, offer);
          for (const other of unused.filter(one => canTake(given, one, call)))
            expect(tierOf(other, call.queueId)).toBeGreaterThanOrEqual(tierOf(rep, call.queueId));
        }
      }),
    );
  });

  test('Q6 decides the same whatever the order of the rows, and changes nothing it was given', () => {
    fc.assert(
      fc.property(
        states().chain(given =>
          fc.tuple(
            fc.constant(given),
            fc.shuffledSubarray([...given.calls], { minLength: given.calls.length }),
            fc.shuffledSubarray([...given.reps], { minLength: given.reps.length }),
          ),
        ),
        ([given, calls, reps]) => {
          const before = structuredClone({ calls: given.calls, reps: given.reps });
          expect(match({ ...given, calls, reps }, now, draws())).toEqual(match(given, now, draws()));
          expect({ calls: given.calls, reps: given.reps }).toEqual(before);
        },
      ),
    );
  });

  test('Q33 rings everybody of the tier for a ring-all call, and whoever becomes free later joins', () => {
    fc.assert(
      fc.property(states(['ring-all']), given => {
        const offers = match(given, now, draws());
        const unused = given.reps.filter(one => !offers.some(({ repId }) => repId === one.repId));
        for (const call of given.calls) {
          const rung = offers.filter(offer => offer.callId === call.callId).map(offer => find(given, offer));
          const left = unused.filter(rep => canTake(given, rep, call));
          const tiers = rung.map(({ rep }) => tierOf(rep, call.queueId));
          expect(new Set(tiers).size).toBeLessThanOrEqual(1);
          // Nobody who could be rung and is free is left silent, unless in a lower tier.
          for (const rep of left) expect(tierOf(rep, call.queueId)).toBeGreaterThan(tiers[0] ?? 0);
          if (left.length > 0) expect(rung.length).toBeGreaterThan(0);
        }
      }),
    );
  });

  test('Q34 keeps a call for the rep who spoke to the shopper last: nobody else, whatever tier or skill', () => {
    fc.assert(
      fc.property(states(), given => {
        for (const offer of match(given, now, draws())) {
          const { call } = find(given, offer);
          if (call.reservedFor) expect(offer.repId).toBe(call.reservedFor);
        }
      }),
    );
  });
});
