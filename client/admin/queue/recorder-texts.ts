import { wordsOf } from '../../ui/words.ts';

/** The words of recording in the browser. */
export const recorderTexts = wordsOf('recorder');
