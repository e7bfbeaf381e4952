import { describe, expect, test } from 'vitest';
import { voiceFor } from '../../../../client/element/announcements/speech.ts';
import {
  loadSpoken,
  sentence,
  spokenLanguage,
  spokenLanguages,
} from '../../../../client/element/announcements/spoken.ts';
import { clipSlots } from '../../../../shared/domain.ts';

describe.each(spokenLanguages)('the words in %s', language => {
  test.each(clipSlots)('E24 there is a sentence of its own for %s', async slot => {
    const spoken = await loadSpoken(language);
    const said = sentence(spoken, slot);
    expect(said).toMatch(/^\p{Lu}.*\.$/u);
    expect(clipSlots.filter(other => sentence(spoken, other) === said)).toEqual([slot]);
    const figure = /-(\d+)$/.exec(slot)?.[1];
    if (figure && slot !== 'wait-1') expect(said).toContain(figure);
  });
});

test('E24 there are words in six languages', () => {
  expect([...spokenLanguages].sort()).toEqual(['de', 'en', 'es', 'fr', 'it', 'nl']);
});

test.each([
  ['de-AT', 'de'],
  ['FR', 'fr'],
  ['nl_BE', 'nl'],
  ['fil-PH', 'en'],
  ['pl', 'en'],
  ['', 'en'],
])('E25 who reads %s is spoken to in %s', (tag, language) => {
  expect(spokenLanguage(tag)).toBe(language);
});

describe('the voice', () => {
  const voice = (lang: string, isDefault = false) => ({ lang, default: isDefault });
  const from = [voice('en-US', true), voice('de-DE'), voice('de_AT'), voice('fr-FR')];

  test.each([
    ['de', 'de-AT', 'de_AT'],
    ['de', 'de', 'de-DE'],
    ['en', 'en-GB', 'en-US'],
    ['en', 'pl', 'en-US'],
  ])('E25 for %s to somebody with %s is %s', (language, tag, lang) => {
    expect(voiceFor(from, language, tag)?.lang).toBe(lang);
  });

  test('E25 is none where none speaks the language: a wrong one would not be understood', () => {
    expect(voiceFor(from, 'nl', 'nl')).toBeUndefined();
    expect(voiceFor([], 'en', 'en')).toBeUndefined();
  });
});
