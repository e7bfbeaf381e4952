import type { ShopperView } from '../../shared/views.ts';
import type { Problem, Screen, ScreenEvent } from './states.ts';

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
