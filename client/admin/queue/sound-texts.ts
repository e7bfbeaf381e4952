import { wordsOf } from '../../ui/words.ts';

/** Every word about uploaded sounds. */
export const soundTexts = wordsOf('sounds');
