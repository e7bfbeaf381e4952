import { expect, test } from 'vitest';
import { nextScreen } from '../../../client/element/next-screen.ts';
import { isLive, type Problem, type Screen, type ScreenEvent } from '../../../client/element/states.ts';
import type { ShopperView } from '../../../shared/views.ts';
import { waiting } from './views.ts';

const callId = waiting.callId;
const talking: ShopperView = {
  state: 'talking',
  serverTime: 5_000,
  callId,
  repName: 'Ana',
  since: 2_000,
  muted: false,
  repMuted: false,
  repPhoto: null,
  repMicrophone: 'ok',
  repLost: false,
  onHold: false,
  ringing: false,
};
const ended: ShopperView = {
  state: 'ended',
  serverTime: 9_000,
  callId,
  reason: 'rep-hung-up',
  repName: 'Ana',
  talkMs: 4_000,
  availability: 'open',
  opensAt: null,
  takesNumber: false,
  line: null,
  message: '',
  language: 'en',
  words: {},
};
const nobody: ShopperView = {
  state: 'idle',
  serverTime: 0,
  availability: 'open',
  opensAt: null,
  takesNumber: false,
  line: null,
  message: '',
  language: 'en',
  words: {},
};

const idle: Screen = { name: 'idle' };
const view = (shown: ShopperView): ScreenEvent => ({ type: 'view', view: shown });
const play = (events: ScreenEvent[], from: Screen = idle) => events.reduce(nextScreen, from);

test('E1 a click leads over the question for the microphone to the line, the talk and the end', () => {
  let screen: Screen = idle;
  const names: string[] = [screen.name];
  const events: ScreenEvent[] = [
    { type: 'call' },
    { type: 'ask' },
    { type: 'allowed' },
    view(waiting),
    view(talking),
    view(ended),
    { type: 'dismiss' },
  ];
  for (const event of events) {
    screen = nextScreen(screen, event);
    names.push(screen.name);
  }
  expect(names).toEqual([
    'idle',
    'connecting',
    'asking',
    'connecting',
    'waiting',
    'talking',
    'ended',
    'idle',
  ]);
});

test('E2 while a call is being started, views of nothing and of an older call change nothing', () => {
  const connecting = play([{ type: 'call' }]);
  expect(nextScreen(connecting, view(nobody))).toBe(connecting);
  expect(nextScreen(connecting, view(ended))).toBe(connecting);
});

test('E3 hanging up shows the end at once, and a late view of the same call does not bring it back', () => {
  const screen = play([{ type: 'call' }, view(talking), { type: 'hang-up', now: 8_000 }]);
  expect(screen).toEqual({ name: 'ended', callId, reason: 'shopper-hung-up', repName: 'Ana', talkMs: 6_000 });
  expect(nextScreen(screen, view(talking))).toBe(screen);
  expect(nextScreen(screen, view(waiting))).toBe(screen);
});

test('E3 leaving the line before anybody answered is an end without a talk', () => {
  const screen = play([{ type: 'call' }, view(waiting), { type: 'hang-up', now: 8_000 }]);
  expect(screen).toMatchObject({ reason: 'shopper-hung-up', repName: null, talkMs: 0 });
});

test('E3 cancelling before there is a call goes back to the button', () => {
  expect(play([{ type: 'call' }, { type: 'hang-up', now: 0 }])).toEqual(idle);
});

test('E4 a rep who is lost puts the shopper back in line, in view', () => {
  const screen = play([{ type: 'call' }, view(talking), view({ ...waiting, returned: true })]);
  expect(screen).toMatchObject({ name: 'waiting', view: { returned: true } });
});

test('E5 after a reload the call that the server still holds is shown, or its end', () => {
  expect(play([{ type: 'rejoin' }, view(talking)]).name).toBe('talking');
  expect(play([{ type: 'rejoin' }, view(ended)]).name).toBe('ended');
  expect(play([{ type: 'rejoin' }, view(nobody)]).name).toBe('idle');
});

test('E6 a call that the server no longer knows has ended', () => {
  expect(play([{ type: 'call' }, view(talking), view(nobody)])).toMatchObject({
    name: 'ended',
    reason: 'shopper-lost',
  });
});

test.each<Problem>(['connection', 'shutting-down', 'loading', 'internal', 'too-many'])(
  'E7 the passing problem "%s" is over when the server shows a call',
  problem => {
    expect(play([{ type: 'call' }, { type: 'fail', problem }, view(waiting)]).name).toBe('waiting');
  },
);

test.each<Problem>(['microphone-denied', 'microphone-none', 'microphone-busy', 'replaced', 'no-rep'])(
  'E7 the problem "%s" stays until the shopper does something about it',
  problem => {
    const screen = play([{ type: 'call' }, { type: 'fail', problem }]);
    expect(nextScreen(screen, view(waiting))).toBe(screen);
    expect(isLive(screen)).toBe(false);
  },
);

test('E8 the question for the microphone is not pushed aside by a view', () => {
  const asking = play([{ type: 'rejoin' }, { type: 'ask' }]);
  expect(nextScreen(asking, view(talking))).toBe(asking);
});
