import { css, html, nothing, type TemplateResult } from 'lit';
import type { SiteSheet } from '../../../shared/api/sites.ts';
import { type Language, languages } from '../../../shared/i18n/languages.ts';
import type { SiteLanguages } from '../../../shared/own-words.ts';
import { ask } from '../../ui/api.ts';
import { hashOf } from '../../ui/route.ts';
import { isolated, list, tag } from '../../ui/words.ts';
import { cardsInput, choiceInput } from '../form/controls.ts';
import { same } from '../form/draft.ts';
import { languagesByName, ownName } from '../form/language-names.ts';
import { FirstRunStepElement } from './step.ts';
import { firstRunTexts as texts } from './texts.ts';

/** That in which the owner reads this. */
const proposed = languages.find(language => language === tag.split('-')[0]) ?? 'en';

/** In which language the button speaks. Fires `site` with the shop as it is kept. */
export class RepFirstLanguage extends FirstRunStepElement {
  static override properties = { chosen: { state: true } };
  /** Null while nothing was chosen. */
  declare chosen: SiteLanguages | null;

  static override styles = [
    FirstRunStepElement.styles,
    css`
      .field {
        max-width: 24rem;
      }
    `,
  ];

  constructor() {
    super();
    this.chosen = null;
  }

  /** What was not set yet is proposed. */
  #proposed({ languages: kept }: SiteSheet): SiteLanguages {
    const untouched = !this.context.done && kept.allowed === 'all' && kept.default === 'en';
    return untouched ? { allowed: 'all', default: proposed } : kept;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { site } = this.context;
    if (!site) return nothing;
    const { allowed, default: main } = this.chosen ?? this.#proposed(site);
    // Several of them are chosen elsewhere, and stay.
    const some = allowed === 'all' ? onlySome(site, main) : allowed;
    return html`
      ${choiceInput({
        ...{ path: 'languages.default', label: texts.mainLanguage, hint: texts.mainLanguageHint },
        ...{ problem: null, value: main },
        choices: languagesByName.map(({ language, name }) => ({ value: language, label: name })),
        set: value => {
          const language = value as Language;
          this.chosen = {
            allowed: allowed === 'all' ? 'all' : withMain(allowed, language),
            default: language,
          };
        },
      })}
      ${cardsInput<'all' | 'some'>({
        ...{ path: 'languages.allowed', label: texts.whichLanguages, problem: null },
        value: allowed === 'all' ? 'all' : 'some',
        choices: [
          {
            ...{ value: 'all', label: texts.everyLanguage.label },
            lead: texts.everyLanguage.lead({ n: languages.length }),
          },
          {
            value: 'some',
            label: texts.onlyThese.label({
              languages: list(some.map(language => isolated(ownName(language)))),
            }),
            lead: texts.onlyThese.lead,
          },
        ],
        set: value => {
          this.chosen = { allowed: value === 'all' ? 'all' : some, default: main };
        },
      })}
      <p><a class="link" href=${hashOf({ at: 'shop' })}>${texts.moreLanguages}</a></p>`;
  }

  override async save(): Promise<boolean> {
    const { site } = this.context;
    if (!site) return true;
    const wanted = this.chosen ?? this.#proposed(site);
    if (same(wanted, site.languages)) return true;
    const { site: saved } = await ask('PATCH /api/sites/:siteId', {
      params: { siteId: site.id },
      body: { languages: wanted },
    });
    this.dispatchEvent(new CustomEvent<SiteSheet>('site', { detail: saved }));
    return true;
  }
}

/** Those that the shop has chosen before, else its main one. */
const onlySome = ({ languages: kept }: SiteSheet, main: Language): Language[] =>
  kept.allowed === 'all' ? [main] : withMain(kept.allowed, main);

/** One alone is replaced. As the server keeps them, in one order. */
function withMain(some: readonly Language[], main: Language): Language[] {
  if (some.length < 2) return [main];
  return languages.filter(language => language === main || some.includes(language));
}

customElements.define('rep-first-language', RepFirstLanguage);
