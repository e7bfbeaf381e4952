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

/** In line, with music. */
export type Waiting = Extract<ShopperView, { state: 'waiting' }>;
type Talking = Extract<ShopperView, { state: 'talking' }>;
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

const passing: ReadonlySet<Problem> = new Set([
  'connection',
  'shutting-down',
  'loading',
  'internal',
  'too-many',
]);

/** A problem that is over as soon as the server shows a call. */
export const isPassing = (problem: Problem): boolean => passing.has(problem);

/** The next screen. Pure; unknown turns leave things as they are. */
export function nextScreen(screen: Screen, event: ScreenEvent): Screen {
  switch (event.type) {
    case 'call':
      return { name: 'connecting', rejoining: false };
    case 'rejoin':
      return { name: 'connecting', rejoining: true };
    case 'ask':
      return screen.name === 'connecting' ? { name: 'asking', rejoining: screen.rejoining } : screen;
    case 'allowed':
      return screen.name === 'asking' ? { name: 'connecting', rejoining: screen.rejoining } : screen;
    case 'fail':
      return { name: 'problem', problem: event.problem };
    case 'dismiss':
      return { name: 'idle' };
    case 'hang-up':
      return hungUp(screen, event.now);
    case 'view':
      return showView(screen, event.view);
  }
}

/** Whether the shopper is in a call or on the way into one. */
export function isLive(screen: Screen): boolean {
  return ['connecting', 'asking', 'waiting', 'talking', 'callback', 'calling-back'].includes(screen.name);
}

function hungUp(screen: Screen, now: number): Screen {
  if (!('view' in screen)) return { name: 'idle' };
  const talking = screen.name === 'talking' ? screen.view : null;
  return {
    name: 'ended',
    callId: screen.view.callId,
    reason: 'shopper-hung-up',
    repName: talking?.repName ?? null,
    talkMs: talking ? Math.max(0, now - talking.since) : 0,
  };
}

function showView(screen: Screen, view: ShopperView): Screen {
  const current = 'view' in screen ? screen.view.callId : null;
  switch (view.state) {
    case 'waiting':
    case 'talking':
    case 'callback':
    case 'calling-back':
      // Hung up here, but the server has not heard of it yet.
      if (screen.name === 'ended' && screen.callId === view.callId) return screen;
      if (screen.name === 'problem' && !isPassing(screen.problem)) return screen;
      if (screen.name === 'asking') return screen;
      return { name: view.state, view } as Screen;
    case 'ended': {
      const awaited = screen.name === 'connecting' && screen.rejoining;
      if (!awaited && current !== view.callId) return screen;
      const { callId, reason, repName, talkMs } = view;
      return { name: 'ended', callId, reason, repName, talkMs };
    }
    case 'idle':
      if (screen.name === 'connecting' && screen.rejoining) return { name: 'idle' };
      if (!current) return screen;
      // The server no longer knows the call: what happened is best described as a lost connection.
      return { name: 'ended', callId: current, reason: 'shopper-lost', repName: null, talkMs: 0 };
  }
}

/** What a button can promise. `unknown` until the server has answered. */
export type Reach = Reachability['availability'] | 'unknown';
