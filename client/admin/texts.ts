import { wordsOf } from '../ui/words.ts';

/** The words that the pages of the settings share; those of one group of pages stand in its folder. */
export const adminTexts = { ...wordsOf('settings'), calls: wordsOf('calls').calls } as const;
