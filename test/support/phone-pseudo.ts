/** The console in the language that nobody speaks, and what of it is not in that language. */
import type { Page } from 'playwright-core';
import { expressionOf, groups } from '../../tools/i18n/console.ts';
import { pseudo } from './pseudo-locale.ts';

/** Whoever's console is in that language, read from right to left, is shown the pseudo-locale instead. */
export async function servePseudoConsole(page: Page, language: string): Promise<void> {
  const bodies = new Map(
    groups().map(group => [
      group,
      `export default ${expressionOf(group, english =>
        Object.fromEntries(Object.entries(english).map(([id, text]) => [id, pseudo(text, true)])),
      )};`,
    ]),
  );
  const file = new RegExp(`/assets/console-words-([a-z-]+?)-${language}-`);
  await page.route(file, async route => {
    const group = file.exec(route.request().url())?.[1] ?? '';
    const body = bodies.get(group);
    if (body === undefined) throw new Error(`There are no words of ${route.request().url()}.`);
    await route.fulfill({ contentType: 'text/javascript', body });
  });
}

/**
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
        if (
          element?.closest(
            'style, script, noscript, option, [lang]:not(html), code, kbd, [aria-hidden=true], [data-letter]',
          )
        )
          continue;
        if (!(node instanceof Element)) texts.push(node.textContent ?? '');
        else {
          for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
            texts.push(node.getAttribute(name) ?? '');
          if (node.shadowRoot) look(node.shadowRoot);
        }
      }
    };
    look(document.documentElement);
    const bare = (text: string): string => {
      const less = text.replaceAll(/⟦[^⟦⟧]*⟧/g, '');
      // Around an element a message is in two pieces, with all of its letters accented but for one.
      return less === text ? less.replaceAll('ëx', '') : bare(less);
    };
    const unnamed = (text: string) => known.reduce((rest, name) => rest.replaceAll(name, ''), text);
    return texts.map(text => unnamed(bare(unnamed(text)))).filter(text => /[a-z]/i.test(text));
  }, names);
}
