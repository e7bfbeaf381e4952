import { expect, test } from 'vitest';
import { defaultWords } from '../../../client/admin/form/default-words.ts';
import { isMeant, languagesByName, ownName } from '../../../client/admin/form/language-names.ts';
import { countWords } from '../../../client/admin/form/own-words.ts';
import { languages } from '../../../shared/i18n/languages.ts';

test('P160 languages are called as those call them who speak them, each once', () => {
  expect(ownName('de')).toBe('Deutsch');
  expect(ownName('ar')).toBe('العربية');
  expect(languagesByName.map(({ language }) => language).sort()).toEqual([...languages].sort());
});

test.each([
  ['deu', 'de'],
  ['german', 'de'],
  ['DE', 'de'],
  ['cestina', 'cs'],
  ['Čeština', 'cs'],
  ['arab', 'ar'],
  ['العربية', 'ar'],
  [' polski ', 'pl'],
] as const)('P160 who types “%s” finds %s', (typed, language) => {
  expect(isMeant(typed, language, 'en')).toBe(true);
  expect(isMeant(`${typed}x`, language, 'en')).toBe(false);
});

test('P161 our own words in each language stand where there are none, without anything to be put in', async () => {
  for (const language of languages) {
    const { site, queue } = await defaultWords(language);
    for (const text of [...Object.values(site), ...Object.values(queue)]) {
      expect(text, language).not.toBe('');
      expect(text, language).not.toMatch(/[{}]|''/);
    }
  }
  expect((await defaultWords('de')).site.label).toBe('Mit uns sprechen');
});

test('P161 of words in several languages each one that is written counts', () => {
  expect(countWords({})).toBe(0);
  expect(countWords({ every: { a: 'x', b: '' }, de: { a: 'y', b: 'z' } })).toBe(3);
});
