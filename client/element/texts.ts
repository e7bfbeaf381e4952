import type { EndReason } from '../../shared/domain.ts';
import type { WaitEstimate } from '../../shared/views.ts';
import { weekdayAndTime } from './button-texts.ts';
import type { Problem } from './states.ts';

/** What a problem screen says. `again`: the words on its button; without it there is nothing to retry. */
export type ProblemText = { title: string; detail: string; again?: string };

const minutes = (ms: number) => ms / 60_000;

/** English. Another language is another object of this shape. */
const en = {
  panel: {
    title: (shop: string) => (shop ? `Talk to ${shop}` : 'Talk to us'),
    collapse: 'Make the call window small',
    expand: 'Show your call',
    close: 'Close',
  },
  asking: {
    title: 'May we use your microphone?',
    detail: 'Your browser is asking now. Choose “Allow”, so that the person who answers can hear you.',
    promise: 'We listen only during the call. Nothing is installed.',
  },
  connecting: { title: 'Calling…', detail: 'We are putting you through.' },
  rejoining: { title: 'Getting you back…', detail: 'Your call is still here. Reconnecting the sound.' },
  waiting: {
    next: 'You are next in line',
    place: (place: number) => `You are number ${place} in line`,
    ringing: 'Ringing someone for you',
    ringingDetail: 'A headset is ringing right now.',
    returned:
      'The connection to our colleague was lost. You have kept your place, and someone will be right with you.',
    'not-taken': 'We rang, but could not reach anybody yet. You keep your place.',
    nobody: 'Nobody is at the phone right now. Stay in line, or let us call you back.',
    music: 'We play some music until someone answers.',
    estimate: (text: string) => `Estimated wait: ${text}`,
  },
  talking: {
    title: (rep: string) => rep,
    detail: 'You are talking',
    muted: 'You are muted',
    repMuted: (rep: string) => `${rep} is muted for a moment.`,
    repMicrophone: (rep: string) => `No sound comes from ${rep}’s microphone just now. They have been told.`,
    repLost: (rep: string) => `${rep} lost the connection. Please stay, we are trying to bring them back.`,
    timer: 'Call time',
  },
  controls: {
    mute: 'Mute',
    unmute: 'Unmute',
    hangUp: 'Hang up',
    leave: 'Leave the line',
    callback: 'Call me back instead',
    cancel: 'Cancel',
  },
  notices: {
    reconnecting: 'Your connection is shaky. Reconnecting, please stay…',
    reconnectingInLine: 'Reconnecting. Your place in line is kept.',
    silenced: 'Your browser wants a click before it plays sound.',
    listen: 'Turn sound on',
    elsewhere: 'Your call is in another tab.',
    bringHere: 'Bring it here',
    microphoneIs: {
      silent: 'No sound comes from your microphone. Is it muted on the headset or in the system?',
      taken: 'Your device is using the microphone for something else. Nobody hears you until it is back.',
    },
    microphoneLost: 'Your microphone went away. We cannot hear you.',
    microphoneRetry: 'Use another microphone',
  },
  ended: {
    again: 'Talk again',
    close: 'Close',
    talked: (rep: string | null, time: string) => `You talked${rep ? ` with ${rep}` : ''} for ${time}.`,
    title: (reason: EndReason, talked: boolean): string => {
      if (talked && (reason === 'shopper-hung-up' || reason === 'rep-hung-up'))
        return 'Thank you for calling';
      switch (reason) {
        case 'shopper-hung-up':
          return 'You left the line';
        case 'rep-hung-up':
          return 'The call has ended';
        case 'max-wait':
          return 'Sorry to keep you waiting';
        case 'no-rep':
          return 'Nobody is here any more';
        case 'no-answer':
          return 'Nobody could answer';
        case 'removed':
          return 'Your call was ended by the shop';
        case 'shopper-lost':
          return 'The connection was lost';
        case 'callback-done':
          return 'Thank you for the talk';
        case 'callback-failed':
          return 'We could not reach you';
        case 'callback-expired':
          return 'We are sorry';
      }
    },
    /** Why it ended; empty where that needs no words. */
    detail: (reason: EndReason, talked: boolean): string => {
      switch (reason) {
        case 'shopper-hung-up':
          return talked ? '' : 'Come back whenever you like.';
        case 'rep-hung-up':
          return talked ? '' : 'It was ended on our side.';
        case 'max-wait':
          return 'Nobody became free in time, so we ended the wait. Please try again a little later.';
        case 'no-rep':
          return 'Nobody is at the phone any more. We are sorry.';
        case 'no-answer':
          return 'We rang, but nobody could take your call. We are sorry.';
        case 'removed':
          return 'Somebody of the shop took it out of the line.';
        case 'shopper-lost':
          return 'You were offline for too long, so the call ended. You can call again at once.';
        case 'callback-done':
          return '';
        case 'callback-failed':
          return 'We tried, but nobody answered. You can call again at once.';
        case 'callback-expired':
          return 'Nobody became free in time to call you back. Please try again.';
      }
    },
  },
  problems: {
    'microphone-denied': {
      title: 'The microphone is blocked',
      detail: 'Allow the microphone for this page in your browser’s settings, then try again.',
      again: 'Try again',
    },
    'microphone-none': {
      title: 'We found no microphone',
      detail: 'Plug in a headset or a microphone, then try again.',
      again: 'Try again',
    },
    'microphone-busy': {
      title: 'The microphone is in use',
      detail: 'Another program is holding it. Close it (a video call, for example), then try again.',
      again: 'Try again',
    },
    insecure: {
      title: 'This page cannot use a microphone',
      detail: 'Browsers allow calls on secure pages only. Open this page with https:// at the front.',
    },
    'microphone-forbidden': {
      title: 'This page does not allow calls',
      detail:
        'A setting of the page lets nobody use a microphone here. Your browser and your microphone are fine.',
    },
    unsupported: {
      title: 'This browser is too old for calls',
      detail: 'Please update it, or open this page in a current Chrome, Edge, Firefox or Safari.',
    },
    closed: {
      title: 'We are closed right now',
      detail: 'Please come back during our opening hours.',
      again: 'Try again',
    },
    'no-rep': {
      title: 'Nobody is here right now',
      detail: 'No one is on duty at the moment. Please try again a little later.',
      again: 'Try again',
    },
    'queue-full': {
      title: 'The line is full',
      detail: 'Many people are calling just now. Please try again in a few minutes.',
      again: 'Try again',
    },
    blocked: {
      title: 'We cannot take your call',
      detail: 'The shop takes no calls from you at the moment. Please reach it another way.',
    },
    connection: {
      title: 'We could not get through',
      detail: 'Please check your internet connection, then try again.',
      again: 'Try again',
    },
    'shutting-down': {
      title: 'Back in a moment',
      detail: 'Our phone service cannot take calls at this moment. Please try again in a minute.',
      again: 'Try again',
    },
    'too-many': {
      title: 'That was very quick',
      detail: 'There were too many calls from your network. Please wait a minute, then try again.',
      again: 'Try again',
    },
    replaced: {
      title: 'Your call is in another tab',
      detail: 'You opened this shop in another tab, and the call went along. You can bring it back.',
      again: 'Bring it here',
    },
    loading: {
      title: 'The call could not be loaded',
      detail: 'Please check your internet connection, then try again or reload the page.',
      again: 'Try again',
    },
    'not-set-up': {
      title: 'Calls are not set up yet',
      detail: 'This shop has not finished setting up calls. Please contact it another way.',
    },
    'unknown-site': {
      title: 'Calls are not set up yet',
      detail: 'This shop is not known to the phone service. Please contact it another way.',
    },
    'origin-not-allowed': {
      title: 'Calls are not allowed from this page',
      detail: 'The shop has not listed this address for calls. Please open the shop’s main address.',
    },
    internal: {
      title: 'Something went wrong on our side',
      detail: 'We are sorry. Please try again.',
      again: 'Try again',
    },
  } satisfies Record<Problem, ProblemText> as Record<Problem, ProblemText>,
  /** `at`: ms UTC; told in the visitor's own time. */
  opens: (at: number) => `We open again on ${weekdayAndTime(at, 'en')}.`,
  /** A range, rounded so that it never promises more than is known. */
  wait: ({ fromMs, toMs }: WaitEstimate): string => {
    const from = Math.floor(minutes(fromMs));
    const to = Math.ceil(minutes(toMs));
    if (to <= 1) return 'less than a minute';
    if (from >= 60) return 'more than an hour';
    if (from < 1) return `up to ${to} minutes`;
    return from === to ? `about ${to} minutes` : `about ${from} to ${to} minutes`;
  },
};

export type Texts = typeof en;

const catalogues: Record<string, Texts> = { en };

/** The catalogue for a language tag such as `de-AT`; English where there is none. */
export function textsFor(language: string): Texts {
  return catalogues[language.slice(0, 2).toLowerCase()] ?? en;
}

/** `2:05`, or `1:02:05` from an hour on. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const pad = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const rest = `${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
  return hours ? `${hours}:${rest}` : rest.replace(/^0/, '');
}
