import { html, type TemplateResult } from 'lit';
import type { Language } from '../../../shared/i18n/languages.ts';
import { choiceInput, textInput } from './controls.ts';
import { languagesByName, ownName } from './language-names.ts';
import { languageTexts as texts } from './language-texts.ts';
import type { Problem } from './problem.ts';

export type WordsKey = Language | 'every';
/** By language; `every` for all that have none of their own. */
export type Words<Slot extends string> = Partial<Record<WordsKey, Record<Slot, string>>>;

/** One thing that can be said otherwise. */
export type WordSlot<Slot extends string> = { slot: Slot; label: string; hint?: string; most: number };

type OwnWords<Slot extends string> = {
  path: string;
  words: Words<Slot>;
  slots: readonly WordSlot<Slot>[];
  /** Which are shown. */
  shown: WordsKey;
  /** In which shoppers are spoken to. */
  languages: readonly Language[];
  /** Our words in the language that is shown; empty while they are not here. */
  ours: Partial<Record<Slot, string>>;
  problem: Problem | null;
  show: (key: WordsKey) => void;
  set: (words: Words<Slot>) => void;
};

const written = (words: Record<string, string> | undefined) => Object.values(words ?? {}).some(Boolean);

/** How many things are said otherwise, in any language. */
export const countWords = (words: Words<string>): number =>
  Object.values(words).reduce((sum, one) => sum + Object.values(one).filter(Boolean).length, 0);

/** A choice of the language, and an input for each of the words, with ours where there are none. */
export function ownWords<Slot extends string>(form: OwnWords<Slot>): TemplateResult {
  const { path, words, slots, shown, languages, ours, problem, show, set } = form;
  const offered = languagesByName.filter(
    // What was written for a language that is not spoken any more can still be looked at.
    ({ language }) => languages.includes(language) || written(words[language]),
  );
  const label = (key: WordsKey, name: string) =>
    written(words[key]) ? texts.withOwn({ language: name }) : name;
  const general = words.every;
  const change = (slot: Slot, text: string) => {
    const empty = Object.fromEntries(slots.map(one => [one.slot, ''])) as Record<Slot, string>;
    const { [shown]: old, ...others } = words;
    const changed = { ...empty, ...old, [slot]: text };
    // A language without words is as if nobody had ever looked at it.
    set((written(changed) ? { ...words, [shown]: changed } : others) as Words<Slot>);
  };
  return html`
    ${choiceInput({
      path: `${path}-language`,
      label: texts.whichLanguage,
      hint: shown === 'every' ? texts.everyHint : texts.oneHint({ language: ownName(shown) }),
      problem: null,
      value: shown,
      choices: [
        { value: 'every', label: label('every', texts.every) },
        ...offered.map(({ language, name }) => ({ value: language, label: label(language, name) })),
      ],
      set: value => show(value as WordsKey),
    })}
    <div class="grid">
      ${slots.map(({ slot, label, hint, most }) =>
        textInput({
          path: `${path}.${shown}.${slot}`,
          label,
          ...(hint === undefined ? {} : { hint }),
          problem,
          maxLength: most,
          placeholder: (shown === 'every' ? '' : general?.[slot]) || (ours[slot] ?? ''),
          direction: shown === 'ar' || shown === 'he' ? 'rtl' : 'auto',
          value: words[shown]?.[slot] ?? '',
          set: text => change(slot, text),
        }),
      )}
    </div>`;
}
