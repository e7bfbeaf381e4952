import { html, nothing, type TemplateResult } from 'lit';
import { type SiteWordSlot, siteWordLengths } from '../../../shared/domain.ts';
import type { Language } from '../../../shared/i18n/languages.ts';
import { cardsInput, choiceInput } from '../form/controls.ts';
import '../form/language-list.ts';
import { languagesByName } from '../form/language-names.ts';
import { ownWords } from '../form/own-words.ts';
import type { Problem } from '../form/problem.ts';
import { ShownWords, spokenAt } from '../form/shown-words.ts';
import type { SiteDraft } from './site-draft.ts';
import { shopTexts as texts } from './texts.ts';

export { ShownWords };

const slots = (Object.keys(texts.wordsOf) as SiteWordSlot[]).map(slot => ({
  ...{ slot, label: texts.wordsOf[slot], most: siteWordLengths[slot] },
  ...(slot === 'privacy' ? { hint: texts.privacyHint } : {}),
}));

type LanguageForm = {
  /** Of the shop. */
  id: string;
  draft: SiteDraft;
  problem: Problem | null;
  shown: ShownWords;
  set: (change: Partial<SiteDraft>) => void;
};

/** In which languages a shop speaks, and what it says in its own words. */
export function languageForm({ id, draft, problem, shown, set }: LanguageForm): TemplateResult {
  const { languages, words } = draft;
  const { allowed, default: main } = languages;
  const change = (to: Partial<SiteDraft['languages']>) => set({ languages: { ...languages, ...to } });
  const choose = (list: Language[]) =>
    change({ allowed: list, ...(list.includes(main) || !list[0] ? {} : { default: list[0] }) });
  const spoken = spokenAt(languages);
  return html`<section class="card group" aria-labelledby="languages-${id} shop-${id}">
      <div><h2 id="languages-${id}">${texts.languages}</h2><p>${texts.languagesLead}</p></div>
      ${cardsInput({
        path: `${id}.languages.allowed`,
        label: texts.whichLanguages,
        value: allowed === 'all' ? 'all' : 'some',
        choices: [
          { value: 'all', ...texts.allLanguages },
          { value: 'some', ...texts.someLanguages },
        ],
        problem,
        set: value => change({ allowed: value === 'all' ? 'all' : [main] }),
      })}
      ${
        allowed === 'all'
          ? nothing
          : html`<rep-language-list .label=${texts.chooseLanguages} .value=${allowed}
              @languages=${(event: CustomEvent<Language[]>) => choose(event.detail)}></rep-language-list>`
      }
      ${choiceInput({
        path: `${id}.languages.default`,
        label: texts.mainLanguage,
        hint: texts.mainLanguageHint,
        problem,
        value: main,
        choices: languagesByName
          .filter(({ language }) => spoken.includes(language) || language === main)
          .map(({ language, name }) => ({ value: language, label: name })),
        set: value => change({ default: value as Language }),
      })}
    </section>
    <section class="card group" aria-labelledby="words-${id} shop-${id}">
      <div><h2 id="words-${id}">${texts.words}</h2><p>${texts.wordsLead}</p></div>
      ${ownWords<SiteWordSlot>({
        ...{ path: `${id}.words`, words, slots, languages: spoken, problem },
        ...{ shown: shown.shown, ours: shown.ours(main).site },
        show: key => shown.show(key),
        set: changed => set({ words: changed }),
      })}
    </section>`;
}
