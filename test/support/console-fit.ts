import type { Locator } from 'playwright-core';

/** One line for each text there, in all shadow trees, that is cut off, or reaches beyond what it stands in or the screen. */
export function misfitsIn(place: Locator): Promise<string[]> {
  return place.evaluate(top => {
    const found: string[] = [];
    const all = (root: Element | ShadowRoot): HTMLElement[] =>
      [...root.querySelectorAll<HTMLElement>('*')].flatMap(one => [
        one,
        ...(one.shadowRoot ? all(one.shadowRoot) : []),
      ]);
    const pen = document.createElement('canvas').getContext('2d')!;
    /** Of what a browser draws in a control by itself. */
    const widthOf = (text: string, control: Element) => {
      pen.font = getComputedStyle(control).font;
      return pen.measureText(text).width;
    };
    const roomIn = (control: HTMLElement) => {
      const { paddingLeft, paddingRight } = getComputedStyle(control);
      return control.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
    };
    const judge = (element: HTMLElement): void => {
      const told = (what: string, text = element.textContent?.trim() ?? '') =>
        found.push(`${element.localName}.${element.className || element.id}: ${what}: ${text}`);
      if (!element.checkVisibility() || element.closest('.hidden, pre, datalist')) return;
      if (element instanceof HTMLSelectElement) {
        const text = element.selectedOptions[0]?.textContent?.trim() ?? '';
        if (widthOf(text, element) > roomIn(element) + 1) told('cut off', text);
        return;
      }
      if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) {
        // Where the shop's words are written, ours stand until then: of any length, in any language.
        if (element.hasAttribute('dir')) return;
        const lines = element.value === '' ? element.placeholder.split('\n') : [];
        for (const line of lines) if (widthOf(line, element) > roomIn(element) + 1) told('cut off', line);
        return;
      }
      const own = [...element.childNodes].filter(
        node => node.nodeType === Node.TEXT_NODE && node.textContent?.trim(),
      );
      if (own.length === 0 || element.localName === 'option') return;
      const style = getComputedStyle(element);
      if (style.overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1) told('cut off');
      const range = document.createRange();
      range.selectNodeContents(element);
      const text = range.getBoundingClientRect();
      const around = element.closest<HTMLElement>('button, a, summary, label, li');
      const box = around?.getBoundingClientRect() ?? { left: 0, right: innerWidth };
      const [left, right] = [Math.max(0, box.left), Math.min(innerWidth, box.right)];
      if (text.left < left - 1 || text.right > right + 1) told('too wide');
    };
    for (const element of all(top.shadowRoot ?? top)) judge(element);
    if (document.documentElement.scrollWidth > innerWidth) found.push('page: wider than the screen');
    return found;
  });
}
