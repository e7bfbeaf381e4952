import type { ReactiveControllerHost } from 'lit';
import { type Language, languages } from '../../../shared/i18n/languages.ts';
import type { SiteLanguages } from '../../../shared/own-words.ts';
import { type DefaultWords, defaultWords, noWords } from './default-words.ts';
import type { WordsKey } from './own-words.ts';

/** All of them, where a shop has chosen none. */
export const spokenAt = ({ allowed }: SiteLanguages): readonly Language[] =>
  allowed === 'all' ? languages : allowed;

/** Of which language a page shows the words of a shop, and ours in that language. */
export class ShownWords {
  readonly #host: Pick<ReactiveControllerHost, 'requestUpdate'>;
  readonly #ours = new Map<Language, DefaultWords>();
  shown: WordsKey = 'every';

  constructor(host: Pick<ReactiveControllerHost, 'requestUpdate'>) {
    this.#host = host;
  }

  show(key: WordsKey): void {
    this.shown = key;
    this.#host.requestUpdate();
  }

  /** Ours in the language that is shown; for every language in the shop's main one. Fetched when they are asked for. */
  ours(main: Language): DefaultWords {
    const language = this.shown === 'every' ? main : this.shown;
    const known = this.#ours.get(language);
    if (known) return known;
    this.#ours.set(language, noWords);
    void defaultWords(language).then(words => {
      this.#ours.set(language, words);
      this.#host.requestUpdate();
    });
    return noWords;
  }
}
