import { css, html, LitElement, type TemplateResult } from 'lit';
import type { CallbackOutcome } from '../../../shared/domain.ts';
import { limits } from '../../../shared/limits.ts';
import type { RepWork } from '../../../shared/views.ts';
import { secondsLeft, shareLeft } from '../../ui/durations.ts';
import { icons } from '../../ui/icons.ts';
import { base, buttons } from '../../ui/styles.ts';
import { whoIs } from '../../ui/who.ts';
import { facts } from '../../ui/words.ts';
import type { PhoneSession } from '../session/phone-session.ts';
import type { Busy } from '../session/phone-state.ts';
import { texts } from '../texts.ts';
import { orb, orbStyles } from './orb.ts';
import { screenStyles } from './screen-styles.ts';

/** A callback that the rep has taken: the shopper's page rings, or the rep dials and says what came of it. */
export class RepCallingBack extends LitElement {
  static override properties = {
    session: { attribute: false },
    busy: { attribute: false },
    work: { attribute: false },
    now: { type: Number },
  };
  declare session: PhoneSession;
  declare busy: ReadonlySet<Busy>;
  declare work: Extract<RepWork, { state: 'calling-back' }>;
  declare now: number;

  static override styles = [
    base,
    buttons,
    orbStyles,
    screenStyles,
    css`
      .number {
        display: block;
        margin-top: 0.5rem;
        color: var(--tone);
        font-size: var(--title);
        font-weight: 600;
        overflow-wrap: anywhere;
      }

      .outcomes {
        display: grid;
        gap: 0.5rem;
        margin-top: 1.25rem;
      }
    `,
  ];

  protected override render(): TemplateResult {
    const { call, phone, ringUntil, tries } = this.work;
    const left =
      ringUntil === null ? null : shareLeft(ringUntil - limits.callbackRingMs, ringUntil, this.now);
    return html`
      ${orb(icons.phone, left, 'urgent')}
      <h1 tabindex="-1" data-focus>${whoIs(call)}</h1>
      <p class="lead figures">${facts([call.queueName, tries > 0 ? texts.callbackTry({ n: tries + 1 }) : null])}</p>
      ${phone === null ? this.#page() : this.#telephone(phone)}
    `;
  }

  #page(): TemplateResult {
    const { ringUntil } = this.work;
    return html`
      <p class="lead" role="status">${texts.callbackPage}</p>
      <p class="lead figures">${texts.callbackRings({ n: secondsLeft(ringUntil ?? this.now, this.now) })}</p>
      <div class="actions">
        <button class="button stop-line big" aria-disabled=${this.#off} @click=${() => this.session.hangUp()}>
          ${texts.callbackStop}
        </button>
      </div>`;
  }

  #telephone(phone: string): TemplateResult {
    const say = (outcome: CallbackOutcome) => () => this.session.callbackOutcome(outcome);
    return html`
      <p class="lead">${texts.callbackDial}</p>
      <a class="number figures" dir="ltr" href="tel:${phone.replaceAll(/[^\d+]/g, '')}">${phone}</a>
      <div class="outcomes" role="group" aria-label=${texts.callbackOutcome}>
        <button class="button go big" aria-disabled=${this.#off} @click=${say('reached')}>${texts.callbackReached}</button>
        <button class="button" aria-disabled=${this.#off} @click=${say('no-answer')}>${texts.callbackNoAnswer}</button>
        <button class="button" aria-disabled=${this.#off} @click=${say('wrong-number')}>${texts.callbackWrong}</button>
      </div>`;
  }

  get #off(): 'true' | 'false' {
    return this.busy.has('hang-up') ? 'true' : 'false';
  }
}

customElements.define('rep-calling-back', RepCallingBack);
