/**
 * ICU MessageFormat to JavaScript, at the build: no browser parses messages. What comes out asks nothing of the page's
 * globals: it is given how its language writes numbers, plurals, times and names (`shared/i18n/texts.ts`).
 */
import { parse, type Token } from '@messageformat/parser';
import type { Language } from '../../shared/i18n/languages.ts';
import type { Compiled, Face } from '../../shared/i18n/message.ts';
import { type Catalogue, messagesOf } from './catalogues.ts';

/** The one way in which times are written: short weekday, hour and minutes, as the language has it. */
const dateStyle = '::EEEjmm';

/** Every parameter and what it has to be. Throws for what is no ICU MessageFormat, or more of it than we use. */
export function parametersOf(text: string): Map<string, 'number' | 'string'> {
  const found = new Map<string, 'number' | 'string'>();
  const look = (tokens: readonly Token[]): void => {
    for (const token of tokens) {
      if ('arg' in token) found.set(token.arg, token.type === 'argument' ? 'string' : 'number');
      if ('cases' in token) for (const { tokens: inside } of token.cases) look(inside);
    }
  };
  look(parse(text));
  return found;
}

/** The plural categories that a message tells apart, for each plural in it; exact values such as `=0` are none. */
export function categoriesOf(text: string): string[][] {
  return parse(text).flatMap(token =>
    'cases' in token && token.type === 'plural'
      ? [token.cases.map(({ key }) => key).filter(key => !key.startsWith('='))]
      : [],
  );
}

/** A module with the words of one face. */
export function compile(catalogue: Catalogue, face: Face, english: Catalogue): string {
  return `export default ${expressionOf(catalogue, face, english)};\n`;
}

/** The same at once. */
export function compileNow(catalogue: Catalogue, face: Face, english: Catalogue): Compiled {
  return new Function(`return ${expressionOf(catalogue, face, english)}`)();
}

/** A `Compiled`, as JavaScript. */
export function expressionOf(catalogue: Catalogue, face: Face, english: Catalogue): string {
  const all = messagesOf(catalogue, face, english).map(([, text]) => compiledMessage(text));
  return `(n,p,d,s)=>[${all.join()}]`;
}

/** One message, as JavaScript: a string, or a function of its parameters `a`. */
export function compiledMessage(text: string): string {
  const tokens = parse(text);
  const [only] = tokens;
  if (tokens.length === 1 && only?.type === 'content') return JSON.stringify(only.value);
  return `a=>${template(tokens, '')}`;
}

const template = (tokens: readonly Token[], counted: string): string =>
  `\`${tokens.map(token => part(token, counted)).join('')}\``;

function part(token: Token, counted: string): string {
  switch (token.type) {
    case 'content':
      return token.value.replaceAll(/[`\\]|\$\{/g, '\\$&');
    case 'argument':
      return `\${s(a.${token.arg})}`;
    case 'octothorpe':
      return `\${n(a.${counted})}`;
    case 'function': {
      const style = token.param?.map(one => (one.type === 'content' ? one.value.trim() : '')).join('');
      if (token.key === 'number' && !token.param) return `\${n(a.${token.arg})}`;
      if (token.key === 'date' && style === dateStyle) return `\${d(a.${token.arg})}`;
      throw new Error(`Messages have {…, number} and {…, date, ${dateStyle}}, and no {…, ${token.key}}.`);
    }
    case 'plural': {
      if (token.pluralOffset) throw new Error('No message needs an offset.');
      const forms = token.cases.map(({ key, tokens }) => [key, template(tokens, token.arg)] as const);
      const other = forms.find(([key]) => key === 'other')?.[1];
      const told = forms.filter(([key, form]) => key === 'other' || form !== other);
      return `\${p(a.${token.arg},{${told.map(([key, form]) => `${keyOf(key)}:${form}`).join()}})}`;
    }
    default:
      throw new Error(`Messages have no {…, ${token.type}}.`);
  }
}

/** `=0` is no name. */
const keyOf = (key: string) => (key.startsWith('=') ? `"${key}"` : key);

/** What the code names the messages of a face by, as TypeScript: their places, and the types of their parameters. */
export function namesOf(english: Catalogue, face: Face): string {
  const lines = messagesOf(english, face, english).map(([name, text], place) => {
    const params = [...parametersOf(text)].map(([param, type]) => `${param}: ${type}`);
    const type = params.length === 0 ? 'object' : `{ ${params.join('; ')} }`;
    return `export const ${name} = ${place} as Message<'${face}', ${type}>;`;
  });
  return [
    '/** Made by `npm run format` from `shared/i18n/element/en.json`. */',
    "import type { Message } from '../message.ts';",
    '',
    ...lines,
    '',
  ].join('\n');
}

export const pluralCategories = (language: Language): string[] =>
  new Intl.PluralRules(language).resolvedOptions().pluralCategories;
