import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { ReachReport } from '../../shared/api/server.ts';
import { ask } from '../ui/api.ts';
import { icons } from '../ui/icons.ts';
import { base, buttons, fields } from '../ui/styles.ts';
import { copyText } from './copy.ts';
import { addressOf, warningFor } from './reach/findings.ts';
import { adminTexts as texts } from './texts.ts';

/** The server is asked once in the life of the page; without an answer the address bar has to do. */
let asked: Promise<Pick<ReachReport, 'publicUrl' | 'network'>> | undefined;

/** Code to paste elsewhere, with the address that works from outside and a warning where there is none, and a button that copies it. */
export class RepCode extends LitElement {
  static override properties = {
    make: { attribute: false },
    report: { state: true },
    label: { attribute: false },
    copied: { state: true },
  };
  /** The code, for the address of this server. */
  declare make: (address: string) => string;
  declare report: Pick<ReachReport, 'publicUrl' | 'network'>;
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

      .problem {
        margin-bottom: 0.75rem;
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
    this.report = { publicUrl: null, network: [] };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    asked ??= ask('GET /api/reach');
    asked.then(
      report => {
        this.report = report;
      },
      () => {
        asked = undefined;
      },
    );
  }

  get #address(): string {
    return addressOf(this.report, location);
  }

  get #code(): string {
    return this.make(this.#address);
  }

  protected override render(): TemplateResult {
    const warning = warningFor(this.#address, this.report.network);
    return html`<pre dir="ltr" tabindex="0" role="region" aria-label=${this.label}><code>${this.#code}</code></pre>
      ${warning ? html`<p class="problem">${icons.warning}<span>${warning}</span></p>` : nothing}
      <div>
        <button type="button" class="button" @click=${this.#copy}>
          ${this.copied === 'yes' ? html`${icons.check}${texts.copied}` : texts.copy}
        </button>
        <p class="hint" role="status">${this.copied === 'failed' ? texts.copyFailed : ''}</p>
      </div>`;
  }

  async #copy(): Promise<void> {
    this.copied = (await copyText(this.#code)) ? 'yes' : 'failed';
    const code = this.renderRoot.querySelector('code');
    if (this.copied === 'failed' && code) getSelection()?.selectAllChildren(code);
  }
}

customElements.define('rep-code', RepCode);
