import type { EndReason } from '../../shared/domain.ts';
import type { CallId } from '../../shared/ids.ts';
import type { Reachability, ShopperView } from '../../shared/views.ts';
import type { MicrophoneProblem } from '../voice/devices.ts';

/** Everything that can stand between a shopper and a talk. Each has its own words and next step. */
export type Problem =
  | `microphone-${Exclude<MicrophoneProblem, 'unsupported' | 'insecure'>}`
  /** The page is not on https, so no browser will give it a microphone. */
  | 'insecure'
  | 'unsupported'
  | 'closed'
  | 'no-rep'
  | 'queue-full'
  | 'blocked'
  | 'connection'
  | 'shutting-down'
  | 'too-many'
  /** The call was taken over by another tab. */
  | 'replaced'
  /** The voice code could not be fetched. */
  | 'loading'
  /** The shop's mistakes, told to the shopper kindly and to the shop by the error event. */
  | 'not-set-up'
  | 'unknown-site'
  | 'origin-not-allowed'
  | 'internal';

/** Told where nothing can be fetched any more. The words for the others are fetched when they are needed. */
export type OfflineProblem = 'connection' | 'shutting-down' | 'loading' | 'internal';

/** In line, with music. */
export type Waiting = Extract<ShopperView, { state: 'waiting' }>;
export type Talking = Extract<ShopperView, { state: 'talking' }>;
type Callback = Extract<ShopperView, { state: 'callback' }>;
type CallingBack = Extract<ShopperView, { state: 'calling-back' }>;

/** What the panel shows. */
export type Screen =
  | { name: 'idle' }
  /** Getting through; `rejoining` a call that was there before a reload. */
  | { name: 'connecting'; rejoining: boolean }
  /** Saying why, while the browser asks for the microphone. */
  | { name: 'asking'; rejoining: boolean }
  | { name: 'waiting'; view: Waiting }
  | { name: 'talking'; view: Talking }
  /** Called back instead of waiting. */
  | { name: 'callback'; view: Callback }
  | { name: 'calling-back'; view: CallingBack }
  | {
      name: 'ended';
      callId: CallId;
      reason: EndReason;
      repName: string | null;
      talkMs: number;
    }
  | { name: 'problem'; problem: Problem };

/** The words of a screen: shown large, and said to screen readers when they change. */
export type Words = { title: string; detail: string };

export type ScreenEvent =
  | { type: 'call' }
  | { type: 'ask' }
  | { type: 'allowed' }
  | { type: 'rejoin' }
  | { type: 'view'; view: ShopperView }
  /** The shopper hung up: shown at once, whatever the network does. `now` is the server's clock. */
  | { type: 'hang-up'; now: number }
  | { type: 'fail'; problem: Problem }
  | { type: 'dismiss' };

/** Whether the shopper is in a call or on the way into one. */
export function isLive(screen: Screen): boolean {
  return ['connecting', 'asking', 'waiting', 'talking', 'callback', 'calling-back'].includes(screen.name);
}

const offline: ReadonlySet<Problem> = new Set<OfflineProblem>([
  'connection',
  'shutting-down',
  'loading',
  'internal',
]);
export const isOffline = (problem: Problem): problem is OfflineProblem => offline.has(problem);

/** What a button can promise. `unknown` until the server has answered. */
export type Reach = Reachability['availability'] | 'unknown';
