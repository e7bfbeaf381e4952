import { css, html, LitElement, type TemplateResult } from 'lit';
import { icons } from '../../ui/icons.ts';
import { loadPrefs, savePrefs } from '../../ui/prefs.ts';
import { base, buttons, dialogs } from '../../ui/styles.ts';
import { shortcuts } from '../session/keyboard.ts';
import { texts } from '../texts.ts';
import { shortcutsTexts as words } from './shortcuts-texts.ts';

/** The keys and the switch that turns single keys off. */
export class RepShortcuts extends LitElement {
  static override properties = { letterKeys: { state: true } };
  declare letterKeys: boolean;

  static override styles = [
    base,
    buttons,
    dialogs,
    css`
      dialog {
        width: min(26rem, calc(100vw - 2rem));
      }

      li {
        display: flex;
        gap: 1rem;
        align-items: center;
        justify-content: space-between;
        min-height: 2.75rem;
        border-bottom: 1px solid var(--line);
      }

      li span:last-child {
        display: flex;
        gap: 0.375rem;
        align-items: center;
        color: var(--ink-3);
        font-size: var(--small);
      }

      kbd {
        padding: 0.1875rem 0.5rem;
        color: var(--ink-2);
        font-size: 0.75rem;
      }

      label {
        display: flex;
        gap: 0.75rem;
        align-items: center;
        font-weight: 600;
      }

      input {
        width: 1.125rem;
        height: 1.125rem;
        margin: 0;
        accent-color: var(--accent-fill);
      }
    `,
  ];

  constructor() {
    super();
    this.letterKeys = loadPrefs().letterKeys;
  }

  async open(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector('dialog')?.showModal();
  }

  protected override render(): TemplateResult {
    return html`
      <dialog aria-labelledby="title" @click=${this.#outside}>
        <div class="dialog-head">
          <div><h2 id="title">${texts.shortcuts}</h2><p>${words.shortcutsLead}</p></div>
          <button class="button quiet round" aria-label=${texts.close} @click=${this.#close}>${icons.cross}</button>
        </div>
        <div class="dialog-body">
          <ul>
            ${shortcuts.map(
              ({ action, keys }) => html`<li>
                <span>${words.action[action]}</span>
                <span>${keys.map((key, i) => html`${i ? words.or : ''} <kbd>${texts.keyName(key)}</kbd>`)}</span>
              </li>`,
            )}
          </ul>
          <label>
            <input type="checkbox" .checked=${this.letterKeys} @change=${this.#toggle} />${words.letterKeys}
          </label>
        </div>
      </dialog>
    `;
  }

  #toggle(event: Event): void {
    this.letterKeys = (event.target as HTMLInputElement).checked;
    savePrefs({ letterKeys: this.letterKeys });
  }

  #close(): void {
    this.renderRoot.querySelector('dialog')?.close();
  }

  /** A click on the backdrop is a click on the dialog itself. */
  #outside(event: MouseEvent): void {
    if (event.target instanceof HTMLDialogElement) event.target.close();
  }
}

customElements.define('rep-shortcuts', RepShortcuts);
