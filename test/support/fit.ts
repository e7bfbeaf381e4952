import type { Page } from 'playwright-core';

/** One line for each text of the element that is cut off, or reaches beyond what it stands in or the screen. */
export function misfits(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.querySelector('talk-to-us')!.shadowRoot!;
    const found: string[] = [];
    const told = (element: Element, what: string) =>
      found.push(
        `${element.getAttribute('part') ?? element.className}: ${what}: ${element.textContent?.trim()}`,
      );
    for (const element of root.querySelectorAll<HTMLElement>('*')) {
      const own = [...element.childNodes].filter(node => node.nodeType === 3 && node.textContent?.trim());
      if (own.length === 0 || element.closest('.quiet, [aria-hidden=true]') || !element.checkVisibility())
        continue;
      const style = getComputedStyle(element);
      const cuts = style.overflowX !== 'visible' || style.textOverflow === 'ellipsis';
      if (cuts && element.scrollWidth > element.clientWidth + 1) told(element, 'cut off');
      const range = document.createRange();
      range.selectNodeContents(element);
      const text = range.getBoundingClientRect();
      // What scrolls from top to bottom may be out of sight; nothing may be to the side.
      const around = element.closest<HTMLElement>('button, input, [part=panel]');
      const box = (around === element ? around : (around ?? element)).getBoundingClientRect();
      const left = Math.max(0, box.left);
      const right = Math.min(innerWidth, box.right);
      if (text.left < left - 1 || text.right > right + 1) told(element, 'too wide');
      if (around?.matches('button') && (text.top < box.top - 1 || text.bottom > box.bottom + 1))
        told(element, 'too high');
    }
    const panel = root.querySelector('[part=panel]');
    const controls = panel?.querySelector('[part=controls]')?.getBoundingClientRect();
    if (controls && controls.bottom > innerHeight + 1) found.push('controls: below the screen');
    if (document.documentElement.scrollWidth > innerWidth) found.push('page: wider than the screen');
    return found;
  });
}
