import { limits } from '../../shared/limits.ts';
import { type Refusal, refuse } from '../../shared/refusals.ts';
import { inEnglish } from '../../shared/refusals-in-english.ts';

/** Why a picture was not taken, and what to do. */
const refusals = {
  empty: refuse('picture-empty'),
  'wrong-kind': refuse('picture-wrong-kind'),
  'cut-off': refuse('picture-cut-off'),
  'too-large': refuse('picture-too-large', { mostBytes: limits.maxImageBytes }),
  'too-few-pixels': refuse('picture-too-few-pixels', { least: limits.leastImagePx }),
  'too-many-pixels': refuse('picture-too-many-pixels', { most: limits.mostImagePx }),
} as const satisfies Record<string, Refusal>;
type ImageProblem = keyof typeof refusals;

export class PictureError extends Error {
  override readonly name = 'PictureError';
  readonly problem: ImageProblem;
  readonly refusal: Refusal;

  constructor(problem: ImageProblem, options?: ErrorOptions) {
    super(inEnglish(refusals[problem]), options);
    this.problem = problem;
    this.refusal = refusals[problem];
  }
}
