import { wordsOf } from '../../ui/words.ts';

/** The words of the page of reports. */
export const reportTexts = wordsOf('reports');
