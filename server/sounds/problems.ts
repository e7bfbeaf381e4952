/** What can be wrong with an uploaded file. */
import { limits } from '../../shared/limits.ts';
import { type Refusal, refuse } from '../../shared/refusals.ts';
import { inEnglish } from '../../shared/refusals-in-english.ts';

/** Shorter ones are nothing that somebody would hear. */
const leastMs = 200;

/** For the person who uploaded it: what is wrong and what to do. */
const refusals = {
  'not-a-sound': refuse('sound-not-a-sound'),
  'other-format': refuse('sound-other-format', { format: '' }),
  damaged: refuse('sound-damaged'),
  'too-long': refuse('sound-too-long', { mostMs: limits.maxSoundMs }),
  'too-short': refuse('sound-too-short', { leastMs }),
  silent: refuse('sound-silent'),
  'took-too-long': refuse('sound-took-too-long'),
  interrupted: refuse('sound-interrupted'),
  failed: refuse('sound-failed'),
  'too-large': refuse('sound-too-large', { mostBytes: limits.maxSoundUploadBytes }),
  empty: refuse('sound-empty'),
  'cut-off': refuse('sound-cut-off'),
  'too-many': refuse('sound-too-many', { most: limits.soundsPerSite }),
} as const satisfies Record<string, Refusal>;
export type SoundProblem = keyof typeof refusals;

/** The file cannot be taken, for a reason that its owner can understand. */
export class SoundError extends Error {
  readonly problem: SoundProblem;
  /** With `other-format`: its name, such as `M4A (AAC)`; empty otherwise. */
  readonly format: string;
  readonly refusal: Refusal;
  constructor(problem: SoundProblem, options: { cause?: unknown; format?: string } = {}) {
    const { cause, format = '' } = options;
    const refusal: Refusal =
      problem === 'other-format' ? refuse('sound-other-format', { format }) : refusals[problem];
    super(inEnglish(refusal), cause === undefined ? undefined : { cause });
    this.name = 'SoundError';
    this.problem = problem;
    this.format = format;
    this.refusal = refusal;
  }
}
