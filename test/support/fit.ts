import type { Page } from 'playwright-core';

/**
 * One line for each text of the page that cannot be read as a whole, and for each two controls of what is in front that lie
 * upon each other; in all shadow trees. A text is cut off, or reaches beyond what it stands in or the screen.
 */
export async function misfits(page: Page): Promise<string[]> {
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

    const parentOf = (element: Element): Element | null =>
      element.assignedSlot ?? element.parentElement ?? (element.getRootNode() as ShadowRoot).host ?? null;
    const around = (element: Element): Element[] => {
      const parent = parentOf(element);
      return parent ? [element, ...around(parent)] : [element];
    };
    const told = (element: Element, what: string, text = element.textContent?.trim() ?? '') =>
      found.push(
        `${element.localName}.${element.getAttribute('part') ?? (element.className || element.id)}: ${what}: ${text}`,
      );
    const clips = (overflow: string) => /hidden|clip/.test(overflow);

    /** Only spoken, or a picture. What others have written may be of any length, and code is scrolled. */
    const isNotRead = (one: Element) =>
      one.matches('pre, style, script, option, datalist, [aria-hidden=true], .address') ||
      getComputedStyle(one).clipPath === 'inset(50%)';
    const boxes =
      'button, .button, a, summary, label, li, .note, fieldset, .card, dialog, section, [part=panel]';
    /** Why that text cannot be read. */
    const problemOf = (element: Element, text: DOMRect): string | null => {
      let scrolls = false;
      for (const one of around(element)) {
        const box = one.getBoundingClientRect();
        const { overflowX, overflowY, textOverflow } = getComputedStyle(one);
        const sideways = text.left < box.left - 1 || text.right > box.right + 1;
        const upright = !scrolls && (text.top < box.top - 1 || text.bottom > box.bottom + 1);
        const dotted =
          one === element && textOverflow === 'ellipsis' && one.scrollWidth > one.clientWidth + 1;
        if (dotted || (clips(overflowX) && sideways) || (clips(overflowY) && upright)) return 'cut off';
        // To be scrolled sideways is meant where the keyboard can do it too.
        if (/auto|scroll/.test(overflowX) && sideways)
          return one.hasAttribute('tabindex') ? null : 'to be scrolled sideways';
        scrolls ||= /auto|scroll/.test(overflowY);
        if (one.matches(boxes) && sideways) return 'too wide';
        const edge = 4;
        if (one.matches('.card') && (text.left < box.left + edge || text.right > box.right - edge))
          return 'at the edge of its card';
        if (one.matches('button, .button') && upright) return 'too high';
      }
      return text.left < -1 || text.right > innerWidth + 1 ? 'wider than the screen' : null;
    };
    const judgeTexts = (element: HTMLElement) => {
      for (const node of element.childNodes) {
        if (node.nodeType !== Node.TEXT_NODE || !node.textContent?.trim()) continue;
        if (around(element).some(isNotRead)) return;
        const range = document.createRange();
        range.selectNodeContents(node);
        const problem = problemOf(element, range.getBoundingClientRect());
        if (problem) told(element, problem);
      }
    };

    const pen = document.createElement('canvas').getContext('2d')!;
    /** Of what a browser draws in a control by itself. */
    const judgeControl = (control: HTMLElement) => {
      const { font, paddingLeft, paddingRight } = getComputedStyle(control);
      const room = control.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
      const widthOf = (text: string) => {
        pen.font = font;
        return pen.measureText(text).width;
      };
      const judge = (text: string) => {
        // A large input breaks its lines.
        const widest = control.localName === 'textarea' ? text.split(/\s/) : [text];
        if (widest.some(one => widthOf(one) > room + 1)) told(control, 'cut off', text);
      };
      if (control instanceof HTMLSelectElement) judge(control.selectedOptions[0]?.textContent?.trim() ?? '');
      // Where the shop's words are written, ours stand until then: of any length, in any language.
      else if (control.matches('input, textarea') && !control.hasAttribute('dir')) {
        const { value, placeholder } = control as HTMLInputElement;
        if (value === '') placeholder.split('\n').forEach(judge);
      }
    };

    for (const element of elements) {
      judgeTexts(element);
      judgeControl(element);
    }

    const layerOf = (element: Element) =>
      around(element).find(one => one.matches('dialog:modal, :popover-open')) ?? null;
    const front = elements.findLast(element => element.matches('dialog:modal, :popover-open')) ?? null;
    /** What is scrolled out of a list lies upon nothing. */
    const inSight = (element: Element) => {
      let { left, right, top, bottom } = element.getBoundingClientRect();
      for (const one of around(element).slice(1)) {
        if (getComputedStyle(one).overflowY === 'visible') continue;
        const box = one.getBoundingClientRect();
        [top, bottom] = [Math.max(top, box.top), Math.min(bottom, box.bottom)];
      }
      return { left, right, top, bottom };
    };
    const controls = elements
      .filter(element => layerOf(element) === front)
      .filter(element => element.matches('button, a, select, input:not([type=radio]), textarea, summary'))
      // What shows a password stands in its input.
      .filter(element => !element.matches('.password *') && !around(element).some(isNotRead))
      .map(element => [element, inSight(element)] as const)
      .filter(([, { left, right, top, bottom }]) => right - left > 1 && bottom - top > 1);
    /** What stands still lies upon what is scrolled behind it. */
    const heldBy = (element: Element) =>
      around(element).find(one => /fixed|sticky/.test(getComputedStyle(one).position));
    controls.forEach(([element, one], at) => {
      for (const [other, two] of controls.slice(at + 1)) {
        if (heldBy(element) !== heldBy(other)) continue;
        const across = Math.min(one.right, two.right) - Math.max(one.left, two.left);
        const down = Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top);
        if (across > 1 && down > 1) told(element, `lies upon "${other.textContent?.trim()}"`);
      }
    });

    // What a call is ended with is never to be looked for.
    for (const element of elements)
      if (element.matches('[part=controls]') && element.getBoundingClientRect().bottom > innerHeight + 1)
        told(element, 'below the screen');
    if (document.documentElement.scrollWidth > innerWidth) found.push('page: wider than the screen');
    return found;
  });
}
