import { wordsOf } from '../../ui/words.ts';

/** How something is, for who does not see its sign. */
export const verdicts = wordsOf('reach').verdict;
