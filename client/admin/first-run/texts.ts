import { wordsOf } from '../../ui/words.ts';

/** The words of the first run. */
export const firstRunTexts = wordsOf('first-run');
