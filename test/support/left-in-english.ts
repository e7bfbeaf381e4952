import type { Locator } from 'playwright-core';
import { groups, partsOf, readPart } from '../../tools/i18n/console.ts';
import { deepTexts } from './deep-texts.ts';

/** Names that were put in when the first shop was made, in its owner's language, and stay as they are. */
const given = ['firstShop', 'firstQueue'];

const messages = (language: string) =>
  groups()
    .flatMap(group => partsOf(group).flatMap(part => Object.entries(readPart(language, group, part))))
    .flatMap(([key, text]) => (given.includes(key) ? [] : [text]));

/** What stands there, in all shadow trees, as the English catalogues have it, though the language says it otherwise. */
export async function leftInEnglish(place: Locator, language: string): Promise<string[]> {
  const own = new Set(messages(language));
  const english = new Set(messages('en').filter(text => !own.has(text)));
  return [...new Set(await deepTexts(place))].filter(text => english.has(text.trim()));
}
