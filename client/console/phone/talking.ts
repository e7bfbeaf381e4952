import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { RepStatus } from '../../../shared/domain.ts';
import type { QueueId } from '../../../shared/ids.ts';
import type { RepWork } from '../../../shared/views.ts';
import { timer } from '../../ui/durations.ts';
import { icons } from '../../ui/icons.ts';
import { base, buttons, notes } from '../../ui/styles.ts';
import { initials, whoIs } from '../../ui/who.ts';
import { figure } from '../../ui/words.ts';
import { gradeOf, mostMos, worseOf } from '../quality.ts';
import type { PhoneSession } from '../session/phone-session.ts';
import type { PhoneState } from '../session/phone-state.ts';
import { texts } from '../texts.ts';
import { afterCall, afterCallStyles } from './after-call.ts';
import { orb, orbStyles } from './orb.ts';
import { screenStyles } from './screen-styles.ts';

/** A call: how long, with whom, how it sounds; mute and hang up. */
export class RepTalking extends LitElement {
  static override properties = {
    session: { attribute: false },
    phone: { attribute: false },
    work: { attribute: false },
    status: {},
    now: { type: Number },
  };
  declare session: PhoneSession;
  declare phone: PhoneState;
  declare work: Extract<RepWork, { state: 'talking' }>;
  declare status: RepStatus;
  declare now: number;

  static override styles = [
    base,
    buttons,
    notes,
    orbStyles,
    screenStyles,
    afterCallStyles,
    css`
      .time {
        margin-top: 0.25rem;
        font-size: var(--display);
        font-weight: 600;
        line-height: 1.15;
        letter-spacing: -0.03em;
      }

      .marks {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem;
        justify-content: center;
        margin-top: 0.625rem;
      }

      .mark {
        display: inline-flex;
        gap: 0.375rem;
        align-items: center;
        padding: 0.25rem 0.625rem;
        border-radius: 99px;
        background: var(--rest-soft);
        color: var(--ink-2);
        font-size: var(--small);
        font-weight: 600;
      }

      .mark .icon {
        width: 1rem;
        height: 1rem;
      }

      .mark.warn {
        background: var(--wait-soft);
        color: var(--wait);
      }

      .bars {
        display: flex;
        gap: 2px;
        align-items: flex-end;
        height: 0.75rem;
      }

      .bars i {
        width: 3px;
        border-radius: 1px;
        background: currentcolor;
        opacity: 0.28;
      }

      .bars i:nth-child(1) {
        height: 34%;
      }

      .bars i:nth-child(2) {
        height: 56%;
      }

      .bars i:nth-child(3) {
        height: 78%;
      }

      .bars i:nth-child(4) {
        height: 100%;
      }

      [data-grade='excellent'] i,
      [data-grade='good'] i:nth-child(-n + 3),
      [data-grade='fair'] i:nth-child(-n + 2),
      [data-grade='poor'] i:nth-child(1) {
        opacity: 1;
      }

      .mark[data-grade='excellent'],
      .mark[data-grade='good'] {
        background: var(--go-soft);
        color: var(--go);
      }

      .mark[data-grade='fair'] {
        background: var(--wait-soft);
        color: var(--wait);
      }

      .mark[data-grade='poor'] {
        background: var(--stop-soft);
        color: var(--stop);
      }

      .actions.trio {
        grid-template-columns: repeat(2, minmax(0, 1fr));
      }

      .actions.trio :last-child {
        grid-column: 1 / -1;
      }

      .actions .button {
        overflow-wrap: anywhere;
        white-space: normal;
      }

      .transfer {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem;
        align-items: center;
        justify-content: center;
        margin-top: 0.875rem;
        color: var(--ink-2);
        font-size: var(--small);
      }

      .transfer select {
        max-width: 12rem;
        min-height: 2.25rem;
        padding: 0.25rem 0.5rem;
        border: 1px solid var(--line-strong);
        border-radius: var(--radius-s);
        background: var(--card);
        color: var(--ink);
        font: inherit;
        text-overflow: ellipsis;
      }

      .muted {
        border-color: transparent;
        background: var(--wait-fill);
        color: var(--on-wait-fill);
      }

      .muted:hover {
        background: var(--wait-fill);
        box-shadow: inset 0 0 0 99px rgb(0 0 0 / 12%);
      }

      @media (forced-colors: active) {
        .bars i {
          background: CanvasText;
        }
      }
    `,
  ];

  protected override render(): TemplateResult {
    const { call, answeredAt, muted, onHoldSince, shopperLost, shopperMuted, shopperMicrophone } = this.work;
    const { busy } = this.phone;
    const letters = initials(call.context);
    return html`
      ${orb(letters ?? icons.phone, null, shopperLost || muted || onHoldSince !== null ? 'still' : 'calm')}
      <h1 tabindex="-1" data-focus>${whoIs(call)}</h1>
      <p class="time figures" role="timer" aria-label=${texts.talkTime}>${timer(this.now - answeredAt)}</p>
      <div class="marks">
        ${this.#quality()}
        ${shopperMuted ? html`<span class="mark warn">${icons.microphoneOff}${texts.shopperMuted}</span>` : nothing}
        ${shopperMicrophone === 'ok' ? nothing : html`<span class="mark warn">${icons.microphoneOff}${texts.shopperMicrophone[shopperMicrophone]}</span>`}
      </div>
      ${this.#trouble()}
      <div class="actions trio">
        <button class="button big ${muted ? 'muted' : ''}" aria-disabled=${busy.has('mute') ? 'true' : 'false'}
          @click=${() => this.session.toggleMute()}>
          ${muted ? icons.microphoneOff : icons.microphone}${muted ? texts.unmute : texts.mute}<kbd aria-hidden="true">M</kbd>
        </button>
        <button class="button big ${onHoldSince === null ? '' : 'muted'}" aria-disabled=${busy.has('hold') ? 'true' : 'false'}
          @click=${() => this.session.toggleHold()}>
          ${onHoldSince === null ? icons.pause : icons.play}${onHoldSince === null ? texts.hold : texts.resume}<kbd aria-hidden="true">P</kbd>
        </button>
        <button class="button stop big" aria-disabled=${busy.has('hang-up') ? 'true' : 'false'}
          @click=${() => this.session.hangUp()}>
          ${icons.phoneDown}${texts.hangUp}<kbd aria-hidden="true">H</kbd>
        </button>
      </div>
      ${this.#transfer()}
      ${afterCall(this.session, this.status)}
    `;
  }

  #transfer(): TemplateResult | typeof nothing {
    const { transferTo } = this.work;
    if (transferTo.length === 0) return nothing;
    const send = (event: Event) => {
      event.preventDefault();
      const chosen = new FormData(event.currentTarget as HTMLFormElement).get('queue');
      void this.session.transfer(String(chosen) as QueueId);
    };
    return html`<form class="transfer" @submit=${send}>
      <label for="queue">${texts.transfer}</label>
      <select id="queue" name="queue">${transferTo.map(({ queueId, name }) => html`<option value=${queueId}>${name}</option>`)}</select>
      <button class="button small" type="submit">${texts.transferGo}</button>
    </form>`;
  }

  #quality(): TemplateResult {
    const { media, link } = this.phone;
    // The last figure says nothing of now while nobody measures.
    if (link.state !== 'online' || media.state === 'failed')
      return html`<span class="mark warn">${bars}${texts.notMeasured}</span>`;
    const { rep, shopper } = this.work.quality;
    const mos = worseOf(rep, shopper);
    const score = (value: number | null) =>
      value === null ? '–' : figure(value, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
    if (mos === null) return html`<span class="mark">${bars}${texts.qualityMeasuring}</span>`;
    const grade = gradeOf(mos);
    return html`<span class="mark figures" data-grade=${grade} title=${texts.qualityDetail({ rep: score(rep), shopper: score(shopper), most: score(mostMos) })}>
      ${bars}<span class="hidden">${texts.quality}</span><span>${texts.qualityWord[grade]}</span><span>${score(mos)}</span>
    </span>`;
  }

  #trouble(): TemplateResult | typeof nothing {
    const { media } = this.phone;
    // What is wrong with the microphone or the server stands above every page.
    if (media.state === 'opening')
      return html`<div class="note" role="status"><span class="spinner"></span><p>${texts.reopeningMedia}</p></div>`;
    if (this.work.shopperLost)
      return html`<div class="note warn">${icons.wifiOff}<p>${texts.shopperLost}</p></div>`;
    const { onHoldSince } = this.work;
    if (onHoldSince !== null)
      return html`<div class="note warn">${icons.pause}<p class="figures" role="timer">${texts.onHold({ time: timer(this.now - onHoldSince) })}</p></div>`;
    if (this.work.muted)
      return html`<div class="note warn">${icons.microphoneOff}<p>${texts.mutedBanner}</p></div>`;
    return nothing;
  }
}

const bars = html`<span class="bars" aria-hidden="true"><i></i><i></i><i></i><i></i></span>`;

customElements.define('rep-talking', RepTalking);
