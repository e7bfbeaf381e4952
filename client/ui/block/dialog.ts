import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { type BlockWay, blockWays } from '../../../shared/domain.ts';
import type { BlockWish } from '../../../shared/settings.ts';
import { SignalingError } from '../../voice/connection.ts';
import { icons } from '../icons.ts';
import { base, buttons, choices, dialogs, fields, notes } from '../styles.ts';
import { commonTexts as common } from '../texts.ts';
import type { BlockAsk } from './ask.ts';
import { type BlockTime, blockTimes, dialogTexts as texts } from './dialog-texts.ts';

type Phase =
  | { at: 'closed' }
  | { at: 'asking'; ask: BlockAsk; talking: boolean; problem: string; busy: boolean }
  | { at: 'done'; ask: BlockAsk; time: BlockTime };

/** Asks by what and for how long a caller is blocked, and why; then says that they are. */
export class RepBlockDialog extends LitElement {
  static override properties = { block: { attribute: false }, phase: { state: true } };
  /** Carries it out. Rejects with `SignalingError`. */
  declare block: (wish: BlockWish) => Promise<void>;
  declare phase: Phase;

  static override styles = [
    base,
    buttons,
    dialogs,
    fields,
    choices,
    notes,
    css`
      dialog {
        width: min(28rem, calc(100vw - 2rem));
      }

      h2 {
        overflow-wrap: anywhere;
      }

      .check label {
        overflow-wrap: anywhere;
      }

      .times {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: 0.5rem;
      }

      .times label {
        display: flex;
        gap: 0.5rem;
        align-items: center;
        min-height: 2.75rem;
        padding: 0.5rem 0.75rem;
        border: 1px solid var(--line);
        border-radius: var(--radius-m);
        color: var(--ink);
        font-weight: 500;
        cursor: pointer;
      }

      .times label:has(:checked) {
        border-color: var(--accent);
        background: var(--accent-soft);
      }

      .times [type='radio'] {
        margin: 0;
      }
    `,
  ];

  constructor() {
    super();
    this.phase = { at: 'closed' };
  }

  /** `talking`: the rep talks to them now, and the talk would end. */
  async open(ask: BlockAsk, talking: boolean): Promise<void> {
    this.phase = { at: 'asking', ask, talking, problem: '', busy: false };
    await this.updateComplete;
    this.renderRoot.querySelector('form')?.reset();
    const dialog = this.renderRoot.querySelector('dialog');
    if (!dialog?.open) dialog?.showModal();
  }

  protected override render(): TemplateResult {
    const { phase } = this;
    return html`<dialog aria-labelledby="title" @close=${this.#closed} @click=${this.#outside}>
      ${phase.at === 'closed' ? nothing : phase.at === 'asking' ? this.#form(phase) : this.#done(phase)}
    </dialog>`;
  }

  #form({ ask, talking, problem, busy }: Extract<Phase, { at: 'asking' }>): TemplateResult {
    const { who } = ask;
    return html`<form @submit=${this.#submit}>
      <div class="dialog-head"><div><h2 id="title">${(talking ? texts.titleTalking : texts.title)({ who })}</h2><p>${texts.lead}</p></div></div>
      <div class="dialog-body">
        ${problem ? html`<div class="note bad" role="alert">${icons.warning}<p>${problem}</p></div>` : nothing}
        <fieldset><legend>${texts.also}</legend>${waysOf(ask).map(way => this.#way(way, ask.phone))}</fieldset>
        <fieldset><legend>${texts.long}</legend><div class="times">
          ${blockTimes.map(
            (time, index) =>
              html`<label><input type="radio" name="time" value=${index} ?checked=${index === 0} />${texts.time[time.name]}</label>`,
          )}
        </div></fieldset>
        <div class="field">
          <label for="reason">${texts.reason}</label>
          <input id="reason" name="reason" maxlength="200" autocomplete="off" aria-describedby="reason-hint" />
          <p class="hint" id="reason-hint">${texts.reasonHint}</p>
        </div>
        <div class="dialog-actions">
          <button class="button" type="button" @click=${this.#close}>${texts.cancel}</button>
          <button class="button stop" aria-disabled=${busy ? 'true' : 'false'}>${busy ? texts.busy : talking ? texts.yesTalking : texts.yes}</button>
        </div>
      </div>
    </form>`;
  }

  #way(way: BlockWay, phone: string | null): TemplateResult {
    return html`<div class="check">
      <input type="checkbox" id=${way} name="by" value=${way} ?checked=${way !== 'network'} aria-describedby="${way}-hint" />
      <label for=${way}>${way === 'number' ? texts.way.number({ phone: phone ?? '' }) : texts.way[way]}</label>
      <p class="hint" id="${way}-hint">${texts.wayHint[way]}</p>
    </div>`;
  }

  #done({ ask, time }: Extract<Phase, { at: 'done' }>): TemplateResult {
    return html`<div class="dialog-head"><div role="status"><h2 id="title">${texts.done[time.name]({ who: ask.who })}</h2><p>${texts.doneLead}</p></div></div>
      <div class="dialog-body"><div class="dialog-actions">
        <button class="button" autofocus @click=${this.#close}>${texts.close}</button>
      </div></div>`;
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const { phase } = this;
    if (phase.at !== 'asking' || phase.busy) return;
    const { ask } = phase;
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const by = blockWays.filter(way => data.getAll('by').includes(way));
    if (by.length === 0) {
      this.phase = { ...phase, problem: texts.nothingChosen };
      return;
    }
    const time = blockTimes[Number(data.get('time'))] ?? blockTimes[0];
    this.phase = { ...phase, problem: '', busy: true };
    try {
      await this.block({ callId: ask.callId, by, forMs: time.ms, reason: String(data.get('reason')) });
      this.#next({ at: 'done', ask, time });
    } catch (error) {
      this.#next({ ...phase, problem: problemOf(error), busy: false });
    }
  }

  /** Unless the person has closed the dialog meanwhile. */
  #next(phase: Phase): void {
    if (this.renderRoot.querySelector('dialog')?.open) this.phase = phase;
  }

  readonly #close = () => this.renderRoot.querySelector('dialog')?.close();

  #closed(): void {
    this.phase = { at: 'closed' };
  }

  /** A click on the backdrop is a click on the dialog itself. */
  #outside(event: MouseEvent): void {
    if (event.target instanceof HTMLDialogElement) event.target.close();
  }
}

const waysOf = ({ phone, networkKnown }: BlockAsk): BlockWay[] => [
  'shopper',
  ...(phone ? ['number' as const] : []),
  ...(networkKnown ? ['network' as const] : []),
];

function problemOf(error: unknown): string {
  if (!(error instanceof SignalingError)) throw error;
  switch (error.code) {
    case 'no-room':
      return texts.full;
    case 'not-found':
    case 'bad-request':
      return texts.gone;
    case 'connection-lost':
    case 'timeout':
      return common.unreachable;
    default:
      return common.didNotWork;
  }
}

customElements.define('rep-block-dialog', RepBlockDialog);
