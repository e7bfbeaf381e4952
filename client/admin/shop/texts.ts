import { wordsOf } from '../../ui/words.ts';

/** The languages of a shop, and its own words. */
export const shopTexts = wordsOf('site-words');
