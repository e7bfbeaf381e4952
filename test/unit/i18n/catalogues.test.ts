import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { languages } from '../../../shared/i18n/languages.ts';
import { faces } from '../../../shared/i18n/message.ts';
import { fileOf, readCatalogue } from '../../../tools/i18n/catalogues.ts';
import {
  categoriesOf,
  compile,
  namesOf,
  parametersOf,
  pluralCategories,
} from '../../../tools/i18n/compile.ts';
import { textsIn } from '../../support/texts.ts';

const english = readCatalogue('en');
const ids = Object.keys(english);

test('L1 there is a catalogue in each language of the European Union and in eight others', () => {
  expect([...languages].sort().join(' ')).toBe(
    'ar bg cs da de el en es et fi fr ga he hi hr hu it ja ko lt lv mt nl pl pt ro sk sl sv tr uk zh',
  );
});

describe.each(languages)('the catalogue %s', language => {
  const catalogue = readCatalogue(language);

  test('L1 has every message and no other, in the order of the English one', () => {
    expect(Object.keys(catalogue)).toEqual(ids);
    expect(readFileSync(fileOf(language), 'utf8')).toBe(`${JSON.stringify(catalogue, null, 2)}\n`);
  });

  test('L1 has words for every message, without spaces around them', () => {
    for (const id of ids) expect(catalogue[id], id).toMatch(/^\S(.*\S)?$/su);
  });

  test('L2 gives each message the parameters of the English one', () => {
    for (const id of ids) {
      const wanted = Object.fromEntries(parametersOf(english[id]!));
      expect(Object.fromEntries(parametersOf(catalogue[id]!)), id).toEqual(wanted);
    }
  });

  test('L3 has a form for each plural category of the language and no other', () => {
    const categories = pluralCategories(language).sort();
    for (const id of ids)
      for (const told of categoriesOf(catalogue[id]!)) expect(told.sort(), id).toEqual(categories);
  });

  test('L1 repeats no English sentence', () => {
    const sentences = ids.filter(id => /[a-z] [a-z]/i.test(english[id]!.replaceAll(/\{[^}]*\}/g, '')));
    const same = language === 'en' ? [] : sentences.filter(id => catalogue[id] === english[id]);
    expect(same).toEqual([]);
  });
});

test.each(faces)(
  'L4 the names by which the code asks for the words of the %s are those of the catalogue',
  face => {
    const file = path.join(import.meta.dirname, `../../../shared/i18n/messages/${face}.ts`);
    // `node tools/i18n/names.ts` writes them anew.
    expect(readFileSync(file, 'utf8')).toBe(namesOf(english, face));
  },
);

test.each([
  ['{a, selectordinal, one {#st} other {#th}}', /no \{…, selectordinal\}/],
  ['{a, select, x {1} other {2}}', /no \{…, select\}/],
  ['{a, date, short}', /no \{…, date\}/],
  ['{a, number, percent}', /no \{…, number\}/],
  ['{a, plural, offset:1 one {#} other {#}}', /offset/],
  ['{a', /./],
])('L5 the build refuses what it does not compile: %s', (text, reason) => {
  expect(() => compile({ 'call.x': text }, 'call', { 'call.x': text })).toThrow(reason);
});

describe('compiled words', () => {
  test('L5 are plain JavaScript without a parser and without a word of another language', () => {
    const code = compile(readCatalogue('de'), 'call', english);
    expect(code).toMatch(/^export default \(n, ?p, ?d, ?s\) ?=> ?\[/);
    expect(code).not.toContain('plural,');
    expect(code).toContain('Sie sind im Gespräch');
    expect(code).not.toContain('You are talking');
  });

  test('L5 keep marks that mean something in JavaScript', () => {
    const dollar = '$';
    const odd = { 'call.x': `a \`b\` \\ ${dollar} {n, number}`, 'call.y': '"quotes" and `ticks`' };
    const code = compile(odd, 'call', odd).replace('export default', 'return');
    const [x, y] = new Function(code.replace(/;\s*$/, ''))()(String, String, String, String);
    expect(x({ n: 3 })).toBe(`a \`b\` \\ ${dollar} 3`);
    expect(y).toBe('"quotes" and `ticks`');
  });

  test.each([
    ['pl', 1, '1 minuty'],
    ['pl', 2, '2 minut'],
    ['cs', 1, '1 minuta'],
    ['cs', 3, '3 minuty'],
    ['cs', 5, '5 minut'],
    ['sl', 2, '2 minuti'],
    ['ar', 2, 'دقيقتين'],
    ['ar', 5, '5 دقائق'],
    ['fr', 1_000_000, 'de minutes'],
    ['ja', 5, '5分'],
  ] as const)('L3 in %s, %d minutes are "%s"', async (language, minutes, words) => {
    const { waitUpTo } = await import('../../../shared/i18n/messages/call.ts');
    expect(textsIn('call', language, `${language}-u-nu-latn`)(waitUpTo, { minutes })).toContain(words);
  });

  test('L6 write numbers and times as the language and its region do', async () => {
    const { waiting, opens } = await import('../../../shared/i18n/messages/button.ts');
    expect(textsIn('button', 'ar', 'ar-EG')(waiting, { waiting: 12 })).toContain('١٢');
    expect(textsIn('button', 'ar', 'ar-MA')(waiting, { waiting: 12 })).toContain('12');
    expect(textsIn('button', 'de')(waiting, { waiting: 1234 })).toContain('1.234');
    const at = new Date(2026, 0, 5, 14, 30).getTime();
    expect(textsIn('button', 'de')(opens, { at })).toBe('Öffnet Mo., 14:30');
    expect(textsIn('button', 'en', 'en-US')(opens, { at })).toMatch(/^Opens Mon 02:30\sPM$/);
  });

  test('L7 set names apart in languages that are written from right to left', async () => {
    const { talkedWith } = await import('../../../shared/i18n/messages/call.ts');
    const params = { rep: 'Ana', time: '02:05' };
    expect(textsIn('call', 'he')(talkedWith, params)).toContain('\u2068Ana\u2069');
    expect(textsIn('call', 'de')(talkedWith, params)).toContain('mit Ana gesprochen');
  });
});
