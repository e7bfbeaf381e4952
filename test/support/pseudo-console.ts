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
 * What is written there, in all shadow trees, and is no message; but for figures, code, and what is in `names`. What a
 * browser says of units is its own: `unitWords`.
 */
export function untranslatedIn(place: Locator, names: readonly string[]): Promise<string[]> {
  return place.evaluate((top, known) => {
    const texts: string[] = [];
    const visit = (node: Node): void => {
      if (node.nodeType === Node.TEXT_NODE) texts.push(node.textContent ?? '');
      if (node instanceof Element) {
        if (node.matches('style, script, pre, code, [lang]')) return;
        // A language is called by its own name.
        if (node instanceof HTMLOptionElement && /^[a-z]{2}$/.test(node.value)) return;
        // Where the shop's words are written, ours to shoppers stand until then.
        if (node.matches('input[dir]')) return;
        for (const name of ['aria-label', 'aria-valuetext', 'title', 'placeholder', 'alt'])
          texts.push(node.getAttribute(name) ?? '');
        if (node.shadowRoot) visit(node.shadowRoot);
      }
      for (const child of node.childNodes) visit(child);
    };
    visit(top);
    const bare = (text: string): string => {
      const less = text.replaceAll(/⟦[^⟦⟧]*⟧/g, '');
      return less === text ? less : bare(less);
    };
    const isZone = (text: string) => /^UTC$|^[A-Z][\w+-]*(\/[\w+ -]+)+$/.test(text.trim());
    return [...new Set(texts)]
      .filter(text => !isZone(text))
      .map(text => known.reduce((rest, name) => rest.replaceAll(name, ''), bare(text)))
      .filter(text => /\p{L}/u.test(text));
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
