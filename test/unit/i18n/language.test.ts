import { expect, test } from 'vitest';
import { chooseLanguage, spokenIn } from '../../../shared/i18n/spoken.ts';

test.each([
  [['de-AT'], 'de-AT', 'de'],
  [['FR'], 'fr', 'fr'],
  [['nl_BE'], 'nl-BE', 'nl'],
  [['iw'], 'he', 'he'],
  [['zh-TW'], 'zh-TW', 'zh'],
  [['is', 'de'], 'de', 'de'],
  [['no tag at all', 'pl'], 'pl', 'pl'],
  [['fil-PH'], 'en', 'en'],
  [['en-GB', 'de'], 'en-GB', 'en'],
  [[''], 'en', 'en'],
  [[], 'en', 'en'],
])('L8 who has %j is shown %s', (tags, tag, language) => {
  expect(chooseLanguage(spokenIn(tags))).toEqual({ tag, language });
});
