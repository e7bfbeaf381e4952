import { html, type TemplateResult } from 'lit';
import type { ReachReport } from '../../../shared/api/server.ts';
import { apiErrorText, ask } from '../../ui/api.ts';
import { icons } from '../../ui/icons.ts';
import { type Finding, findingLine } from '../finding/line.ts';
import { addressFinding, certificateFinding, soundFinding } from '../reach/findings.ts';
import { reachTexts } from '../reach/texts.ts';
import { adminTexts } from '../texts.ts';
import { FirstRunStepElement } from './step.ts';

/** The address by which people reach this server, its encryption, and the way of the sound. */
export class RepFirstAddress extends FirstRunStepElement {
  static override properties = {
    report: { state: true },
    sound: { state: true },
    failed: { state: true },
  };
  declare report: ReachReport | null;
  /** Null while it is tried. */
  declare sound: Finding | null;
  declare failed: string;

  constructor() {
    super();
    this.report = null;
    this.sound = null;
    this.failed = '';
  }

  protected override firstUpdated(): void {
    void this.#check();
  }

  protected override render(): TemplateResult {
    if (this.failed)
      return html`<div class="note bad" role="alert">${icons.warning}<p>${this.failed}</p>
        <button class="button small" @click=${this.#check}>${adminTexts.tryAgain}</button></div>`;
    if (!this.report) return html`<p class="loading" role="status">${reachTexts.checking}</p>`;
    const lines = [...this.#findings(this.report), ...(this.sound ? [this.sound] : [])];
    return html`<ul class="findings">${lines.map(line => findingLine(line, 3))}</ul>
      <div class="actions">
        <button class="button" aria-disabled=${this.sound ? 'false' : 'true'} @click=${this.#check}>${reachTexts.again}</button>
        <p class="hint" role="status">${this.sound ? '' : reachTexts.checking}</p>
      </div>`;
  }

  #findings(report: ReachReport): Finding[] {
    return [addressFinding(report, here()), certificateFinding(report, here(), report.serverTime)];
  }

  readonly #check = async () => {
    if (this.report && !this.sound) return;
    this.failed = '';
    this.sound = null;
    try {
      const report = await ask('GET /api/reach');
      this.report = report;
      const { tryTheSound } = await import('../reach/sound-trial.ts');
      this.sound = await tryTheSound().then(
        found => soundFinding(report, found, here()),
        (error: unknown) => ({
          ...{ is: 'attention' as const, title: reachTexts.sound, words: reachTexts.noTrial },
          todo: apiErrorText(error),
        }),
      );
      if ([...this.#findings(report), this.sound].every(({ is }) => is !== 'broken')) this.proven();
    } catch (error) {
      this.failed = apiErrorText(error);
    }
  };
}

const here = () => ({
  ...{ hostname: location.hostname, origin: location.origin, port: location.port },
  ...{ protocol: location.protocol, isSecureContext },
});

customElements.define('rep-first-address', RepFirstAddress);
