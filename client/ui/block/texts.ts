import { wordsOf } from '../words.ts';

/** What leads to the dialog that blocks somebody; its own words come with it. */
export const blockTexts = wordsOf('block');
