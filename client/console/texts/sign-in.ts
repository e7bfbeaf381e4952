import { wordsOf } from '../../ui/words.ts';

/** The words of who signs in, comes by a one-time link, or chooses a password: fetched with those screens. */
export const signInTexts = wordsOf('passwords');
