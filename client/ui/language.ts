import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { icons } from './icons.ts';
import { loadPrefs, savePrefs } from './prefs.ts';
import { commonTexts as texts } from './texts.ts';
import { consoleLanguages } from './words.ts';

/** As its speakers call it. */
function ownName(language: string): string {
  const name = new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language;
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}

/** What the words are in; empty for what the browser asks for. Words are chosen as the page is loaded. */
export function chooseLanguage(language: string): void {
  savePrefs({ language });
  location.reload();
}

/** The choice, for whoever cannot read what is shown too: each language by its own name. */
export function languageChoice(choose: (language: string) => void): TemplateResult {
  const chosen = loadPrefs().language;
  return html`<label class="language">${icons.globe}<span>${texts.language}</span>
    <select .value=${live(chosen)} @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
      <option value="" ?selected=${chosen === ''}>${texts.languageAuto}</option>
      ${consoleLanguages.map(
        language =>
          html`<option value=${language} lang=${language} ?selected=${chosen === language}>${ownName(language)}</option>`,
      )}
    </select></label>`;
}
