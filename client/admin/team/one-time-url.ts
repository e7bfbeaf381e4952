import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { icons } from '../../ui/icons.ts';
import { base, buttons, fields, notes } from '../../ui/styles.ts';
import { copyText } from '../copy.ts';
import { warningFor } from '../reach/findings.ts';
import { adminTexts as texts } from '../texts.ts';

/** A one-time link, to be copied while it is shown. */
export class RepOneTimeUrl extends LitElement {
  static override properties = {
    url: { attribute: false },
    label: { attribute: false },
    copied: { state: true },
  };
  declare url: string;
  declare label: string;
  declare copied: 'no' | 'yes' | 'failed';

  static override styles = [
    base,
    buttons,
    fields,
    notes,
    css`
      :host {
        display: grid;
        gap: 0.75rem;
        min-width: 0;
      }

      div.copy {
        display: flex;
        gap: 0.5rem;
      }

      input {
        min-width: 0;
        font-family: var(--mono);
        font-size: var(--small);
      }

      .hint:empty {
        display: none;
      }
    `,
  ];

  constructor() {
    super();
    this.copied = 'no';
  }

  /** To its text, which is then selected. */
  override focus(): void {
    this.#input?.focus();
  }

  get #input(): HTMLInputElement | null {
    return this.renderRoot.querySelector('input');
  }

  protected override render(): TemplateResult {
    const warning = warningFor(new URL(this.url).origin);
    return html`<div class="copy">
        <input readonly dir="ltr" aria-label=${this.label} .value=${this.url}
          @focus=${(event: FocusEvent) => (event.target as HTMLInputElement).select()} />
        <button type="button" class="button primary" @click=${this.#copy}>
          ${this.copied === 'yes' ? html`${icons.check}${texts.copied}` : texts.copy}
        </button>
      </div>
      ${warning ? html`<div class="note">${icons.warning}<p>${warning}</p></div>` : nothing}
      <p class="hint" role="status">${this.copied === 'failed' ? texts.copyFailed : ''}</p>`;
  }

  async #copy(): Promise<void> {
    this.copied = (await copyText(this.url)) ? 'yes' : 'failed';
    if (this.copied === 'failed') this.#input?.select();
  }
}

customElements.define('rep-one-time-url', RepOneTimeUrl);
