import { type Language, languages } from '../../../shared/i18n/languages.ts';
import { tag } from '../../ui/words.ts';

const nameIn = (reader: string, language: Language): string =>
  new Intl.DisplayNames([reader], { type: 'language' }).of(language) ?? language;

/** Chrome has neither, and would name them in the language of the browser. */
const notInChrome: Partial<Record<Language, string>> = { ga: 'Gaeilge', mt: 'Malti' };

/** As those call it who speak it. */
export const ownName = (language: Language): string => notInChrome[language] ?? nameIn(language, language);

/** By their own names, in the order of an index. */
export const languagesByName: readonly { language: Language; name: string }[] = languages
  .map(language => ({ language, name: ownName(language) }))
  .sort((a, b) => a.name.localeCompare(b.name, tag));

/** What somebody may type who looks for it: its own name, that in their own language (`reader`), its code. */
export function isMeant(typed: string, language: Language, reader: string): boolean {
  const names = [ownName(language), nameIn(reader, language), language];
  const plain = (text: string) => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return names.some(name => plain(name).includes(plain(typed.trim())));
}
