import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { httpErrors } from '../../../shared/api/errors.ts';
import { durationWords, sizeWords } from '../../../shared/i18n/quantities.ts';
import { type RefusalWords, refusalIn, refuse, refused, wordsFor } from '../../../shared/refusals.ts';
import { inEnglish, reasons } from '../../../shared/refusals-in-english.ts';
import { queueSettings } from '../../../shared/settings.ts';
import { parametersOf } from '../../../tools/i18n/compile.ts';
import {
  consoleFolder,
  consoleLanguages,
  englishRefusals,
  partExpression,
  readPart,
} from '../../../tools/i18n/console.ts';

const wordsIn = (language: string): RefusalWords =>
  new Function(
    ...['n', 'p', 'd', 's'],
    `return ${partExpression(readPart(language, 'refusals', 'refusals'))}`,
  )(
    (value: number) => new Intl.NumberFormat(language).format(value),
    (value: number, forms: Record<string, string>) =>
      forms[new Intl.PluralRules(language).select(value)] ?? forms.other,
    String,
    String,
  );

test('H320 the server has the words of the English catalogue, and some for each code', () => {
  // `node tools/i18n/names.ts` writes them anew.
  expect(readFileSync(path.join(consoleFolder, 'english-refusals.ts'), 'utf8')).toBe(englishRefusals());
  expect(reasons).toEqual(expect.arrayContaining(Object.keys(httpErrors)));
});

describe.each(consoleLanguages())('refusals in %s', language => {
  const catalogue = readPart('en', 'refusals', 'refusals');

  test('H321 every reason is put into words, with its parameters', () => {
    const words = wordsIn(language);
    for (const reason of reasons) {
      const named = [...parametersOf(catalogue[reason]!)].map(([name, type]) => {
        if (name.endsWith('Ms')) return [name, 20_000] as const;
        if (name.endsWith('Bytes')) return [name, 30 * 1024 * 1024] as const;
        return [name, type === 'number' ? 7 : 'Zoë'] as const;
      });
      const said = wordsFor(words, { reason, params: Object.fromEntries(named) }, language);
      expect(said, reason).toMatch(/\S/);
      expect(said, reason).not.toMatch(/undefined|NaN|\bnull\b|\[object/);
      for (const [name, value] of named)
        if (typeof value === 'string') expect(said, `${reason} ${name}`).toContain(value);
    }
  });
});

test('H322 lengths of time and sizes are numbers until somebody words them', () => {
  expect(inEnglish(refuse('tooShortTime', { leastMs: 5_000 }))).toBe(
    'That is too short: at least 5 seconds.',
  );
  expect(inEnglish(refuse('tooLongTime', { mostMs: 7_200_000 }))).toBe('That is too long: at most 2 hours.');
  expect(wordsFor(wordsIn('de'), refuse('tooLongTime', { mostMs: 60_000 }), 'de')).toBe(
    'Das ist zu lang: höchstens 1 Minute.',
  );
  expect(durationWords(90_000, 'en')).toBe('90 seconds');
  expect(durationWords(200, 'en')).toBe('0.2 seconds');
  expect(durationWords(0, 'en')).toBe('0 seconds');
  expect(sizeWords(30 * 1024 * 1024, 'en')).toBe('30 MB');
  expect(sizeWords(256 * 1024, 'en')).toBe('256 kB');
});

test('H323 a schema says what is wrong as a refusal, and a reason that nobody knows has no words', () => {
  expect(refusalIn(refused('mostSkills', { most: 30 }))).toEqual(refuse('mostSkills', { most: 30 }));
  expect(refusalIn('Invalid input')).toBeNull();
  const wrong = queueSettings.safeParse({ maxLength: 0 });
  expect(refusalIn(wrong.error!.issues[0]!.message)).toEqual(refuse('tooSmall', { least: 1 }));
  for (const reason of ['ofTomorrow', 'constructor', '__proto__'])
    expect(wordsFor(wordsIn('fr'), { reason }, 'fr')).toBeNull();
});
