/** The words of console and settings, in the language of the person at this browser; see `docs/languages.md`. */
import type { Compiled } from '../../shared/i18n/console/compiled.ts';
import type { Group, Words } from '../../shared/i18n/console/words.ts';
import type { Formats } from '../../shared/i18n/message.ts';
import { loadPrefs } from './prefs.ts';

/** Put in by the build, see `tools/browser-build/console-words.ts`: language -> group -> how its words are fetched. */
declare const __consoleWords__: Record<string, Record<Group, () => Promise<{ default: Compiled }>>>;
const catalogues = __consoleWords__;

/** What there are words in, such as `de`. */
export const consoleLanguages = Object.keys(catalogues);

/** For `Intl` with its region, such as `de-AT`; and the folder of its words. */
type Spoken = { readonly tag: string; readonly language: string };

const english: Spoken = { tag: 'en', language: 'en' };

/** The first of these tags that there are words for; English where there is none. */
function chooseSpoken(tags: readonly string[]): Spoken {
  for (const tag of tags) {
    const language = consoleLanguages.find(known => known === tag.split('-')[0]?.toLowerCase());
    if (language) return { tag, language };
  }
  return english;
}

/** What the person chose comes first, with their region where the browser tells it; then what the browser asks for. */
export function spokenBy(chosen: string, asked: readonly string[]): Spoken {
  return chooseSpoken([...asked.filter(tag => tag.split('-')[0] === chosen), chosen, ...asked]);
}

/** A change counts once the page is loaded anew. */
const spoken = spokenBy(loadPrefs().language, navigator.languages);

/** `tag` is for `Intl`. */
export const { tag, language } = spoken;
export const direction: 'ltr' | 'rtl' = spoken.language === 'ar' ? 'rtl' : 'ltr';

const held: Partial<Words> = {};

/**
 * Fetches the words of a group, English ones where the person's cannot be had; they are here once it resolves. Code that
 * uses words is imported after that, so it finds them wherever it looks. Rejects where no words come.
 */
export async function loadWords(group: Group): Promise<void> {
  const take = async (of: Spoken) => {
    const { default: compiled } = await catalogues[of.language]![group]();
    Object.assign(held, compiled(...formats(of)));
  };
  await take(spoken).catch(() => take(english));
}

/** The words of a part whose group is here. */
export function wordsOf<P extends keyof Words>(part: P): Words[P] {
  const words = held[part];
  if (!words) throw new Error(`The words of ${part} are not loaded.`);
  return words;
}

const formats = ({ tag }: Spoken): Formats => [
  value => new Intl.NumberFormat(tag).format(value),
  (value, forms) => forms[`=${value}`] ?? forms[new Intl.PluralRules(tag).select(value)] ?? forms.other!,
  ms => new Intl.DateTimeFormat(tag, { weekday: 'short', hour: '2-digit', minute: '2-digit' }).format(ms),
  isolated,
];

/** A figure as the language writes it. */
export const figure = (value: number, options?: Intl.NumberFormatOptions): string =>
  new Intl.NumberFormat(tag, options).format(value);

/**
 * Somebody's name, number, address or another text that is not ours: in other letters, or none, it would turn around what
 * stands beside it where words are written from right to left.
 */
export function isolated(text: string): string {
  return direction === 'rtl' ? `\u2068${text}\u2069` : text;
}

/** Separate facts in one line; what is not known is left out. */
export const facts = (all: readonly (string | null | undefined)[]): string =>
  all
    .filter(fact => fact != null && fact !== '')
    .map(fact => isolated(fact!))
    .join(' · ');

/** `Ana, Ben and Kim`, as the language lists things. */
export const list = (items: readonly string[]): string =>
  new Intl.ListFormat(tag, { type: 'conjunction' }).format(items);

/**
 * A message with elements among its words, such as a link: `rich(texts.more, { link: html`<a …>` })`. Returns what a
 * template shows. Where each element stands is the message's own affair.
 */
export function rich<P extends string>(
  message: (params: Record<P, string>) => string,
  elements: Record<P, unknown>,
): unknown[] {
  // Private-use characters stand for the elements: no message has any.
  const names = Object.keys(elements) as P[];
  const marks = names.map((name, at) => [name, String.fromCharCode(0xe000 + at)] as const);
  const text = message(Object.fromEntries(marks) as Record<P, string>);
  return text.split(/([\ue000-\uf8ff])/).map(part => {
    const at = part.charCodeAt(0) - 0xe000;
    return names[at] === undefined ? part : elements[names[at]];
  });
}
