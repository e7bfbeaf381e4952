/** The texts of a page through all of its shadow trees. */
import type { Locator } from 'playwright-core';

/**
 * Every text and every text attribute in there, whether it is shown or only spoken; but code, languages by their own names, and
 * what stands in an input for the words of a shop.
 */
export function deepTexts(place: Locator): Promise<string[]> {
  return place.evaluateAll(outermost => {
    const left =
      'style, script, noscript, pre, code, kbd, [lang]:not(html), [aria-hidden=true], [data-letter], input[dir]';
    const isLanguage = (element: Element) =>
      element instanceof HTMLOptionElement && /^[a-z]{2}$/.test(element.value);
    const texts: string[] = [];
    const read = (node: Node): void => {
      if (node.nodeType === Node.TEXT_NODE) texts.push(node.textContent ?? '');
      if (node instanceof Element) {
        if (node.matches(left) || isLanguage(node)) return;
        for (const name of ['aria-label', 'aria-valuetext', 'title', 'placeholder', 'alt'])
          texts.push(node.getAttribute(name) ?? '');
        if (node.shadowRoot) read(node.shadowRoot);
      }
      for (const child of node.childNodes) read(child);
    };
    for (const one of outermost) read(one);
    return texts.filter(text => text.trim() !== '');
  });
}
