import type { Language } from '../../shared/i18n/languages.ts';
import type { Compiled, Face, Texts } from '../../shared/i18n/message.ts';
import { chooseLanguage, type Spoken, spokenIn } from '../../shared/i18n/spoken.ts';
import { textsOf } from '../../shared/i18n/texts.ts';
import { languagesAround } from './language.ts';

/** Put in by the build, see `tools/browser-build/words.ts`: the button in English, and what names the files of this build. */
declare const __englishButton__: Compiled;
declare const __wordsVersion__: string;
const englishButton: Compiled = __englishButton__;
const version = __wordsVersion__;

/** A visitor does not wait longer than this, ms, for a button in their language and the shop's words; then they see an English one, or ours. */
const patienceMs = 4_000;

const english: Spoken = { tag: 'en', language: 'en' };

/** The browser itself fetches a file only once. */
const fetchCompiled = async (face: Face, language: Language): Promise<Compiled> =>
  face === 'button' && language === 'en'
    ? englishButton
    : (await import(/* @vite-ignore */ `./assets/words-${face}-${language}-${version}.js`)).default;

/** The words of one element, in the language that it is in; those of each face are fetched when they are asked for. */
export class Vocabulary {
  readonly #changed: () => void;
  #spoken = english;
  #wanted = new Map<Language, Spoken>();
  readonly #texts = new Map<Face, Texts<Face>>();

  /** @param changed words came that are to be shown */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Of the language that it is in. */
  get tag(): string {
    return this.#spoken.tag;
  }

  /** What is spoken around the element, the best first. */
  get asked(): Language[] {
    return [...this.#wanted.keys()];
  }

  /** Looks what is spoken around the element now, and fetches the words for the button of the first, which are mostly those. */
  follow(element: Element): void {
    this.#wanted = spokenIn(languagesAround(element));
    fetchCompiled('button', chooseLanguage(this.#wanted).language).catch(() => {});
  }

  /**
   * Takes the first language of what is spoken around; what is shown stays until the words of a new one are here.
   *
   * @param only what the site has chosen instead
   */
  settle(only?: Language): void {
    const spoken = chooseLanguage(this.#wanted, only);
    const known = this.#texts.has('button');
    if (known && spoken.tag === this.#spoken.tag) return;
    this.#spoken = spoken;
    if (spoken.language === 'en') this.#take('button', englishButton, spoken);
    else if (!known)
      setTimeout(() => this.#texts.has('button') || this.#take('button', englishButton, english), patienceMs);
    for (const face of [...this.#texts.keys(), 'button' as const]) this.load(face).catch(() => {});
  }

  /** As far as they are here; fetched if not. */
  get<F extends Face>(face: F): Texts<F> | undefined {
    const texts = this.#texts.get(face);
    if (!texts) this.load(face).catch(() => {});
    return texts as Texts<F> | undefined;
  }

  /** Resolves when they are here: English ones where the others cannot be had. Rejects where neither can. */
  async load<F extends Face>(face: F): Promise<Texts<F>> {
    const spoken = this.#spoken;
    if (this.#texts.get(face)?.tag !== spoken.tag) {
      let used = spoken;
      const compiled = await fetchCompiled(face, spoken.language).catch(() => {
        used = english;
        return fetchCompiled(face, 'en');
      });
      // Meanwhile it may have become another one.
      if (spoken !== this.#spoken) return this.load(face);
      this.#take(face, compiled, used);
    }
    return this.#texts.get(face) as Texts<F>;
  }

  #take(face: Face, compiled: Compiled, spoken: Spoken): void {
    this.#texts.set(face, textsOf(compiled, spoken));
    this.#changed();
  }
}
