/** What can be wrong with an uploaded file: one table of reasons and the words for the person who uploaded it. */
import { limits } from '../../shared/limits.ts';

const minute = 60_000;
const megabyte = 1024 * 1024;

export const soundProblems = {
  'not-a-sound':
    'That is not an MP3, WAV or Ogg Opus file. Please save the sound as one of these and upload it again.',
  'other-format':
    'The sound is in a format that is not converted here: {format}. Please save it as MP3, or as WAV with 16-bit PCM, and upload it again.',
  damaged: 'The file is damaged and cannot be played. Please save it anew and upload it again.',
  'too-long': `That is longer than ${limits.maxSoundMs / minute} minutes: please cut it and upload it again.`,
  'too-short': 'There is almost nothing in the file: it is shorter than 0.2 seconds. Please record it again.',
  silent: 'There is only silence in the file. Please check the microphone and record it again.',
  'took-too-long':
    'Converting the file took too long. Please save it as a plain WAV or MP3 file and upload it again.',
  interrupted: 'The server was restarted while it converted the file. Please upload it again.',
  failed: 'Something went wrong on our side while converting the file. Please upload it again.',
  'too-large': `That file is too large: at most ${limits.maxSoundUploadBytes / megabyte} MB. An MP3 of the same sound is smaller.`,
  empty: 'The file is empty. Please choose another one.',
  'cut-off': 'The upload was cut off. Please try again.',
  'too-many': `There are ${limits.soundsPerSite} sounds already. Please remove one that is not needed any more.`,
} as const;
export type SoundProblem = keyof typeof soundProblems;

/** The file cannot be taken, for a reason that its owner can understand. */
export class SoundError extends Error {
  readonly problem: SoundProblem;
  /** With `other-format`: its name, such as `M4A (AAC)`; empty otherwise. */
  readonly format: string;
  constructor(problem: SoundProblem, options: { cause?: unknown; format?: string } = {}) {
    const { cause, format = '' } = options;
    super(soundProblems[problem].replace('{format}', format), cause === undefined ? undefined : { cause });
    this.name = 'SoundError';
    this.problem = problem;
    this.format = format;
  }
}
