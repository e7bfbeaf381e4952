import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import type { RepStatus } from '../../../shared/domain.ts';
import type { RepWork } from '../../../shared/views.ts';
import { secondsLeft, shareLeft } from '../../ui/durations.ts';
import { icons } from '../../ui/icons.ts';
import { base, buttons, fields } from '../../ui/styles.ts';
import { whoIs } from '../../ui/who.ts';
import { figure } from '../../ui/words.ts';
import { noteDraft, sendNow } from '../session/note-draft.ts';
import type { PhoneSession } from '../session/phone-session.ts';
import type { Busy } from '../session/phone-state.ts';
import { texts } from '../texts.ts';
import { afterCall, afterCallStyles } from './after-call.ts';
import { screenStyles } from './screen-styles.ts';

/** After the call: a note, and how long is left for it. What was written is kept when the time is up. */
export class RepWrapUp extends LitElement {
  static override properties = {
    session: { attribute: false },
    busy: { attribute: false },
    work: { attribute: false },
    status: {},
    now: { type: Number },
    note: { state: true },
  };
  declare session: PhoneSession;
  declare busy: ReadonlySet<Busy>;
  declare work: Extract<RepWork, { state: 'wrap-up' }>;
  declare status: RepStatus;
  declare now: number;
  declare note: string;

  #noteOf = '';

  static override styles = [
    base,
    buttons,
    fields,
    screenStyles,
    afterCallStyles,
    css`
      .top {
        display: flex;
        gap: 1rem;
        align-items: center;
        margin-top: 0.75rem;
        text-align: start;
      }

      .top > div:last-child {
        min-width: 0;
      }

      .countdown {
        display: grid;
        flex: none;
        place-items: center;
        width: 4rem;
        height: 4rem;
        color: var(--tone);
        font-size: 1.25rem;
        font-weight: 650;
      }

      .countdown > * {
        grid-area: 1 / 1;
      }

      svg.ring {
        width: 100%;
        height: 100%;
        fill: none;
        stroke-width: 7;
        transform: rotate(-90deg);
      }

      .track {
        stroke: color-mix(in srgb, var(--tone) 20%, transparent);
      }

      .left {
        stroke: var(--tone);
        stroke-linecap: round;
        transition: stroke-dashoffset 260ms linear;
      }

      @media (prefers-reduced-motion: reduce) {
        .left {
          transition: none;
        }
      }

      .field {
        margin-top: 1.25rem;
        text-align: start;
      }

      textarea {
        min-height: 7rem;
        resize: vertical;
        line-height: 1.5;
      }

      .actions {
        margin-top: 1rem;
      }
    `,
  ];

  constructor() {
    super();
    this.note = '';
  }

  /** Send the note and end wrap-up. */
  finish(): void {
    void this.session.finishWrapUp(this.note);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { callId } = this.work.call;
    if (changed.has('work') && this.#noteOf !== callId) {
      this.#noteOf = callId;
      this.note = noteDraft.load(callId);
    }
    if (changed.has('now') && sendNow(this.note, this.work.dueAt, this.now) && !this.busy.has('finish'))
      this.finish();
  }

  protected override render(): TemplateResult {
    const { call, endedAt, dueAt, reason } = this.work;
    const seconds = secondsLeft(dueAt, this.now);
    const busy = this.busy.has('finish');
    const left = shareLeft(endedAt, dueAt, this.now);
    return html`
      <div class="top">
        <div class="countdown figures">
          <svg class="ring" viewBox="0 0 100 100" aria-hidden="true">
            <circle class="track" cx="50" cy="50" r="46" />
            <circle class="left" cx="50" cy="50" r="46" pathLength="100" stroke-dasharray="100"
              stroke-dashoffset=${100 - 100 * left} />
          </svg>
          <span aria-hidden="true">${figure(seconds)}</span>
          <span class="hidden">${texts.secondsLeft({ n: seconds })}</span>
        </div>
        <div><h1>${whoIs(call)}</h1><p class="lead">${texts.wrapUpLead[reason]}</p></div>
      </div>
      <div class="field">
        <label for="note">${texts.note}</label>
        <textarea id="note" data-focus maxlength="2000" placeholder=${texts.notePlaceholder} aria-describedby="kept"
          .value=${this.note} @input=${this.#typed}></textarea>
        <p class="hint" id="kept">${texts.noteKept}</p>
      </div>
      <div class="actions">
        <button class="button primary big" aria-disabled=${busy ? 'true' : 'false'} @click=${this.finish}>
          ${busy ? html`<span class="spinner"></span>${texts.finishing}` : html`${icons.check}${texts.done}<kbd aria-hidden="true">${texts.key['Ctrl+Enter']}</kbd>`}
        </button>
      </div>
      ${afterCall(this.session, this.status)}
    `;
  }

  #typed(event: InputEvent): void {
    this.note = (event.target as HTMLTextAreaElement).value;
    noteDraft.save(this.work.call.callId, this.note);
  }
}

customElements.define('rep-wrap-up', RepWrapUp);
