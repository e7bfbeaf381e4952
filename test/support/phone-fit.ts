import type { Page } from 'playwright-core';

/**
 * One line for each text of the console that is cut off or reaches beyond the screen or its button, and for each two
 * controls that lie upon each other; in all shadow trees, of what is in front.
 */
export async function consoleMisfits(page: Page): Promise<string[]> {
  // What follows the size of the screen has followed it.
  await page.evaluate(
    () => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(() => drawn(null)))),
  );
  return page.evaluate(() => {
    const found: string[] = [];
    const elements: HTMLElement[] = [];
    const collect = (root: ParentNode) => {
      for (const element of root.querySelectorAll<HTMLElement>('*')) {
        if (element.checkVisibility({ visibilityProperty: true })) elements.push(element);
        if (element.shadowRoot) collect(element.shadowRoot);
      }
    };
    collect(document);
    const inFrontOf = (element: Element): Element | null => {
      for (let at: Node | null = element; at; at = at.parentNode ?? (at as ShadowRoot).host ?? null)
        if (at instanceof Element && at.matches('dialog, :popover-open')) return at;
      return null;
    };
    const front = elements.find(element => element.matches('dialog:modal, :popover-open')) ?? null;
    const shown = elements.filter(element => inFrontOf(element) === front);
    const told = (element: Element, what: string) =>
      found.push(`${element.localName}.${element.className}: ${what}: ${element.textContent?.trim()}`);

    for (const element of shown) {
      const own = [...element.childNodes].filter(node => node.nodeType === 3 && node.textContent?.trim());
      // What others have written may be of any length.
      if (own.length === 0) continue;
      if (element.closest('.hidden, .language span, .address, option, [aria-hidden=true]')) continue;
      const style = getComputedStyle(element);
      if (style.overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1)
        told(element, 'cut off');
      const around = element.closest<HTMLElement>(
        'button, a.button, .note, fieldset, .card, dialog, section',
      );
      const box = around?.getBoundingClientRect() ?? new DOMRect(0, 0, innerWidth, innerHeight);
      for (const node of own) {
        const range = document.createRange();
        range.selectNodeContents(node);
        const text = range.getBoundingClientRect();
        if (text.left < Math.max(0, box.left) - 1 || text.right > Math.min(innerWidth, box.right) + 1)
          told(element, 'too wide');
        if (around?.matches('button, .button') && (text.top < box.top - 1 || text.bottom > box.bottom + 1))
          told(element, 'too high');
      }
    }

    // What is scrolled out of a list lies upon nothing.
    const inSight = (element: Element) => {
      let { left, right, top, bottom } = element.getBoundingClientRect();
      for (let at = element.parentElement; at; at = at.parentElement) {
        if (getComputedStyle(at).overflowY === 'visible') continue;
        const box = at.getBoundingClientRect();
        [top, bottom] = [Math.max(top, box.top), Math.min(bottom, box.bottom)];
      }
      return { left, right, top, bottom };
    };
    const controls = shown
      .filter(element => element.matches('button, a, select, input:not([type=radio]), textarea, summary'))
      // What shows a password stands in its input.
      .filter(element => !element.matches('.password *'))
      .map(element => [element, inSight(element)] as const)
      .filter(([, { left, right, top, bottom }]) => right - left > 1 && bottom - top > 1);
    controls.forEach(([element, one], at) => {
      for (const [other, two] of controls.slice(at + 1)) {
        const across = Math.min(one.right, two.right) - Math.max(one.left, two.left);
        const down = Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top);
        if (across > 1 && down > 1) told(element, `lies upon "${other.textContent?.trim()}"`);
      }
    });
    if (document.documentElement.scrollWidth > innerWidth) found.push('page: wider than the screen');
    return found;
  });
}
