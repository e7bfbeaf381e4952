/** The language that nobody speaks, at console and settings: their words in the place of a language's, and what is not in it. */
import type { Locator, Page } from 'playwright-core';
import { expressionOf, groups } from '../../tools/i18n/console.ts';
import { deepTexts } from './deep-texts.ts';
import { pseudo } from './pseudo-locale.ts';

/** Whoever reads that language at this console from now on reads the pseudo-locale instead. */
export async function servePseudoConsole(
  page: Page,
  language: string,
  { mirrored = false } = {},
): Promise<void> {
  const bodies = new Map(
    groups().map(group => {
      const words = expressionOf(group, english =>
        Object.fromEntries(Object.entries(english).map(([id, text]) => [id, pseudo(text, mirrored)])),
      );
      return [group, `export default ${words};`];
    }),
  );
  // A hash may begin with a hyphen too, so that the group is the shortest that fits.
  const file = new RegExp(`/assets/console-words-([a-z-]+?)-${language}-`);
  await page.route(file, async route => {
    const body = bodies.get(file.exec(route.request().url())?.[1] ?? '');
    if (body === undefined) throw new Error(`There are no words of ${route.request().url()}.`);
    await route.fulfill({ contentType: 'text/javascript', body });
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

/** A text without the messages in it, of which some have others inside. */
function withoutMessages(text: string): string {
  const less = text.replaceAll(/⟦[^⟦⟧]*⟧/g, '');
  return less === text ? less : withoutMessages(less);
}

/**
 * What is written there, in all shadow trees, and is no message; but for figures, code, and what is in `names`: what people
 * and shops are called, and what `Intl` writes, such as `unitWords`.
 *
 * @param letters what is taken for words: letters of any script, or of English only where dates are in another script
 */
export async function untranslatedIn(
  place: Locator,
  names: readonly string[],
  letters: 'any' | 'English' = 'any',
): Promise<string[]> {
  const isZone = (text: string) => /^UTC$|^[A-Z][\w+-]*(\/[\w+ -]+)+$/.test(text.trim());
  const unnamed = (text: string) => names.reduce((rest, name) => rest.replaceAll(wholly(name), ''), text);
  const word = letters === 'any' ? /\p{L}/u : /[a-z]/i;
  return (
    [...new Set(await deepTexts(place))]
      .filter(text => !isZone(text))
      // A message around an element is in two pieces, with all of its letters accented but for one.
      .map(text => unnamed(withoutMessages(unnamed(text))).replaceAll('ëx', ''))
      .filter(text => word.test(text))
  );
}

/** Not where it is a part of a longer word. */
const wholly = (name: string) =>
  new RegExp(`(?<!\\p{L})${name.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&')}(?!\\p{L})`, 'gu');

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
