import { css, html, LitElement, type TemplateResult } from 'lit';
import { icons } from '../look/icons.ts';
import { base, buttons, fields } from '../look/styles.ts';
import { copyText } from './copy.ts';
import { adminTexts as texts } from './texts.ts';

/** Code to paste elsewhere, with a button that copies it. */
export class RepCode extends LitElement {
  static override properties = {
    code: { attribute: false },
    label: { attribute: false },
    copied: { state: true },
  };
  declare code: string;
  declare label: string;
  declare copied: 'no' | 'yes' | 'failed';

  static override styles = [
    base,
    buttons,
    fields,
    css`
      pre {
        margin: 0 0 0.75rem;
        padding: 1rem;
        border-radius: var(--radius-m);
        background: var(--sunken);
        font: var(--small) / 1.6 var(--mono);
        overflow-wrap: anywhere;
        white-space: pre-wrap;
      }

      div {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem;
        align-items: center;
      }

      @media (forced-colors: active) {
        pre {
          border: 1px solid CanvasText;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.copied = 'no';
  }

  protected override render(): TemplateResult {
    return html`<pre tabindex="0" role="region" aria-label=${this.label}><code>${this.code}</code></pre>
      <div>
        <button type="button" class="button" @click=${this.#copy}>
          ${this.copied === 'yes' ? html`${icons.check}${texts.copied}` : texts.copy}
        </button>
        <p class="hint" role="status">${this.copied === 'failed' ? texts.copyFailed : ''}</p>
      </div>`;
  }

  async #copy(): Promise<void> {
    this.copied = (await copyText(this.code)) ? 'yes' : 'failed';
    const code = this.renderRoot.querySelector('code');
    if (this.copied === 'failed' && code) getSelection()?.selectAllChildren(code);
  }
}

customElements.define('rep-code', RepCode);
