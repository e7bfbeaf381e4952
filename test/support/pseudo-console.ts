/** The language that nobody speaks, at console and settings: their words in the place of a language's, and what is not in it. */
import type { Locator, Page } from 'playwright-core';
import { partExpression, partsOf, readPart } from '../../tools/i18n/console.ts';
import { pseudo } from './pseudo-locale.ts';

/** Whoever reads that language at this console from now on reads the pseudo-locale instead. */
export async function servePseudoConsole(
  page: Page,
  language: string,
  { mirrored = false } = {},
): Promise<void> {
  const file = new RegExp(`/assets/console-words-([\\w-]+?)-${language}-[^/]+\\.js`);
  await page.route(file, async route => {
    const group = file.exec(route.request().url())?.[1] ?? '';
    const parts = partsOf(group).map(part => {
      const words = Object.entries(readPart('en', group, part));
      const catalogue = Object.fromEntries(words.map(([id, text]) => [id, pseudo(text, mirrored)]));
      return `${JSON.stringify(part)}:${partExpression(catalogue)}`;
    });
    await route.fulfill({
      contentType: 'text/javascript',
      body: `export default (n,p,d,s)=>({${parts.join()}});`,
    });
  });
}

/** The person at the console reads that language from the next load on. */
export const speak = (page: Page, language: string): Promise<void> =>
  page.evaluate(wanted => {
    const key = 'talk-to-us.rep';
    localStorage.setItem(
      key,
      JSON.stringify({ ...JSON.parse(localStorage.getItem(key) ?? '{}'), language: wanted }),
    );
  }, language);

/**
<<<<<<< HEAD
 * What is written there, in all shadow trees, and is no message; but for figures, code, and what is in `names`. What a
 * browser says of units is its own: `unitWords`.
 */
export function untranslatedIn(place: Locator, names: readonly string[]): Promise<string[]> {
  return place.evaluate((top, known) => {
    const texts: string[] = [];
    const visit = (node: Node): void => {
      if (node.nodeType === Node.TEXT_NODE) texts.push(node.textContent ?? '');
      if (node instanceof Element) {
        if (node.matches('style, script, pre, code')) return;
        for (const name of ['aria-label', 'aria-valuetext', 'title', 'placeholder', 'alt'])
          texts.push(node.getAttribute(name) ?? '');
        if (node.shadowRoot) visit(node.shadowRoot);
=======
 * What is shown in letters of English and is no message, in all shadow trees, but for what things are called. Figures and times
 * are the browser's own, in the language that the pseudo-locale has the place of.
 */
export function untranslatedInConsole(page: Page, names: readonly string[]): Promise<string[]> {
  return page.evaluate(known => {
    const texts: string[] = [document.title];
    const look = (root: Node) => {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const element = node instanceof Element ? node : node.parentElement;
        // Languages by their own names, secrets, keys and what a microphone is called.
        if (element?.closest('style, script, noscript, option, code, kbd, [aria-hidden=true], [data-letter]'))
          continue;
        if (!(node instanceof Element)) texts.push(node.textContent ?? '');
        else {
          for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
            texts.push(node.getAttribute(name) ?? '');
          if (node.shadowRoot) look(node.shadowRoot);
        }
>>>>>>> de0d788 (console: the first load is within its limit in every language; docs about its languages)
      }
      for (const child of node.childNodes) visit(child);
    };
    visit(top);
    const bare = (text: string): string => {
      const less = text.replaceAll(/⟦[^⟦⟧]*⟧/g, '');
      // Around an element a message is in two pieces, with all of its letters accented but for one.
      return less === text ? less.replaceAll('ëx', '') : bare(less);
    };
<<<<<<< HEAD
    const isZone = (text: string) => /^UTC$|^[A-Z][\w+-]*(\/[\w+ -]+)+$/.test(text.trim());
    return [...new Set(texts)]
      .filter(text => !isZone(text))
      .map(text => known.reduce((rest, name) => rest.replaceAll(name, ''), bare(text)))
      .filter(text => /\p{L}/u.test(text));
=======
    const unnamed = (text: string) => known.reduce((rest, name) => rest.replaceAll(name, ''), text);
    return texts.map(text => unnamed(bare(unnamed(text)))).filter(text => /[a-z]/i.test(text));
>>>>>>> de0d788 (console: the first load is within its limit in every language; docs about its languages)
  }, names);
}

/** How a browser in that language calls lengths of time. */
export function unitWords(language: string): string[] {
  const words = (['second', 'minute', 'hour', 'day'] as const).flatMap(unit =>
    [1, 2, 3, 20, 100].map(n =>
      new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' })
        .formatToParts(n)
        .filter(({ type }) => type === 'unit')
        .map(({ value }) => value)
        .join(''),
    ),
  );
  // The longer one first, of which another is the beginning.
  return [...new Set(words)].sort((one, other) => other.length - one.length);
}
