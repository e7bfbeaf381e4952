/** In which order a page is read, by eye and by keyboard, where its words run from right to left. */
import type { Page } from 'playwright-core';

/** More stops than any page has. */
const mostStops = 40;

/**
 * One line for each e-mail address, time, key or code, in all shadow trees, whose characters do not stand from left to right,
 * and for each picture that is mirrored.
 */
export function turnedAround(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const untouched =
      /[\w.+-]+@[\w.-]+\w|\b[A-Z2-9]{4}(?: [A-Z2-9]{4})+|\b\w{4,}(?:-\w{4,})+|\b\d{1,2}:\d{2}/g;
    const judge = (node: Text) => {
      for (const { 0: text, index } of node.data.matchAll(untouched)) {
        const boxes = [...text].map((_, at) => {
          const range = document.createRange();
          range.setStart(node, index + at);
          range.setEnd(node, index + at + 1);
          return range.getBoundingClientRect();
        });
        const isTurned = boxes.some((box, at) => {
          const before = boxes[at - 1];
          return before && Math.abs(box.top - before.top) < 2 && box.left < before.left - 1;
        });
        if (isTurned) found.push(`not from left to right: ${text}`);
      }
    };
    const look = (root: ParentNode) => {
      for (const element of root.querySelectorAll<HTMLElement>('*')) {
        if (!element.checkVisibility()) continue;
        for (const node of element.childNodes) if (node instanceof Text) judge(node);
        const { direction, transform } = getComputedStyle(element);
        if (
          element.matches('input[type=email], input[autocomplete*=code], input[autocomplete*=password], code')
        ) {
          if (direction !== 'ltr') found.push(`from right to left: ${element.localName}#${element.id}`);
        }
        if (element.localName === 'img' && transform !== 'none') found.push('a picture is mirrored');
        if (element.shadowRoot) look(element.shadowRoot);
      }
    };
    look(document);
    return found;
  });
}

/** One line for each stop of the key Tab that comes before the one above it, or beside it against the direction of reading. */
export async function stopsOutOfOrder(page: Page): Promise<string[]> {
  // The next Tab begins where something had the focus last.
  await page.evaluate(() => {
    const first = document.createElement('button');
    document.body.prepend(first);
    first.focus();
    first.remove();
  });
  const stops: { name: string; left: number; right: number; top: number; bottom: number }[] = [];
  while (stops.length < mostStops) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      let one = document.activeElement;
      while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
      if (!one || one === document.body) return null;
      const { left, right, top, bottom } = one.getBoundingClientRect();
      const name = `${one.localName}.${one.id || one.className}`;
      return {
        name,
        left: left + scrollX,
        right: right + scrollX,
        top: top + scrollY,
        bottom: bottom + scrollY,
      };
    });
    if (!stop) break;
    const last = stops.findIndex(
      ({ name, left, top }) => name === stop.name && left === stop.left && top === stop.top,
    );
    if (last !== -1) break;
    stops.push(stop);
  }
  const mirrored = await page.evaluate(() => document.documentElement.dir === 'rtl');
  return stops.slice(1).flatMap((stop, at) => {
    const before = stops[at]!;
    const sameRow = stop.top < before.bottom - 1 && before.top < stop.bottom - 1;
    const onward = mirrored ? stop.right <= before.right : stop.left >= before.left;
    return (sameRow ? onward : stop.top >= before.bottom - 1)
      ? []
      : [`focus goes from ${before.name} back to ${stop.name}`];
  });
}
