/** Everything that people, networks and time can do to the routing, as data that fast-check can make up and shrink. */
import fc from 'fast-check';
import {
  type CallbackKind,
  type CallbackOutcome,
  callbackKinds,
  callbackOutcomes,
} from '../../../../shared/domain.ts';
import { repIds, shopperIds } from './world.ts';

export type Command =
  | { do: 'start'; shopper: number; queue: number }
  | { do: 'hang-up' | 'shopper-lost' | 'shopper-back'; shopper: number }
  | { do: 'call-me-back'; shopper: number; kind: CallbackKind }
  | { do: 'answer-back' | 'put-off' | 'allow-push' | 'push-gone'; shopper: number }
  | { do: 'boost'; shopper: number; boost: number }
  | { do: 'pick-up' | 'remove'; rep: number; shopper: number }
  | { do: 'outcome'; rep: number; outcome: CallbackOutcome }
  | { do: 'rep-arrives'; rep: number; keepsLeg: boolean }
  | { do: 'rep-lost' | 'old-socket-closes' | 'rep-hangs-up' | 'wrap-up-done'; rep: number }
  | { do: 'microphone'; rep: number; ready: boolean }
  | { do: 'transfer'; rep: number; queue: number }
  | { do: 'hold'; rep: number; hold: boolean }
  | { do: 'transfer-to-rep'; rep: number; to: number }
  | { do: 'take-back'; rep: number }
  | { do: 'status'; rep: number; status: 'available' | 'away' | 'offline' }
  | { do: 'accept' | 'decline'; rep: number; offer: 'own' | "another's" };

export type Operation =
  | Command
  | { do: 'together'; one: Command; other: Command }
  /** `late`: the timer has not run yet. */
  | { do: 'time-passes'; ms: number; late: boolean }
  /** A rep signs in, takes the headset and goes available. */
  | { do: 'comes-to-work'; rep: number }
  | { do: 'restart' }
  | { do: 'clock-steps'; ms: number }
  | { do: 'nothing' };

const shopper = fc.nat({ max: shopperIds.length - 1 });
const rep = fc.nat({ max: repIds.length - 1 });
const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({ do: fc.constant('start' as const), shopper, queue: fc.nat({ max: 1 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('hang-up' as const, 'shopper-lost' as const, 'shopper-back' as const),
      shopper,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('rep-arrives' as const), rep, keepsLeg: fc.boolean() }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'rep-lost' as const,
        'old-socket-closes' as const,
        'rep-hangs-up' as const,
        'wrap-up-done' as const,
        'wrap-up-done' as const,
      ),
      rep,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('microphone' as const),
      rep,
      ready: fc.constantFrom(true, true, false),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('status' as const),
      rep,
      status: fc.constantFrom(
        'available' as const,
        'available' as const,
        'away' as const,
        'offline' as const,
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('boost' as const),
      shopper,
      boost: fc.integer({ min: -1, max: 2 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('call-me-back' as const),
      shopper,
      kind: fc.constantFrom(...callbackKinds),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'answer-back' as const,
        'answer-back' as const,
        'put-off' as const,
        'allow-push' as const,
        'push-gone' as const,
      ),
      shopper,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('pick-up' as const, 'pick-up' as const, 'remove' as const),
      rep,
      shopper,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('outcome' as const),
      rep,
      outcome: fc.constantFrom(...callbackOutcomes),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('transfer' as const), rep, queue: fc.nat({ max: 2 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('hold' as const), rep, hold: fc.boolean() }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('transfer-to-rep' as const), rep, to: rep }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('take-back' as const), rep }) },
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constantFrom('accept' as const, 'accept' as const, 'decline' as const),
      rep,
      offer: fc.constantFrom('own' as const, 'own' as const, 'own' as const, "another's" as const),
    }),
  },
);

/** The first is what a failing history is shortened with. */
export const operation: fc.Arbitrary<Operation> = fc.oneof(
  { withCrossShrink: true },
  { weight: 1, arbitrary: fc.constant({ do: 'nothing' as const }) },
  { weight: 20, arbitrary: command },
  { weight: 7, arbitrary: fc.record({ do: fc.constant('comes-to-work' as const), rep }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('time-passes' as const),
      ms: fc.constantFrom(0, 1, 400, 3_000, 9_999, 10_000, 20_000, 31_000, 70_000),
      late: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('together' as const), one: command, other: command }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'restart' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('clock-steps' as const),
      ms: fc.constantFrom(3 * 3_600_000, -3 * 3_600_000, 90_000, -90_000),
    }),
  },
);
