import { html, type TemplateResult } from 'lit';
import { languages } from '../../../shared/i18n/languages.ts';
import { FirstRunStepElement } from './step.ts';
import { firstRunTexts as texts } from './texts.ts';

/** In which language the button speaks. */
export class RepFirstLanguage extends FirstRunStepElement {
  protected override render(): TemplateResult {
    return html`<p>${texts.languages}</p><p>${texts.languageCount({ n: languages.length })}</p>`;
  }
}

customElements.define('rep-first-language', RepFirstLanguage);
