import fc from 'fast-check';
import { expect, test } from 'vitest';
import { languages } from '../../../shared/i18n/languages.ts';
import { chosenLanguage, languageOf, wordsIn } from '../../../shared/own-words.ts';
import { queueSettings, siteBody, siteSettings } from '../../../shared/settings.ts';

test.each([
  [['de', 'en'], 'all', 'de'],
  [['tlh', 'fr', 'de'], 'all', 'fr'],
  [['fr', 'ar', 'de'], ['de', 'ar'], 'ar'],
  [['fr'], ['de', 'ar'], 'de'],
  [[], ['de', 'ar'], 'de'],
  [['is'], 'all', 'de'],
] as const)('L20 to a page that asks for %j a site that allows %j speaks %s', (asked, allowed, spoken) => {
  expect(chosenLanguage(asked, { allowed: allowed === 'all' ? allowed : [...allowed], default: 'de' })).toBe(
    spoken,
  );
});

test('L20 whatever a page asks for, a site speaks a language that it allows', () => {
  const allowed = fc.subarray([...languages], { minLength: 1 });
  const asked = fc.array(fc.oneof(fc.string(), fc.constantFrom(...languages)));
  fc.assert(
    fc.property(asked, allowed, (asked, allowed) => {
      const spoken = chosenLanguage(asked, { allowed, default: allowed[0]! });
      expect(allowed).toContain(spoken);
      const best = asked.find(one => (allowed as string[]).includes(one));
      expect(spoken).toBe(best ?? allowed[0]);
    }),
  );
});

test('L21 a word is that of the language, else that for every language, else ours', () => {
  const words = {
    every: { label: 'Anruf', open: 'Sofort', title: '' },
    de: { label: '', open: 'Gleich', title: '' },
    fr: { label: 'Appel', open: '', title: 'Bonjour' },
  };
  expect(wordsIn(words, 'de')).toEqual({ label: 'Anruf', open: 'Gleich' });
  expect(wordsIn(words, 'fr')).toEqual({ label: 'Appel', open: 'Sofort', title: 'Bonjour' });
  expect(wordsIn(words, 'ar')).toEqual({ label: 'Anruf', open: 'Sofort' });
  expect(wordsIn({}, 'ar')).toEqual({});
});

test('L22 a site speaks every language and none of its own words until somebody says otherwise', () => {
  expect(siteSettings.parse({})).toMatchObject({
    languages: { allowed: 'all', default: 'en' },
    words: {},
  });
  expect(queueSettings.parse({})).toMatchObject({ texts: {}, preferLanguageMs: 0 });
  // What is not sent stays as it is.
  expect(siteBody.partial().parse({ name: 'Shop' })).toEqual({ name: 'Shop' });
});

test.each([
  ['a language that there are no words in', { languages: { allowed: ['de', 'tlh'], default: 'de' } }],
  ['a main language that is not one of them', { languages: { allowed: ['de'], default: 'fr' } }],
  ['no language', { languages: { allowed: [], default: 'de' } }],
  ['words in a language that there is none of', { words: { tlh: { label: 'jatlh' } } }],
  ['words for what cannot be said otherwise', { words: { de: { footer: 'x' } } }],
  ['a label that no button has room for', { words: { de: { label: 'x'.repeat(41) } } }],
  ['a line break', { words: { de: { privacy: 'a\nb' } } }],
  ['an invisible direction mark', { words: { ar: { title: '\u202eabc' } } }],
])('L22 a site does not take %s', (_what, body) => {
  expect(siteBody.partial().safeParse(body).success).toBe(false);
});

test('L22 languages are kept once each, in one order', () => {
  const { languages } = siteBody
    .partial()
    .parse({ languages: { allowed: ['zh', 'de', 'zh'], default: 'de' } });
  expect(languages?.allowed).toEqual(['de', 'zh']);
});

test.each([
  ['de-AT', 'de'],
  ['ZH_tw', 'zh'],
  ['fil-PH', null],
  [':de', null],
  ['', null],
  [undefined, null],
] as const)('Q190 of the language tag %s the words are in %s', (tag, language) => {
  expect(languageOf(tag)).toBe(language);
});
