import { css, html, nothing, type TemplateResult } from 'lit';
import { reachOf } from '../../../shared/addresses.ts';
import type { ReachReport } from '../../../shared/api/server.ts';
import { testPage } from '../../../shared/first-run.ts';
import { ask } from '../../ui/api.ts';
import { icons } from '../../ui/icons.ts';
import { addressOf } from '../reach/findings.ts';
import { FirstRunStepElement } from './step.ts';
import { firstRunTexts as texts } from './texts.ts';

/** How often it is looked whether the call was answered, while the page is seen. */
const lookEveryMs = 2_000;

/** A call to oneself, from another tab or by telephone, that rings this console. Fires `go-available`. */
export class RepFirstTestCall extends FirstRunStepElement {
  static override properties = { report: { state: true }, qr: { state: true } };
  declare report: ReachReport | null;
  /** The picture (SVG) of the address for a phone; empty where a phone reaches nothing. */
  declare qr: string;
  /** To be available, as was asked for here. */
  #goes = false;
  #timer: ReturnType<typeof setInterval> | undefined;

  static override styles = [
    FirstRunStepElement.styles,
    css`
      .qr {
        width: 11rem;
        height: 11rem;
        border-radius: var(--radius-m);
        background: #fff;
      }

      .result {
        display: flex;
        gap: 0.625rem;
        align-items: center;
        font-weight: 600;
      }

      .result[data-done] .icon {
        color: var(--go);
      }

      .result .icon {
        color: var(--ink-3);
      }

      .by-phone {
        display: grid;
        gap: 0.75rem;
        justify-items: start;
      }

      a.button {
        text-decoration: none;
      }
    `,
  ];

  constructor() {
    super();
    this.report = null;
    this.qr = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(() => void this.#look(), lookEveryMs);
    void this.#draw();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { site, status, done } = this.context;
    if (!site) return nothing;
    return html`
      ${
        status === 'available'
          ? html`<p>${texts.available}</p>`
          : html`<div class="actions"><p>${texts.beAvailable}</p>
              <button class="button go" data-test="available" @click=${this.#goAvailable}>${icons.headset}${texts.goAvailable}</button></div>`
      }
      <div class="actions">
        <a class="button" data-test="test-page" href=${testPage('', site.key)} target="_blank" rel="noopener">${icons.external}<span>${texts.openTest}</span>
          <span class="hidden">${texts.opensNewTab}</span></a>
      </div>
      ${this.report ? this.#byPhone() : nothing}
      <p class="result" role="status" data-test="result" ?data-done=${done}>${done ? icons.check : icons.clock}<span>${done ? texts.answered : texts.waitingForCall}</span></p>
    `;
  }

  #byPhone(): TemplateResult {
    if (!this.qr) return html`<p class="hint">${texts.noPhone}</p>`;
    return html`<div class="by-phone"><p>${texts.orPhone}</p>
      <img class="qr" alt=${texts.qr} src=${`data:image/svg+xml,${encodeURIComponent(this.qr)}`} />
      ${this.report?.certificate.selfSigned ? html`<p class="hint">${texts.phoneWarns}</p>` : nothing}</div>`;
  }

  async #draw(): Promise<void> {
    // Without it there is the way by another tab.
    const report = await ask('GET /api/reach').catch(() => null);
    const { site } = this.context;
    if (!report || !site) return;
    const address = addressForPhones(report);
    if (address) {
      const { encodeQR } = await import('qr');
      this.qr = encodeQR(testPage(address, site.key), 'svg');
    }
    this.report = report;
  }

  async #look(): Promise<void> {
    if (this.context.done || document.hidden) return;
    // A lost answer is one of many.
    const runs = await ask('GET /api/first-run').then(
      answer => answer.runs,
      () => [],
    );
    const own = runs.find(({ accountId }) => accountId === this.context.accountId);
    if (own?.done.includes('test-call')) this.proven();
  }

  /** The button that was pressed goes when it has worked: on to what comes next. */
  protected override updated(): void {
    if (!this.#goes || this.context.status !== 'available') return;
    this.#goes = false;
    this.renderRoot.querySelector<HTMLElement>('[data-test=test-page]')?.focus();
  }

  readonly #goAvailable = () => {
    this.#goes = true;
    this.dispatchEvent(new Event('go-available', { bubbles: true, composed: true }));
  };
}

/** By which a phone in the same network reaches this server; null where none does. */
function addressForPhones(report: ReachReport): string | null {
  const address = addressOf(report, location);
  return reachOf(new URL(address).hostname) === 'this-computer' ? (report.network[0] ?? null) : address;
}

customElements.define('rep-first-test-call', RepFirstTestCall);
