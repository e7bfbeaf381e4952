/** The words of the element outside of a browser. */

import type { Language } from '../../shared/i18n/languages.ts';
import type { Face, Texts } from '../../shared/i18n/message.ts';
import { textsOf } from '../../shared/i18n/texts.ts';
import { readCatalogue } from '../../tools/i18n/catalogues.ts';
import { compileNow } from '../../tools/i18n/compile.ts';

/** @param tag for `Intl`; the language itself where none is given */
export const textsIn = <F extends Face>(face: F, language: Language, tag: string = language): Texts<F> =>
  textsOf<F>(compileNow(readCatalogue(language), face, readCatalogue('en')), { tag, language });
