import { wordsOf } from '../../ui/words.ts';

/** Choosing languages, and words in each of them. */
export const languageTexts = wordsOf('languages');
