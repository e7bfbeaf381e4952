import { expect, test } from 'vitest';
import { spokenBy } from '../../../client/ui/words.ts';

test.each([
  // Chosen, asked for by the browser; for `Intl`, and the folder of the words.
  ['', ['de-AT', 'en'], 'de-AT', 'de'],
  ['', ['nl', 'fr-CA'], 'fr-CA', 'fr'],
  ['', ['nl'], 'en', 'en'],
  ['ar', ['de-AT'], 'ar', 'ar'],
  ['de', ['en-US', 'de-AT'], 'de-AT', 'de'],
  ['nl', ['es-MX'], 'es-MX', 'es'],
] as const)(
  'L40 chosen "%s" with %j of the browser it is %s, in the words of %s',
  (chosen, asked, tag, language) => {
    expect(spokenBy(chosen, asked)).toEqual({ tag, language });
  },
);
