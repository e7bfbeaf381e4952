import { type Language, languages } from '../../shared/i18n/languages.ts';

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
