import { wordsOf } from '../../ui/words.ts';

/** The words of the list of keys, fetched with it. */
export const shortcutsTexts = wordsOf('shortcuts');
