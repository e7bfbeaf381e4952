import { type Language, languages } from './languages.ts';

/** For `Intl`, and what there are words in. */
export type Spoken = { tag: string; language: Language };

/**
 * The first of these tags, such as `de-AT`, that there are words for; English where there is none. What is no language
 * tag is passed over; some write `de_AT`.
 */
export function chooseLanguage(tags: Iterable<string>): Spoken {
  for (const one of tags) {
    try {
      const locale = new Intl.Locale(one.replaceAll('_', '-'));
      const language = languages.find(known => known === locale.language);
      if (language) return { tag: `${locale}`, language };
    } catch {
      // Not a tag.
    }
  }
  return { tag: 'en', language: 'en' };
}
