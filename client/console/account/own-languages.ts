import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Rep } from '../../../shared/api/people.ts';
import type { Language } from '../../../shared/i18n/languages.ts';
import '../../admin/form/language-list.ts';
import { apiErrorText, ask } from '../../ui/api.ts';
import { icons } from '../../ui/icons.ts';
import { base, buttons, card, notes } from '../../ui/styles.ts';
import { accountStyles } from './account-styles.ts';
import { accountTexts as texts } from './texts.ts';

/** In which languages one takes calls. Fires `rep-changed` with the rep. */
export class RepOwnLanguages extends LitElement {
  static override properties = {
    rep: { attribute: false },
    chosen: { state: true },
    problem: { state: true },
    busy: { state: true },
    saved: { state: true },
  };
  declare rep: Rep;
  /** Null while nothing was changed. */
  declare chosen: Language[] | null;
  /** In words; empty for none. */
  declare problem: string;
  declare busy: boolean;
  declare saved: boolean;

  static override styles = [base, card, buttons, notes, accountStyles];

  constructor() {
    super();
    this.chosen = null;
    this.problem = '';
    this.busy = false;
    this.saved = false;
  }

  protected override render(): TemplateResult {
    const { problem, busy, saved } = this;
    return html`<form class="card group" novalidate aria-labelledby="title" @submit=${this.#submit} @languages=${this.#choose}>
      <div><h2 id="title">${texts.languages}</h2><p class="hint">${texts.languagesLead}</p></div>
      <div role="alert" ?hidden=${problem === ''}>
        ${problem ? html`<div class="note bad">${icons.warning}<p>${problem}</p></div>` : nothing}
      </div>
      <rep-language-list .label=${texts.languagesSpoken} .value=${this.chosen ?? this.rep.languages}></rep-language-list>
      <div class="end">
        <button class="button primary" aria-disabled=${busy ? 'true' : 'false'}>
          ${busy ? html`<span class="spinner"></span>` : nothing}${texts.save}
        </button>
        <p role="status" class="done">${saved ? html`${icons.check}${texts.saved}` : nothing}</p>
      </div>
    </form>`;
  }

  #choose({ detail }: CustomEvent<Language[]>): void {
    this.chosen = detail;
    this.saved = false;
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.busy) return;
    this.busy = true;
    this.problem = '';
    const { chosen } = this;
    try {
      const { rep } = await ask('PATCH /api/rep/me', {
        body: { languages: chosen ?? [...this.rep.languages] },
      });
      if (this.chosen === chosen) this.chosen = null;
      this.saved = true;
      this.dispatchEvent(new CustomEvent('rep-changed', { detail: rep, bubbles: true, composed: true }));
    } catch (error) {
      this.problem = apiErrorText(error);
    }
    this.busy = false;
  }
}

customElements.define('rep-own-languages', RepOwnLanguages);
