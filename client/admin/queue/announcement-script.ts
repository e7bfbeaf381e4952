/** What to read aloud for an announcement: the words that a browser would say, in any language that shoppers are spoken to. */
import type { ClipSlot } from '../../../shared/domain.ts';
import { type Language, languages } from '../../../shared/i18n/languages.ts';
import type { Compiled } from '../../../shared/i18n/message.ts';
import { sentence } from '../../../shared/i18n/sentence.ts';
import { chooseLanguage, spokenIn } from '../../../shared/i18n/spoken.ts';
import { textsOf } from '../../../shared/i18n/texts.ts';
import { tag } from '../../ui/words.ts';

/** Put in by the build, see `tools/browser-build/words.ts`. */
declare const __wordsVersion__: string;
const version = __wordsVersion__;

export type Script = { text: string; language: Language; direction: 'ltr' | 'rtl' };

/** The languages that there are words in, as the reader calls them, in the reader's order. */
export function scriptLanguages(): { value: Language; label: string }[] {
  const names = new Intl.DisplayNames(tag, { type: 'language' });
  return languages
    .map(value => ({ value, label: names.of(value) ?? value }))
    .sort((a, b) => a.label.localeCompare(b.label, tag));
}

/** What the person at this browser reads, until they choose another one for their shoppers. */
export const usualLanguage = (): Language => chooseLanguage(spokenIn(navigator.languages)).language;

/** Rejects where the words cannot be fetched. */
export async function scriptFor(slot: ClipSlot, language: Language): Promise<Script> {
  const address = `/assets/words-spoken-${language}-${version}.js`;
  const { default: compiled }: { default: Compiled } = await import(/* @vite-ignore */ address);
  const texts = textsOf<'spoken'>(compiled, { tag: language, language });
  return { text: sentence(texts, slot), language, direction: texts.direction };
}
