import type { Verdict } from './verdict.ts';

/** Why a recording was stopped; `full` after the longest that it may be. */
export type Stopped = 'person' | 'full' | 'call' | 'lost';

/** The words of recording in the browser. */
export const recorderTexts = {
  record: 'Record a sound',
  recordFor: (slot: string) => `Record ${slot}`,
  /** What a recording is called in the list of sounds, until it is renamed. */
  named: (date: string) => `Recording of ${date}`,
  title: 'Record a sound',
  titleFor: (slot: string) => `Record “${slot}”`,
  readAloud: 'Read this aloud, or say it in your own words:',
  language: 'Language of the text',
  noScript: 'The usual words could not be fetched. Say it in your own.',
  before: (seconds: number) =>
    seconds < 120
      ? `Your browser will ask to use the microphone. It counts to three first, records for at most ${seconds} seconds, and the microphone is off again when you stop.`
      : `Your browser will ask to use the microphone. It counts to three first, records for at most ${seconds / 60} minutes, and the microphone is off again when you stop.`,
  start: 'Start recording',
  cancel: 'Cancel',
  asking: 'Your browser asks to use the microphone. Choose “Allow”.',
  startsIn: (seconds: number) => `Recording starts in ${seconds}`,
  recording: 'Recording now',
  level: 'Microphone level',
  left: (time: string) => `${time} left`,
  stop: 'Stop',
  preparing: 'One moment…',
  recorded: 'Recorded. Listen to it, then use it or record it again.',
  stopped: {
    full: 'That is the longest that it may be, so the recording was stopped.',
    call: 'A call came, so the recording was stopped. What you had said until then is here.',
    lost: 'The microphone was disconnected or taken, so the recording was stopped. What you had said until then is here.',
  } satisfies Record<Exclude<Stopped, 'person'>, string>,
  /** Before anything was recorded. */
  notBegun: {
    call: 'A call came, so nothing was recorded. Record when it is over.',
    lost: 'The microphone was disconnected or taken. Plug it in, then try again.',
  },
  verdict: {
    good: 'It is well understood.',
    short: 'That is too short to be understood. Please record it again.',
    silent:
      'Nothing was heard. Is the microphone muted, or is another one chosen at your phone, under “Microphone and speaker”? Then record it again.',
    quiet:
      'That is very quiet, and would come with noise. Move closer to the microphone, or turn it up, and record it again.',
    clipped:
      'That was too loud for the microphone in places, and sounds distorted. Move a little away from it, and record it again.',
  } satisfies Record<Verdict, string>,
  yours: 'Your recording',
  use: 'Use this recording',
  useAnyway: 'Use it anyway',
  saving: 'Saving…',
  again: 'Record again',
  discard: 'Discard',
  discardAsk: {
    title: 'Discard your recording?',
    lead: 'It is not used yet.',
    yes: 'Discard it',
    no: 'Keep it',
  },
  tryAgain: 'Try again',
  notSaved: (problem: string) => `It could not be saved: ${problem}`,
  unsupported: 'This browser cannot record. Use a current Chrome, Edge, Firefox or Safari, or upload a file.',
  broken: 'The browser gave nothing that can be played. Please record it again.',
} as const;
