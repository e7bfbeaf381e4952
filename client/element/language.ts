import { type Language, languages } from '../../shared/i18n/languages.ts';

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

/** The nearest `lang` around an element, also outside of the shadow trees that it is in; then what the browser's user reads. */
export function* languagesAround(element: Element): Generator<string> {
  for (let at: Node | null = element; at; at = at.parentNode ?? (at as Partial<ShadowRoot>).host ?? null) {
    const tag = at.nodeType === 1 && (at as Element).getAttribute('lang');
    if (tag) yield tag;
  }
  yield* navigator.languages;
}

/** Calls back when a `lang` around the element changes; returns how to stop that. */
export function watchLanguage(element: Element, changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  for (let root = element.getRootNode(); ; root = (root as ShadowRoot).host.getRootNode()) {
    observer.observe(root, { subtree: true, attributes: true, attributeFilter: ['lang'] });
    if (!(root as Partial<ShadowRoot>).host) break;
  }
  addEventListener('languagechange', changed);
  return () => {
    observer.disconnect();
    removeEventListener('languagechange', changed);
  };
}
