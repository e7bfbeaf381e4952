import { texts } from '../texts.ts';
import type { MediaProblem } from './media.ts';

/** What to say when the audio could not be opened. */
export function mediaProblem(problem: MediaProblem): string {
  return problem === 'network' ? texts.mediaFailed : texts.micProblem[problem];
}
