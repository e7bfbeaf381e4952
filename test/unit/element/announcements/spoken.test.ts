import { describe, expect, test } from 'vitest';
import { voiceFor } from '../../../../client/element/announcements/speech.ts';
import { clipSlots } from '../../../../shared/domain.ts';
import { languages } from '../../../../shared/i18n/languages.ts';
import { sentence } from '../../../../shared/i18n/sentence.ts';
import { textsIn } from '../../../support/texts.ts';

describe.each(languages)('the words in %s', language => {
  test('E24 there is a sentence of its own for each part of an announcement', () => {
    const t = textsIn('spoken', language, `${language}-u-nu-latn`);
    for (const slot of clipSlots) {
      const said = sentence(t, slot);
      expect(said, slot).toMatch(/^[\p{Lu}\p{Lo}\d].*[.。।]$/u);
      expect(clipSlots.filter(other => sentence(t, other) === said)).toEqual([slot]);
      const figure = /-(\d+)$/.exec(slot)?.[1];
      if (figure && slot !== 'wait-1') expect(said).toContain(figure);
    }
  });
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
