import { wordsOf } from '../../ui/words.ts';
/** The words of one's own account. */
export const accountTexts = wordsOf('account');
