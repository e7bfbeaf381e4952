/**
 * The catalogues of console and settings, as translators keep them: a folder for each language, in it one for each group
 * (what is fetched at once), in it a file for each part. An id with dots is a place in a tree: `status.away`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Catalogue } from './catalogues.ts';
import { compiledMessage, parametersOf } from './compile.ts';

export const consoleFolder = join(import.meta.dirname, '../../shared/i18n/console');

const foldersIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(({ name }) => name)
    .sort();

/** `ar`, `de`, … */
export const consoleLanguages = (): string[] => foldersIn(consoleFolder);

/** Groups of the English catalogues, by which the code goes. */
export const groups = (): string[] => foldersIn(join(consoleFolder, 'en'));

export const partsOf = (group: string): string[] =>
  readdirSync(join(consoleFolder, 'en', group))
    .map(file => file.replace(/\.json$/, ''))
    .sort();

export const fileOfPart = (language: string, group: string, part: string): string =>
  join(consoleFolder, language, group, `${part}.json`);

export const readPart = (language: string, group: string, part: string): Catalogue =>
  JSON.parse(readFileSync(fileOfPart(language, group, part), 'utf8'));

/** A `Compiled` of a group, as JavaScript. What a language lacks is said in English. */
export function groupExpression(language: string, group: string): string {
  return expressionOf(group, (english, part) => ({ ...english, ...readPart(language, group, part) }));
}

/** The same of any catalogues, made from the English ones. */
export function expressionOf(
  group: string,
  catalogue: (english: Catalogue, part: string) => Catalogue,
): string {
  const parts = partsOf(group).map(
    part => `${JSON.stringify(part)}:${partExpression(catalogue(readPart('en', group, part), part))}`,
  );
  return `(n,p,d,s)=>({${parts.join()}})`;
}

/** The words of a part, as an object literal that knows how to write numbers and names (`n`, `p`, `d`, `s`). */
export const partExpression = (catalogue: Catalogue): string =>
  literal(treeOf(catalogue), text => compiledMessage(text));

/** The types of all words, as TypeScript: what `client/ui/words.ts` gives out. */
export function wordTypes(): string {
  const parts = groups().flatMap(group =>
    partsOf(group).map(part => {
      const type = literal(treeOf(readPart('en', group, part)), typeOf, '; ');
      return `  ${JSON.stringify(part)}: ${type};`;
    }),
  );
  return [
    '/** Made by `npm run format` from the catalogues in `shared/i18n/console/en`. */',
    `export type Group = ${groups()
      .map(group => `'${group}'`)
      .join(' | ')};`,
    '',
    'export type Words = {',
    ...parts,
    '};',
    '',
  ].join('\n');
}

/** The words of refusals in English, as TypeScript: the server's, which has no build. */
export const englishRefusals = (): string =>
  [
    '/** Made by `npm run format` from `shared/i18n/console/en/refusals`. */',
    "import type { Formats } from '../message.ts';",
    "import type { Words } from './words.ts';",
    '',
    `export const englishRefusals = (...[n, p, d, s]: Formats): Words['refusals'] => (${partExpression(
      readPart('en', 'refusals', 'refusals'),
    )});`,
    '',
  ].join('\n');

function typeOf(text: string): string {
  const params = [...parametersOf(text)].map(([name, type]) => `${name}: ${type}`);
  return params.length === 0 ? 'string' : `(params: { ${params.join('; ')} }) => string`;
}

type Tree = { [name: string]: Tree | string };

function treeOf(catalogue: Catalogue): Tree {
  const tree: Tree = {};
  for (const [id, text] of Object.entries(catalogue)) {
    const names = id.split('.');
    const last = names.pop()!;
    let at = tree;
    for (const name of names) {
      at[name] ??= {};
      const below = at[name];
      if (typeof below === 'string') throw new Error(`${id}: ${name} is a message itself.`);
      at = below;
    }
    if (last in at) throw new Error(`${id} is the name of others too.`);
    at[last] = text;
  }
  return tree;
}

/** Names from 0 on make it a list. */
function literal(tree: Tree, leaf: (text: string) => string, between = ','): string {
  const value = (one: Tree | string) => (typeof one === 'string' ? leaf(one) : literal(one, leaf, between));
  if (Object.keys(tree).every((name, at) => name === String(at)))
    return `[${Object.values(tree).map(value).join()}]`;
  const entries = Object.entries(tree).map(([name, one]) => `${JSON.stringify(name)}:${value(one)}`);
  return `{${entries.join(between)}}`;
}
