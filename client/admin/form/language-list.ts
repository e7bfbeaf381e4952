import { css, html, LitElement, type TemplateResult } from 'lit';
import { type Language, languages } from '../../../shared/i18n/languages.ts';
import { choices } from '../../ui/choices.ts';
import { base, fields } from '../../ui/styles.ts';
import { isolated, tag } from '../../ui/words.ts';
import { isMeant, languagesByName } from './language-names.ts';
import { languageTexts as texts } from './language-texts.ts';

/** A tick for each of several languages. Fires `languages` with those that are ticked. */
export class RepLanguageList extends LitElement {
  static override properties = {
    label: { attribute: false },
    value: { attribute: false },
    typed: { state: true },
  };
  declare label: string;
  declare value: readonly Language[];
  /** What is looked for. */
  declare typed: string;

  static override styles = [
    base,
    fields,
    choices,
    css`
      :host {
        display: block;
      }

      legend {
        margin: 0;
      }

      .chosen {
        margin: 0;
        color: var(--ink-2);
        font-size: var(--small);
        overflow-wrap: anywhere;
      }

      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(9.5rem, 100%), 1fr));
        max-height: 15rem;
        margin: 0;
        padding: 0.25rem;
        overflow-y: auto;
        border: 1px solid var(--line);
        border-radius: var(--radius-m);
        list-style: none;
      }

      label.language {
        display: flex;
        gap: 0.625rem;
        align-items: center;
        min-height: 2.75rem;
        padding-inline: 0.5rem;
        border-radius: var(--radius-s);
        font-weight: 400;
        font-size: 0.875rem;
        cursor: pointer;
      }

      label.language:hover {
        background: var(--sunken);
      }

      .none {
        margin: 0.5rem;
      }
    `,
  ];

  constructor() {
    super();
    this.label = '';
    this.value = [];
    this.typed = '';
  }

  protected override render(): TemplateResult {
    const found = languagesByName.filter(({ language }) => isMeant(this.typed, language, tag));
    const chosen = languagesByName.filter(({ language }) => this.value.includes(language));
    const list = new Intl.ListFormat(tag, { type: 'unit' });
    return html`<fieldset>
      <legend>${this.label}</legend>
      <p class="chosen">${chosen.length > 0 ? list.format(chosen.map(({ name }) => isolated(name))) : texts.none}</p>
      <input type="search" aria-label=${texts.search} placeholder=${texts.search} autocomplete="off" spellcheck="false"
        .value=${this.typed} @input=${this.#look} @keydown=${this.#key} />
      ${
        found.length === 0
          ? html`<p class="hint" role="status">${texts.notFound}</p>`
          : html`<ul>${found.map(
              ({
                language,
                name,
              }) => html`<li><label class="language"><input type="checkbox" value=${language}
                .checked=${this.value.includes(language)} @change=${this.#tick} /><span lang=${language}>${name}</span></label></li>`,
            )}</ul>`
      }
    </fieldset>`;
  }

  /** Looking for a language changes nothing of the form around. */
  #look(event: Event): void {
    event.stopPropagation();
    this.typed = (event.target as HTMLInputElement).value;
  }

  /** Nor does it send it. */
  #key(event: KeyboardEvent): void {
    if (event.key === 'Enter') event.preventDefault();
  }

  #tick(event: Event): void {
    const { value, checked } = event.target as HTMLInputElement;
    const others = this.value.filter(one => one !== value);
    // In one order, or a list that was changed to and fro would count as another one.
    const ticked = checked ? [...others, value as Language] : others;
    this.dispatchEvent(
      new CustomEvent('languages', { detail: inOrder(ticked), bubbles: true, composed: true }),
    );
  }
}

/** As the server keeps them. */
const inOrder = (list: readonly Language[]): Language[] => languages.filter(one => list.includes(one));

customElements.define('rep-language-list', RepLanguageList);
