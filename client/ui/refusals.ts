/** What the server refused, in the person's language. */
import { type Refusal, wordsFor } from '../../shared/refusals.ts';
import { commonTexts } from './texts.ts';
import { loadWords, tag, wordsOf } from './words.ts';

/** Fetches the words for refusals, which most people never need. */
export const loadRefusalWords = (): Promise<void> => loadWords('refusals');

/** The words, which have to be here; `otherwise` where a newer server knows more reasons. */
export const refusalText = (refusal: Refusal, otherwise: string = commonTexts.unexpected): string =>
  wordsFor(wordsOf('refusals'), refusal, tag) ?? otherwise;
