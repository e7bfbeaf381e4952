import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { QueueId, RepId } from '../../../shared/ids.ts';
import type { Answers } from '../../../shared/protocol.ts';
import type { RepWork } from '../../../shared/views.ts';
import { base, buttons, choices, dialogs, fields } from '../../ui/styles.ts';
import { isolated, wordsOf } from '../../ui/words.ts';
import type { PhoneSession } from '../session/phone-session.ts';

const texts = wordsOf('transfer');

type Colleagues = Answers['call.colleagues']['colleagues'];

/** Asks to whom the talk is sent on, a colleague or another queue, and with what note. */
export class RepTransferDialog extends LitElement {
  static override properties = {
    session: { attribute: false },
    work: { attribute: false },
    colleagues: { state: true },
    chosen: { state: true },
  };
  declare session: PhoneSession;
  declare work: Extract<RepWork, { state: 'talking' }>;
  /** Null while they are asked for. */
  declare colleagues: Colleagues | null;
  declare chosen: string;

  static override styles = [
    base,
    buttons,
    dialogs,
    fields,
    choices,
    css`
      dialog {
        width: min(26rem, calc(100vw - 2rem));
        text-align: start;
      }

      .to {
        display: flex;
        flex-wrap: wrap;
        gap: 0.25rem 0.5rem;
        align-items: center;
        min-height: 2.75rem;
        padding: 0.5rem 0.75rem;
        border: 1px solid var(--line);
        border-radius: var(--radius-m);
        color: var(--ink);
        font-weight: 500;
        overflow-wrap: anywhere;
        cursor: pointer;
      }

      .to + .to {
        margin-top: 0.5rem;
      }

      .to:has(:checked) {
        border-color: var(--accent);
        background: var(--accent-soft);
      }

      .to:has(:disabled) {
        color: var(--ink-3);
        cursor: default;
      }

      .to span {
        margin-inline-start: auto;
        color: var(--ink-3);
        font-size: var(--small);
        font-weight: 400;
      }

      .to [type='radio'] {
        margin: 0;
      }

      .none {
        color: var(--ink-2);
      }
    `,
  ];

  constructor() {
    super();
    this.colleagues = null;
    this.chosen = '';
  }

  async open(): Promise<void> {
    await this.updateComplete;
    const dialog = this.renderRoot.querySelector('dialog');
    if (dialog?.open) return;
    this.renderRoot.querySelector('form')?.reset();
    this.chosen = '';
    this.colleagues = null;
    dialog?.showModal();
    this.colleagues = await this.session.colleagues();
  }

  protected override render(): TemplateResult {
    const { colleagues, work } = this;
    const queues = work.transferTo;
    return html`<dialog aria-labelledby="title" @click=${this.#outside}>
      <form @submit=${this.#submit} @change=${this.#changed}>
        <div class="dialog-head"><div><h2 id="title">${texts.title}</h2><p>${texts.lead}</p></div></div>
        <div class="dialog-body">
          ${colleagues === null ? html`<p role="status"><span class="spinner"></span></p>` : this.#people(colleagues)}
          ${
            queues.length > 0
              ? html`<fieldset><legend>${texts.queue}</legend>
                  ${queues.map(({ queueId, name }) => this.#choice(`queue ${queueId}`, name))}</fieldset>`
              : nothing
          }
          <div class="field">
            <label for="note">${texts.note}</label>
            <textarea id="note" name="note" rows="2" maxlength="500" aria-describedby="note-hint"></textarea>
            <p class="hint" id="note-hint">${texts.noteHint}</p>
          </div>
          <div class="dialog-actions">
            <button class="button" type="button" @click=${this.#close}>${texts.cancel}</button>
            <button class="button primary" aria-disabled=${this.chosen === '' ? 'true' : 'false'}>${texts.go}</button>
          </div>
        </div>
      </form>
    </dialog>`;
  }

  #people(colleagues: Colleagues): TemplateResult {
    if (colleagues.length === 0) return html`<p class="none">${texts.nobody}</p>`;
    return html`<fieldset><legend>${texts.colleague}</legend>
      ${colleagues.map(({ repId, name, free }) => this.#choice(`rep ${repId}`, name, free ? '' : texts.notFree))}
    </fieldset>`;
  }

  #choice(value: string, name: string, why = ''): TemplateResult {
    return html`<label class="to"><input type="radio" name="to" value=${value} ?disabled=${why !== ''} />${isolated(name)}${why && html`<span>${why}</span>`}</label>`;
  }

  #changed(event: Event): void {
    const { target } = event;
    if (target instanceof HTMLInputElement && target.name === 'to') this.chosen = target.value;
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const [kind, id] = this.chosen.split(' ');
    if (!id) return;
    const note = String(new FormData(event.currentTarget as HTMLFormElement).get('note')).trim();
    this.#close();
    await this.session.transfer(kind === 'rep' ? { repId: id as RepId } : { queueId: id as QueueId }, note);
  }

  readonly #close = () => this.renderRoot.querySelector('dialog')?.close();

  /** A click on the backdrop is a click on the dialog itself. */
  #outside(event: MouseEvent): void {
    if (event.target instanceof HTMLDialogElement) event.target.close();
  }
}

customElements.define('rep-transfer-dialog', RepTransferDialog);
