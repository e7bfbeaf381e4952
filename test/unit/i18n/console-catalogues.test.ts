import { globSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Language } from '../../../shared/i18n/languages.ts';
import { categoriesOf, parametersOf, pluralCategories } from '../../../tools/i18n/compile.ts';
import {
  consoleFolder,
  consoleLanguages,
  fileOfPart,
  groups,
  partExpression,
  partsOf,
  readPart,
  wordTypes,
} from '../../../tools/i18n/console.ts';
import { literalsIn } from '../../../tools/i18n/literals.ts';

const parts = groups().flatMap(group => partsOf(group).map(part => [group, part] as const));

test('L58 console and settings are there in English, German, French, Spanish and Arabic', () => {
  expect(consoleLanguages()).toEqual(['ar', 'de', 'en', 'es', 'fr']);
});

describe.each(consoleLanguages())('the words of the console in %s', language => {
  test('L58 are those of the English catalogues, in the same order, and no others', () => {
    for (const group of groups())
      expect(readdirSync(path.join(consoleFolder, language, group)).sort()).toEqual(
        partsOf(group).map(part => `${part}.json`),
      );
    for (const [group, part] of parts) {
      const catalogue = readPart(language, group, part);
      expect(Object.keys(catalogue), part).toEqual(Object.keys(readPart('en', group, part)));
      expect(readFileSync(fileOfPart(language, group, part), 'utf8')).toBe(
        `${JSON.stringify(catalogue, null, 2)}\n`,
      );
      for (const [id, text] of Object.entries(catalogue)) expect(text, id).toMatch(/^\S(.*\S)?$/su);
    }
  });

  test('L59 have the parameters of the English ones, and a form for each plural category', () => {
    const categories = pluralCategories(language as Language).sort();
    for (const [group, part] of parts) {
      const english = readPart('en', group, part);
      for (const [id, text] of Object.entries(readPart(language, group, part))) {
        expect(Object.fromEntries(parametersOf(text)), id).toEqual(
          Object.fromEntries(parametersOf(english[id]!)),
        );
        for (const told of categoriesOf(text)) expect(told.sort(), id).toEqual(categories);
      }
    }
  });

  test('L58 repeat no English sentence', () => {
    const same = parts.flatMap(([group, part]) => {
      const english = readPart('en', group, part);
      return Object.entries(readPart(language, group, part))
        .filter(
          ([id, text]) => text === english[id] && /[a-z] [a-z]/i.test(text.replaceAll(/\{[^}]*\}/g, '')),
        )
        .map(([id]) => `${part}: ${id}`);
    });
    expect(language === 'en' ? [] : same).toEqual([]);
  });
});

test('L60 the types by which the code names the words of the console are those of the catalogues', () => {
  // `node tools/i18n/names.ts` writes them anew.
  expect(readFileSync(path.join(consoleFolder, 'words.ts'), 'utf8')).toBe(wordTypes());
});

test('L60 ids make a tree, lists and functions of their parameters', () => {
  const code = partExpression({
    'status.away': 'Away',
    'tier.0': 'First',
    'tier.1': 'Backup',
    waiting: '{n, plural, =0 {nobody waits} one {# waits} other {# wait}}',
    'who.is': '{name} is there',
  });
  const words = new Function('n', 'p', 'd', 's', `return ${code}`)(
    String,
    (value: number, forms: Record<string, string>) =>
      forms[`=${value}`] ?? forms[value === 1 ? 'one' : 'other'],
    String,
    String,
  );
  expect(words.status.away).toBe('Away');
  expect(words.tier).toEqual(['First', 'Backup']);
  expect([0, 1, 2].map(n => words.waiting({ n }))).toEqual(['nobody waits', '1 waits', '2 wait']);
  expect(words.who.is({ name: 'Ana' })).toBe('Ana is there');
  expect(() => partExpression({ a: 'x', 'a.b': 'y' })).toThrow(/a is a message itself/);
});

test('L60 no message is there that no code asks for', () => {
  const root = path.join(import.meta.dirname, '../../..');
  const code = globSync(path.join(root, '{client,server,shared}/**/*.ts'))
    .filter(file => !file.includes('i18n'))
    .map(file => readFileSync(file, 'utf8'))
    .join('\n');
  // By the first name of its id: what stands below is often chosen by a code, such as a status. A refusal is named as a text.
  const asked = new Set(
    [...code.matchAll(/\.(\w+)\b|['"]([\w-]+)['"]/g)].map(([, name, text]) => name ?? text),
  );
  // `texts[`${which}Hint`]`, `refuse(`page-${problem}`)`
  const begins = [...code.matchAll(/refuse\(`([\w-]+)\$\{/g)].map(([, begin]) => begin!);
  const ends = [...code.matchAll(/\[`\$\{\w+\}(\w+)`\]/g)].map(([, end]) => end!);
  const unused = parts.flatMap(([group, part]) =>
    Object.keys(readPart('en', group, part))
      .filter(id => !asked.has(id.split('.')[0]!) && !ends.some(end => id.endsWith(end)))
      .filter(id => !begins.some(begin => id.startsWith(begin)))
      .map(id => `${part}: ${id}`),
  );
  expect(unused).toEqual([]);
});

test('L61 words outside of the catalogues are found: text and attributes of templates, sentences, labels', () => {
  const found = (code: string) => literalsIn(code).map(({ text }) => text);
  const hole = `\${`;
  expect(found('html`<p class="some class">Hello</p>`')).toEqual(['Hello']);
  expect(found(`html\`<p title="Good day" id="a b">${hole}x}</p>\``)).toEqual(['Good day']);
  expect(found(`html\`<p>${hole}a ? html\`<b>inside</b>\` : ''}</p>\``)).toEqual(['inside']);
  expect(found("f('You are away')")).toEqual(['You are away']);
  expect(found(`const a = \`${hole}n} calls are waiting.\``)).toEqual(['… calls are waiting.']);
  expect(found("f({ label: 'Name' })")).toEqual(['Name']);
});

test('L61 what nobody reads is none of them', () => {
  const code = [
    'css`.a { font-family: Some Font }`',
    "throw new Error('This is for developers.')",
    "const kind = 'button quiet small'",
    "root.querySelector('main .page button')",
    "import { a } from './Some file.ts'",
    "f({ placeholder: 'https://shop.example' })",
    "type A = 'Some type of words.'",
    "// Not in a catalogue: a name.\nconst name = 'Talk to Us now.'",
  ];
  for (const one of code) expect(literalsIn(one), one).toEqual([]);
});
