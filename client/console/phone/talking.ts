import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { RepStatus } from '../../../shared/domain.ts';
import type { RepWork } from '../../../shared/views.ts';
import { timer } from '../../ui/durations.ts';
import { icons } from '../../ui/icons.ts';
import { base, buttons, notes } from '../../ui/styles.ts';
import { initials, whoIs } from '../../ui/who.ts';
import { figure } from '../../ui/words.ts';
import { fetchExtra } from '../extras.ts';
import { gradeOf, mostMos, worseOf } from '../quality.ts';
import type { PhoneSession } from '../session/phone-session.ts';
import type { Busy, PhoneState } from '../session/phone-state.ts';
import { texts } from '../texts.ts';
import { afterCall, afterCallStyles } from './after-call.ts';
import { handedBy } from './handed.ts';
import { orb, orbStyles } from './orb.ts';
import { screenStyles } from './screen-styles.ts';
import type { RepTransferDialog } from './transfer-dialog.ts';

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

      .actions.pair {
        grid-template-columns: repeat(2, minmax(0, 1fr));
      }

      .actions .button {
        overflow-wrap: anywhere;
        white-space: normal;
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
      ${handedBy(this.work)}
      ${this.#trouble()}
      <div class="actions pair">${this.#controls()}</div>
      <rep-transfer-dialog .session=${this.session} .work=${this.work}></rep-transfer-dialog>
      ${afterCall(this.session, this.status)}
    `;
  }

  /** Nothing else can be done with the call while a colleague is rung to take it over. */
  #controls(): TemplateResult {
    const { muted, onHoldSince, transfer } = this.work;
    const { session } = this;
    const mute = this.#button('mute', muted, () => session.toggleMute(), [
      ...(muted ? ([icons.microphoneOff, texts.unmute] as const) : ([icons.microphone, texts.mute] as const)),
      'M',
    ]);
    if (transfer)
      return html`${mute}${this.#button('transfer', false, () => session.takeBack(), [icons.phone, texts.takeBack])}`;
    const held = onHoldSince !== null;
    return html`${mute}
      ${this.#button('hold', held, () => session.toggleHold(), [held ? icons.play : icons.pause, held ? texts.resume : texts.hold, 'P'])}
      ${this.#button('transfer', false, () => this.#openTransfer(), [icons.people, texts.transfer])}
      ${this.#button('hang-up', false, () => session.hangUp(), [icons.phoneDown, texts.hangUp, 'H'])}`;
  }

  #button(
    what: Busy,
    on: boolean,
    act: () => Promise<unknown>,
    [icon, label, key]: readonly [icon: TemplateResult, label: string, key?: string],
  ): TemplateResult {
    return html`<button class="button big ${what === 'hang-up' ? 'stop' : on ? 'muted' : ''}"
      aria-disabled=${this.phone.busy.has(what) ? 'true' : 'false'} @click=${act}>
      ${icon}${label}${key && html`<kbd aria-hidden="true">${key}</kbd>`}</button>`;
  }

  async #openTransfer(): Promise<void> {
    if (await fetchExtra(() => import('./transfer-dialog.ts')))
      await this.renderRoot.querySelector<RepTransferDialog>('rep-transfer-dialog')?.open();
    else this.session.tellFailed('not-fetched');
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
    const { onHoldSince, transfer, transferFailed } = this.work;
    const since = transfer?.madeAt ?? onHoldSince;
    if (since !== null)
      return html`<div class="note warn">${icons.pause}<p>${transfer ? texts.transferring({ rep: transfer.to }) : texts.onHold}</p>
        <span class="figures" role="timer">${timer(this.now - since)}</span></div>`;
    if (transferFailed && this.now < transferFailed.at + toldMs)
      return html`<div class="note warn">${icons.info}<p>${texts.transferFailed[transferFailed.why]({ rep: transferFailed.to })}</p></div>`;
    if (this.work.muted)
      return html`<div class="note warn">${icons.microphoneOff}<p>${texts.mutedBanner}</p></div>`;
    return nothing;
  }
}

/** How long it is told that a colleague did not take the talk over. */
const toldMs = 30_000;

const bars = html`<span class="bars" aria-hidden="true"><i></i><i></i><i></i><i></i></span>`;

customElements.define('rep-talking', RepTalking);
