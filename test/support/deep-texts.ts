/** The texts of a page through all of its shadow trees: which there are, and which do not fit. */
import type { Locator, Page } from 'playwright-core';

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

/** One line for each text that is cut off, or is wider than its button or than the screen. */
export function clippedTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const parentOf = (element: Element): Element | null =>
      element.assignedSlot ?? element.parentElement ?? (element.getRootNode() as ShadowRoot).host ?? null;
    const hasText = (element: Element) =>
      [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());

    /** What `around` does to a text in it: nothing, for all that is around it as well, or says why it cannot be read. */
    const effectOf = (around: Element, text: DOMRect, itself: boolean): 'none' | 'scrolls' | string => {
      const { overflowX, overflowY, textOverflow } = getComputedStyle(around);
      if (/auto|scroll/.test(overflowX)) return 'scrolls';
      const box = around.getBoundingClientRect();
      const sideways = text.left < box.left - 1 || text.right > box.right + 1;
      const upright = text.top < box.top - 1 || text.bottom > box.bottom + 1;
      const dotted = itself && textOverflow === 'ellipsis' && around.scrollWidth > around.clientWidth + 1;
      const hidden = (overflow: string) => /hidden|clip/.test(overflow);
      if (dotted || (hidden(overflowX) && sideways) || (hidden(overflowY) && upright)) return 'cut off';
      return around.matches('button, .button') && (sideways || upright) ? 'beyond its button' : 'none';
    };

    const problemOf = (element: Element): string | null => {
      // What is hidden from the eye is spoken as a whole.
      if (!hasText(element) || element.closest('.hidden, style') || !element.checkVisibility()) return null;
      const range = document.createRange();
      range.selectNodeContents(element);
      const text = range.getBoundingClientRect();
      for (let around: Element | null = element; around; around = parentOf(around)) {
        const effect = effectOf(around, text, around === element);
        if (effect === 'scrolls') return null;
        if (effect !== 'none') return effect;
      }
      return text.left < -1 || text.right > innerWidth + 1 ? 'wider than the screen' : null;
    };

    const found: string[] = [];
    const look = (root: ParentNode): void => {
      for (const element of root.querySelectorAll('*')) {
        const problem = problemOf(element);
        if (problem) found.push(`${problem}: ${element.textContent?.trim()}`);
        if (element.shadowRoot) look(element.shadowRoot);
      }
    };
    look(document);
    if (document.documentElement.scrollWidth > innerWidth) found.push('the page is wider than the screen');
    return found;
  });
}
