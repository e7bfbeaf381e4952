import { wordsOf } from '../ui/words.ts';
/** The words of setting up two-factor sign-in. */
export const twoFactorTexts = wordsOf('two-factor');
