import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { PageFinding, PageReport } from '../../../shared/api/shop-page.ts';
import type { SiteId } from '../../../shared/ids.ts';
import { apiErrorText, ask } from '../../ui/api.ts';
import { base, buttons, fields } from '../../ui/styles.ts';
import { findingLine } from '../finding/line.ts';
import { findingStyles } from '../finding/styles.ts';
import { textInput } from '../form/controls.ts';
import type { Problem } from '../form/problem.ts';
import { formStyles } from '../look/form-styles.ts';
import { findingWords, liveTexts as texts } from './texts.ts';

/** What cannot be known from the page's text alone. */
const uncertain = new Set<PageFinding['is']>(['no-script', 'no-tag', 'status']);

/** Looks at a page of the shop and says what keeps the button from working there. Fires `live` when nothing does, and `allowed` when the page's address was put on the list. */
export class RepLiveButton extends LitElement {
  static override properties = {
    site: { attribute: false },
    url: { attribute: false },
    problem: { state: true },
    report: { state: true },
    busy: { state: true },
    said: { state: true },
  };
  /** Whose button it should be; any of one's own when left out. */
  declare site: SiteId | undefined;
  declare url: string;
  declare problem: Problem | null;
  declare report: PageReport | null;
  declare busy: boolean;
  declare said: string;

  static override styles = [
    base,
    buttons,
    fields,
    formStyles,
    findingStyles,
    css`
      form {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1rem;
        overflow-wrap: anywhere;
      }

      .finding {
        padding-inline: 0;
      }
    `,
  ];

  constructor() {
    super();
    this.url = '';
    this.problem = null;
    this.report = null;
    this.busy = false;
    this.said = '';
  }

  protected override render(): TemplateResult {
    return html`<form novalidate @submit=${this.#submit}>
      ${textInput({
        path: 'url',
        label: texts.url,
        placeholder: 'https://shop.example/',
        problem: this.problem,
        maxLength: 2_000,
        address: true,
        value: this.url,
        set: url => {
          this.url = url;
        },
      })}
      <div><button class="button" aria-disabled=${this.busy ? 'true' : 'false'}>
        ${this.busy ? html`<span class="spinner"></span>${texts.looking}` : texts.look}</button></div>
      <div aria-live="polite">${this.report ? this.#found(this.report) : nothing}</div>
      <p class="hidden" role="status">${this.said}</p>
    </form>`;
  }

  #found({ url, findings }: PageReport): TemplateResult {
    if (findings.length === 0)
      return html`<ul class="findings">${findingLine({ is: 'ok', title: texts.allGood({ url }), words: '', todo: '' }, 3)}</ul>`;
    return html`<p class="hint looked">${texts.looked({ url })}</p><ul class="findings">${findings.map(
      finding => {
        const [title, words] = findingWords(finding);
        const is = uncertain.has(finding.is) ? 'attention' : 'broken';
        return findingLine({ is, title, words, todo: '' }, 3, this.#remedy(finding));
      },
    )}</ul>`;
  }

  #remedy(finding: PageFinding): TemplateResult | typeof nothing {
    if (finding.is !== 'not-listed') return nothing;
    const { origin } = finding;
    return html`<p class="actions"><button type="button" class="button small primary" @click=${() => this.#allow(origin)}>
      ${texts.allow({ origin })}</button></p>`;
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.busy) return;
    this.said = '';
    await this.#look();
  }

  async #look(): Promise<void> {
    const url = this.url.trim();
    this.problem = url ? null : { message: texts.urlNeeded, field: 'url' };
    this.busy = url !== '';
    this.report = null;
    if (url)
      try {
        const body = { url, ...(this.site === undefined ? {} : { site: this.site }) };
        this.report = await ask('POST /api/reach/page', { body });
        if (this.report.findings.length === 0) this.dispatchEvent(new Event('live'));
      } catch (error) {
        this.problem = { message: apiErrorText(error), field: 'url' };
      }
    this.busy = false;
    await this.updateComplete;
    if (this.problem) this.renderRoot.querySelector<HTMLElement>('#field-url')?.focus();
  }

  async #allow(origin: string): Promise<void> {
    const siteId = this.report?.site;
    if (!siteId) return;
    try {
      await ask('POST /api/sites/:siteId/allowed-origins', { params: { siteId }, body: { origin } });
    } catch (error) {
      this.problem = { message: apiErrorText(error), field: 'url' };
      return;
    }
    this.said = texts.allowed({ origin });
    this.dispatchEvent(new Event('allowed'));
    // The button that was pressed is gone with what it was about.
    this.renderRoot.querySelector<HTMLElement>('form > div > button')?.focus();
    await this.#look();
  }
}

customElements.define('rep-live-button', RepLiveButton);
