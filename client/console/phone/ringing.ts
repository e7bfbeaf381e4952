import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { RepWork } from '../../../shared/views.ts';
import { secondsLeft, shareLeft, timer } from '../../ui/durations.ts';
import { icons } from '../../ui/icons.ts';
import { base, buttons } from '../../ui/styles.ts';
import { reasonText } from '../../ui/texts.ts';
import { marksOf, whoIs } from '../../ui/who.ts';
import { facts } from '../../ui/words.ts';
import type { PhoneSession } from '../session/phone-session.ts';
import type { Busy } from '../session/phone-state.ts';
import { texts } from '../texts.ts';
import { handedBy } from './handed.ts';
import { orb, orbStyles } from './orb.ts';
import { screenStyles } from './screen-styles.ts';

/** An offer: who, how long they waited, how long is left to answer, accept or decline. */
export class RepRinging extends LitElement {
  static override properties = {
    session: { attribute: false },
    busy: { attribute: false },
    work: { attribute: false },
    now: { type: Number },
    reasons: { attribute: false },
  };
  declare session: PhoneSession;
  declare busy: ReadonlySet<Busy>;
  declare work: Extract<RepWork, { state: 'ringing' }>;
  declare now: number;
  /** Why a call may be declined, as the team has them. */
  declare reasons: readonly string[];

  static override styles = [
    base,
    buttons,
    orbStyles,
    screenStyles,
    css`
      .left-words {
        margin-top: 0.75rem;
        color: var(--tone);
        font-size: var(--small);
        font-weight: 650;
      }

      .about {
        display: flex;
        gap: 0.375rem;
        align-items: center;
        justify-content: center;
        margin-top: 0.5rem;
        color: var(--ink-2);
        font-size: var(--small);
      }

      .about span {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      .about.marks span {
        text-wrap: balance;
        white-space: normal;
        overflow-wrap: anywhere;
      }

      .because {
        display: flex;
        flex-wrap: wrap;
        gap: 0.25rem;
        align-items: center;
        justify-content: center;
        margin-top: 0.875rem;
        color: var(--ink-2);
        font-size: var(--small);
      }

      .because span {
        flex-basis: 100%;
      }

      .about .icon {
        width: 1rem;
        height: 1rem;
      }
    `,
  ];

  protected override render(): TemplateResult {
    const { call, madeAt, dueAt } = this.work;
    const marks = marksOf({ ...call, callback: null }, this.now);
    const accepting = this.busy.has('accept');
    const off = accepting || this.busy.has('decline') ? 'true' : 'false';
    return html`
      ${orb(icons.phone, shareLeft(madeAt, dueAt, this.now), 'urgent')}
      <h1 tabindex="-1">${whoIs(call)}</h1>
      <p class="lead figures">${facts([call.queueName, texts.waited({ time: timer(this.now - call.since) })])}</p>
      ${call.callback ? html`<p class="about">${icons.phone}<span>${texts.callbackWanted}</span></p>` : nothing}
      ${marks.length > 0 ? html`<p class="about marks"><span>${facts(marks)}</span></p>` : nothing}
      ${handedBy(this.work)}
      <p class="left-words figures">${texts.secondsToAnswer({ n: secondsLeft(dueAt, this.now) })}</p>
      <div class="actions pair">
        <button class="button stop-line big" aria-disabled=${off} @click=${() => this.session.decline()}>
          ${texts.decline}<kbd aria-hidden="true">D</kbd>
        </button>
        <button class="button go big" data-focus aria-disabled=${off} @click=${() => this.session.accept()}>
          ${accepting ? html`<span class="spinner"></span>${texts.accepting}` : html`${icons.phone}${texts.accept}<kbd aria-hidden="true">A</kbd>`}
        </button>
      </div>
      ${this.reasons.length > 0 ? this.#because(off) : nothing}
    `;
  }

  #because(off: 'true' | 'false'): TemplateResult {
    return html`<div class="because" role="group" aria-labelledby="because">
      <span id="because">${texts.declineBecause}</span>
      ${this.reasons.map(
        reason => html`<button class="button quiet small" aria-disabled=${off} @click=${() => this.session.decline(reason)}>
          ${reasonText(reason)}
        </button>`,
      )}
    </div>`;
  }
}

customElements.define('rep-ringing', RepRinging);
