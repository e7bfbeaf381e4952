import { wordsOf } from '../../ui/words.ts';

const words = wordsOf('privacy');

/** The words of the page about customers' data. */
export const privacyTexts = {
  ...words,
  sure: (calls: number) => ({ ...words.sure, lead: words.sure.lead({ calls }) }),
} as const;
