import { type Language, languages } from './languages.ts';

/** For `Intl`, and what there are words in. */
export type Spoken = { tag: string; language: Language };

/**
 * What of these tags, such as `de-AT`, there are words for, in their order; of each language the first. What is no
 * language tag is passed over; some write `de_AT`.
 */
export function spokenIn(tags: Iterable<string>): Map<Language, Spoken> {
  const found = new Map<Language, Spoken>();
  for (const one of tags) {
    try {
      const locale = new Intl.Locale(one.replaceAll('_', '-'));
      const language = languages.find(known => known === locale.language);
      if (language && !found.has(language)) found.set(language, { tag: `${locale}`, language });
    } catch {
      // Not a tag.
    }
  }
  return found;
}

/** @param only what the site has chosen of them, or speaks instead; the first of them, or English, when left out */
export const chooseLanguage = (spoken: ReadonlyMap<Language, Spoken>, only?: Language): Spoken => {
  const [first = 'en'] = spoken.keys();
  const language = only ?? first;
  return spoken.get(language) ?? { tag: language, language };
};
