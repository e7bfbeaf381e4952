/**
 * A language that nobody speaks, made from English: accented, longer by 40 %, every message between brackets, and
 * mirrored if wanted. What is not in it on a screen is not translated, and what does not fit is found.
 */
import { parse, type Token } from '@messageformat/parser';
import type { Page } from 'playwright-core';
import type { Language } from '../../shared/i18n/languages.ts';
import { type Face, faces } from '../../shared/i18n/message.ts';
import { type Catalogue, readCatalogue } from '../../tools/i18n/catalogues.ts';
import { compile } from '../../tools/i18n/compile.ts';

const accents: Record<string, string> = Object.fromEntries(
  [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter, index) => [
    letter,
    [...'åƀçďéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÅƁÇĐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ'][index]!,
  ]),
);
const longer = 1.4;

const accented = (text: string) => text.replaceAll(/[a-z]/gi, letter => accents[letter] ?? letter);
/** As fonts and browsers turn a line around: each word from right to left. */
const turned = (text: string) => text.replaceAll(/\S+/g, word => `\u202e${word}\u202c`);
const quoted = (text: string) => text.replaceAll("'", "''").replaceAll(/[{}]/g, "'$&'");

/** A message in the language that nobody speaks. */
export function pseudo(text: string, mirrored: boolean): string {
  const tokens = parse(text);
  const write = (token: Token): string => {
    switch (token.type) {
      case 'content':
        return quoted(mirrored ? turned(accented(token.value)) : accented(token.value));
      case 'argument':
        return `{${token.arg}}`;
      case 'octothorpe':
        return '#';
      case 'function': {
        const style = token.param?.map(one => (one.type === 'content' ? one.value : '')).join('');
        return `{${token.arg}, ${token.key}${style === undefined ? '' : `,${style}`}}`;
      }
      default: {
        const forms = token.cases.map(({ key, tokens: inside }) => `${key} {${inside.map(write).join('')}}`);
        return `{${token.arg}, ${token.type}, ${forms.join(' ')}}`;
      }
    }
  };
  const length = text.replaceAll(/\{[^}]*\}/g, '').length;
  // In words of a usual length, or no line could be broken.
  const more = 'ëxţŕå ŵöŕđš '.repeat(50).slice(0, Math.ceil(length * (longer - 1)));
  return `⟦${tokens.map(write).join('')}${length > 4 ? ` ${more.trim()}` : ''}⟧`;
}

const english = readCatalogue('en');
const inPseudo = (mirrored: boolean): Catalogue =>
  Object.fromEntries(Object.entries(english).map(([id, text]) => [id, pseudo(text, mirrored)]));

/** Whoever reads that language on this page from now on reads the pseudo-locale instead. */
export async function servePseudo(page: Page, language: Language, { mirrored = false } = {}): Promise<void> {
  const catalogue = inPseudo(mirrored);
  const bodies = new Map<string, string>(
    faces.map((face: Face) => [face, compile(catalogue, face, english)]),
  );
  await page.route(new RegExp(`/assets/words-\\w+-${language}-`), async route => {
    const face = /words-(\w+)-/.exec(route.request().url())?.[1] ?? '';
    await route.fulfill({
      contentType: 'text/javascript',
      headers: { 'access-control-allow-origin': '*' },
      body: bodies.get(face) ?? '',
    });
  });
}

/** What is written in the element and is no message, but for figures and what people are called. */
export function untranslated(page: Page, names: readonly string[]): Promise<string[]> {
  return page.evaluate(known => {
    const root = document.querySelector('talk-to-us')!.shadowRoot!;
    const texts: string[] = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE) texts.push(node.textContent ?? '');
      else
        for (const name of ['aria-label', 'title', 'placeholder'])
          texts.push((node as Element).getAttribute(name) ?? '');
    }
    const bare = (text: string): string => {
      const less = text.replaceAll(/⟦[^⟦⟧]*⟧/g, '');
      return less === text ? less : bare(less);
    };
    return texts
      .map(text => known.reduce((rest, name) => rest.replaceAll(name, ''), bare(text)))
      .filter(text => /\p{L}/u.test(text));
  }, names);
}
