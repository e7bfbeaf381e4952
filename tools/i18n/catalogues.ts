/** The catalogues of the element, as translators keep them: message id to ICU MessageFormat, a file for each language. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '../../shared/i18n/languages.ts';
import type { Face } from '../../shared/i18n/message.ts';

/** Message id, such as `call.next`, to ICU MessageFormat. */
export type Catalogue = Readonly<Record<string, string>>;

export const fileOf = (language: Language): string =>
  join(import.meta.dirname, `../../shared/i18n/element/${language}.json`);

export const readCatalogue = (language: Language): Catalogue =>
  JSON.parse(readFileSync(fileOf(language), 'utf8'));

/** The messages of a face by their names, in the order of the English catalogue, which decides their places. */
export function messagesOf(
  catalogue: Catalogue,
  face: Face,
  english: Catalogue,
): [name: string, text: string][] {
  const prefix = `${face}.`;
  return Object.keys(english)
    .filter(id => id.startsWith(prefix))
    .map(id => [id.slice(prefix.length), catalogue[id] ?? english[id]!]);
}
