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
