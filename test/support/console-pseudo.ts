/** The pseudo-locale of `pseudo-locale.ts` for console and settings, and what in them is not of it. */
import type { Page } from 'playwright-core';
import { partExpression, partsOf, readPart } from '../../tools/i18n/console.ts';
import { deepTexts } from './deep-texts.ts';
import { pseudo } from './pseudo-locale.ts';

function groupInPseudo(group: string, mirrored: boolean): string {
  const parts = partsOf(group).map(part => {
    const english = Object.entries(readPart('en', group, part));
    const catalogue = Object.fromEntries(english.map(([id, text]) => [id, pseudo(text, mirrored)]));
    return `${JSON.stringify(part)}:${partExpression(catalogue)}`;
  });
  return `export default (n,p,d,s)=>({${parts.join()}});`;
}

/** Whoever reads that language at the console on this page from now on reads the pseudo-locale instead. */
export async function serveConsolePseudo(
  page: Page,
  language: string,
  { mirrored = false } = {},
): Promise<void> {
  await page.route(new RegExp(`/assets/console-words-[a-z-]+-${language}-`), async route => {
    const group = new RegExp(`/console-words-([a-z-]+)-${language}-`).exec(route.request().url())?.[1] ?? '';
    await route.fulfill({ contentType: 'text/javascript', body: groupInPseudo(group, mirrored) });
  });
}

/**
 * What is written inside of an element and is no message of the pseudo-locale. Whatever has no ASCII letter is taken for
 * one: figures, and dates in a language that writes them in figures or in other letters.
 *
 * @param names what people, shops and the like are called, and words that `Intl` writes
 */
export async function notPseudo(page: Page, within: string, names: readonly string[]): Promise<string[]> {
  const bare = (text: string): string => {
    const less = text.replaceAll(/⟦[^⟦⟧]*⟧/g, '');
    return less === text ? less : bare(less);
  };
  const texts = await deepTexts(page, within);
  return texts
    .map(text => names.reduce((rest, name) => rest.replaceAll(wholly(name), ''), bare(text)))
    .filter(text => /[a-z]/i.test(text));
}

/** Not where it is a part of a longer word. */
const wholly = (name: string) =>
  new RegExp(`(?<!\\p{L})${name.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&')}(?!\\p{L})`, 'gu');
