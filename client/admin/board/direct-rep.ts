import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { BoardRep } from '../../../shared/board.ts';
import { type RepStatus, repStatuses } from '../../../shared/domain.ts';
import { limits } from '../../../shared/limits.ts';
import { apiErrorText, ask } from '../../ui/api.ts';
import { icons } from '../../ui/icons.ts';
import { base, buttons, notes } from '../../ui/styles.ts';
import { commonTexts } from '../../ui/texts.ts';
import { boardTexts as texts } from './texts.ts';

/** What a supervisor can decide for a rep, with the reason that the rep reads. Fires `done`. */
export class RepDirectRep extends LitElement {
  static override properties = { rep: { attribute: false }, busy: { state: true }, problem: { state: true } };
  declare rep: BoardRep;
  declare busy: boolean;
  declare problem: string;

  static override styles = [
    base,
    buttons,
    notes,
    css`
      form {
        display: grid;
        gap: 0.75rem;
        margin-top: 0.75rem;
      }

      label {
        display: grid;
        gap: 0.25rem;
        color: var(--ink-2);
        font-weight: 600;
        font-size: var(--small);
      }

      input,
      select {
        width: 100%;
        min-height: 2.5rem;
        padding: 0.25rem 0.625rem;
        border: 1px solid var(--line-strong);
        border-radius: var(--radius-s);
        background: var(--card);
        color: var(--ink);
        font: inherit;
        font-weight: 500;
      }

      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem;
      }
    `,
  ];

  constructor() {
    super();
    this.busy = false;
    this.problem = '';
  }

  protected override firstUpdated(): void {
    this.renderRoot.querySelector('select')?.focus();
  }

  protected override render(): TemplateResult {
    const off = this.busy ? 'true' : 'false';
    return html`<form @submit=${this.#submit}>
      <label>${texts.newStatus}<select name="status">
        ${repStatuses.map(status => html`<option value=${status}>${commonTexts.statusWord[status]}</option>`)}
      </select></label>
      <label>${texts.why}<input name="why" required maxlength=${limits.whyLength} autocomplete="off" /></label>
      ${this.problem ? html`<div class="note bad" role="alert">${icons.warning}<p>${this.problem}</p></div>` : nothing}
      <div class="actions">
        <button class="button small primary" value="status" aria-disabled=${off}>${texts.setStatus}</button>
        ${this.rep.state === 'wrap-up' ? html`<button class="button small" value="wrap-up" aria-disabled=${off}>${texts.endWrapUp}</button>` : nothing}
        <button class="button small quiet" type="button" @click=${this.#done}>${texts.cancel}</button>
      </div>
    </form>`;
  }

  readonly #done = () => this.dispatchEvent(new Event('done'));

  readonly #submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (this.busy) return;
    const said = new FormData(event.currentTarget as HTMLFormElement);
    const params = { repId: this.rep.repId };
    const why = String(said.get('why')).trim();
    const status = String(said.get('status')) as RepStatus;
    this.busy = true;
    this.problem = '';
    try {
      if ((event.submitter as HTMLButtonElement | null)?.value === 'wrap-up')
        await ask('POST /api/board/reps/:repId/end-wrap-up', { params, body: { why } });
      else await ask('PUT /api/board/reps/:repId/status', { params, body: { status, why } });
      this.#done();
    } catch (error) {
      this.problem = apiErrorText(error);
    }
    this.busy = false;
  };
}

customElements.define('rep-direct-rep', RepDirectRep);
