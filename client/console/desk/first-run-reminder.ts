import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { FirstRun } from '../../../shared/api/first-run.ts';
import { firstRunSteps } from '../../../shared/first-run.ts';
import { ask } from '../../ui/api.ts';
import { icons } from '../../ui/icons.ts';
import { hashOf } from '../../ui/route.ts';
import { base, buttons, notes } from '../../ui/styles.ts';
import { firstRunReminderTexts as texts } from '../texts/first-run.ts';

/** Reminds an owner of a first run that is neither finished nor dismissed; or, with `lead`, fires `led` instead. */
export class RepFirstRunReminder extends LitElement {
  static override properties = { lead: { attribute: false }, run: { state: true } };
  declare lead: boolean;
  /** Null while there is none to be reminded of. */
  declare run: FirstRun | null;

  static override styles = [
    base,
    buttons,
    notes,
    css`
      :host {
        grid-column: 1 / -1;
      }

      .note {
        flex-wrap: wrap;
      }

      .note p {
        flex: 1 1 14rem;
      }

      a.button {
        text-decoration: none;
      }
    `,
  ];

  constructor() {
    super();
    this.run = null;
  }

  protected override firstUpdated(): void {
    void this.#load();
  }

  protected override updated(): void {
    this.hidden = this.run === null;
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.run) return nothing;
    return html`<div class="note" data-test="first-run-reminder">${icons.info}
      <p>${texts.reminder({ done: this.run.done.length, of: firstRunSteps.length })}</p>
      <a class="button small primary" href=${hashOf({ at: 'set-up' })}>${texts.goOn}</a>
      <button class="button small quiet" data-test="dismiss" @click=${this.#dismiss}>${texts.dismiss}</button>
    </div>`;
  }

  async #load(): Promise<void> {
    // Who is refused, or cannot ask now, is not reminded now.
    const runs = await ask('GET /api/first-run').then(
      answer => answer.runs,
      () => [],
    );
    const open = runs.find(({ state }) => state === 'open') ?? null;
    if (open && this.lead) this.dispatchEvent(new Event('led'));
    else this.run = open;
  }

  async #dismiss(): Promise<void> {
    const { run } = this;
    if (!run) return;
    await ask('PATCH /api/first-run', {
      query: { account: run.accountId },
      body: { state: 'dismissed' },
    }).then(
      () => {
        this.run = null;
      },
      () => undefined,
    );
  }
}

customElements.define('rep-first-run-reminder', RepFirstRunReminder);
