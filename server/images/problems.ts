import { limits } from '../../shared/limits.ts';

const { maxImageBytes, leastImagePx, mostImagePx } = limits;

/** Why a picture was not taken, and what to do. */
const imageProblems = {
  empty: 'The file is empty. Please choose another one.',
  'wrong-kind': 'That is not a PNG, JPEG or WebP picture. Please choose one of these.',
  'cut-off': 'The picture is damaged or cut off. Please save it anew, or choose another one.',
  'too-large': `The file is too large: at most ${maxImageBytes / 1024} kB.`,
  'too-few-pixels': `The picture is too small: at least ${leastImagePx} by ${leastImagePx} pixels.`,
  'too-many-pixels': `The picture is too large: at most ${mostImagePx} pixels on each side.`,
} as const;
type ImageProblem = keyof typeof imageProblems;

export class PictureError extends Error {
  override readonly name = 'PictureError';
  readonly problem: ImageProblem;

  constructor(problem: ImageProblem, options?: ErrorOptions) {
    super(imageProblems[problem], options);
    this.problem = problem;
  }
}
