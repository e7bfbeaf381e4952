import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { RepView } from '../../../shared/views.ts';
import { timer } from '../../ui/durations.ts';
import { base, buttons, card } from '../../ui/styles.ts';
import type { PhoneAction } from '../session/keyboard.ts';
import type { PhoneSession } from '../session/phone-session.ts';
import type { PhoneState } from '../session/phone-state.ts';
import type { Ringer } from '../session/ringer.ts';
import { Ticker } from '../session/ticker.ts';
import { texts } from '../texts.ts';
import './devices.ts';
import type { RepDevices } from './devices.ts';
import './idle.ts';
import './calling-back.ts';
import './ringing.ts';
import './talking.ts';
import './wrap-up.ts';
import type { RepWrapUp } from './wrap-up.ts';

/** The softphone: one screen for each thing a rep can be doing, and the devices beneath it. */
export class RepPhone extends LitElement {
  static override properties = {
    session: { attribute: false },
    ringer: { attribute: false },
    phone: { attribute: false },
    view: { attribute: false },
    takeFocus: { attribute: false },
  };
  declare session: PhoneSession;
  declare ringer: Ringer;
  declare phone: PhoneState;
  declare view: RepView;
  /** Take the focus with the first screen too. */
  declare takeFocus: boolean;

  static override styles = [
    base,
    card,
    buttons,
    css`
      .phone {
        --tone: var(--rest);
        --tone-soft: var(--rest-soft);
        --tone-fill: var(--rest);

        position: relative;
        overflow: clip;
        transition: border-color var(--gentle);
      }

      .phone[data-status='available'] {
        --tone: var(--go);
        --tone-soft: var(--go-soft);
      }

      .phone[data-status='away'] {
        --tone: var(--wait);
        --tone-soft: var(--wait-soft);
      }

      .phone[data-state='ringing'] {
        --tone: var(--accent);
        --tone-soft: var(--accent-soft);

        border-color: var(--accent);
        box-shadow:
          0 0 0 3px var(--accent-soft),
          var(--shadow-2);
      }

      .phone[data-state='talking'] {
        --tone: var(--go);
        --tone-soft: var(--go-soft);

        border-color: var(--go);
      }

      .phone[data-state='wrap-up'] {
        --tone: var(--wait);
        --tone-soft: var(--wait-soft);
      }

      .phone[data-cut] {
        --tone: var(--stop);
        --tone-soft: var(--stop-soft);

        border-color: var(--stop);
      }

      .phone[data-cut][data-status] .pill::before {
        background: none;
      }

      .screen {
        padding: 1rem 1.5rem 1.5rem;
        background: linear-gradient(var(--tone-soft), transparent 11rem);
      }

      .status {
        display: flex;
        gap: 0.5rem;
        align-items: center;
        justify-content: space-between;
        min-height: 2rem;
        color: var(--ink-2);
        font-size: var(--small);
      }

      .pill {
        display: inline-flex;
        gap: 0.5rem;
        align-items: center;
        color: var(--tone);
        font-weight: 650;
      }

      .pill::before {
        flex: none;
        width: 0.625rem;
        height: 0.625rem;
        border: 2px solid currentcolor;
        border-radius: 50%;
        content: '';
      }

      [data-status='available'] .pill::before,
      [data-state='ringing'] .pill::before,
      [data-state='talking'] .pill::before {
        background: currentcolor;
      }

      rep-devices {
        border-top: 1px solid var(--line);
      }

      @media (max-width: 30rem) {
        .screen {
          padding: 0.875rem 1.25rem 1.25rem;
        }
      }

      @media (forced-colors: active) {
        .pill::before {
          color: CanvasText;
          forced-color-adjust: none;
        }

        .phone[data-state='ringing'],
        .phone[data-state='talking'] {
          border: 3px solid Highlight;
        }
      }
    `,
  ];

  constructor() {
    super();
    new Ticker(this);
  }

  /** What a key asks for; the same as pressing the button. */
  act(action: PhoneAction): void {
    switch (action) {
      case 'accept':
        void this.session.accept();
        return;
      case 'decline':
        void this.session.decline();
        return;
      case 'mute':
        void this.session.toggleMute();
        return;
      case 'hold':
        void this.session.toggleHold();
        return;
      case 'hang-up':
        void this.session.hangUp();
        return;
      case 'finish':
        this.renderRoot.querySelector<RepWrapUp>('rep-wrap-up')?.finish();
        return;
    }
    action satisfies never;
  }

  protected override render(): TemplateResult {
    const { work, status, statusSince } = this.view;
    const { link } = this.phone;
    return html`
      <section class="phone card" aria-label=${texts.phone} data-state=${work.state} data-status=${status} ?data-cut=${this.#cut}>
        <div class="screen">
          <div class="status">
            <span class="pill">${this.#pill()}</span>
            ${
              work.state === 'idle'
                ? html`<span class="figures">${texts.since({ time: timer(this.#now() - (link.state === 'reconnecting' ? link.lostAt : statusSince)) })}</span>`
                : nothing
            }
          </div>
          ${this.#screen()}
        </div>
        <rep-devices
          .session=${this.session}
          .media=${this.phone.media}
          ?foldable=${work.state !== 'idle' || status === 'available'}
        ></rep-devices>
      </section>
    `;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('view') as RepView | undefined;
    const first = changed.has('view') && before === undefined;
    const changes = before !== undefined && before.work.state !== this.view.work.state;
    this.#moveFocus = ((first && this.takeFocus) || changes) && this.#focusIsFree();
  }

  protected override updated(): void {
    if (!this.#moveFocus) return;
    this.#moveFocus = false;
    void this.focusScreen();
  }

  /** The devices are unfolded, and the choice of microphone has the focus. */
  async chooseMicrophone(): Promise<void> {
    await this.updateComplete;
    await this.renderRoot.querySelector<RepDevices>('rep-devices')?.chooseMicrophone();
  }

  /** The focus goes to the main thing of what is shown. */
  async focusScreen(): Promise<void> {
    await this.updateComplete;
    const screen = this.renderRoot.querySelector<LitElement>('.screen > :last-child');
    await screen?.updateComplete;
    screen?.shadowRoot?.querySelector<HTMLElement>('[data-focus]')?.focus({ preventScroll: true });
  }

  #moveFocus = false;

  /**
   * When the phone's screen changes, the focus goes to its main thing if it was on the old screen or nowhere.
   * Somebody who is in a dialog or in the device list is left there.
   */
  #focusIsFree(): boolean {
    let active: Element | null = document.activeElement;
    let inside = false;
    while (active) {
      if (active === this) inside = true;
      if (active.localName === 'rep-devices') return false;
      if (!active.shadowRoot?.activeElement) break;
      active = active.shadowRoot.activeElement;
    }
    return inside || active === null || active === document.body;
  }

  #now(): number {
    return this.session.clock.now();
  }

  /** The server is out of reach: whatever the last view says, nobody can be rung. */
  get #cut(): boolean {
    return this.phone.link.state !== 'online';
  }

  #pill(): string {
    const { work, status, statusNote } = this.view;
    if (this.#cut && work.state === 'idle') return texts.noConnection;
    switch (work.state) {
      case 'idle':
        return texts.statusWords(status, statusNote);
      case 'ringing':
        return texts.incoming;
      case 'calling-back':
        return texts.callingBack;
      case 'talking':
        return texts.talking;
      case 'wrap-up':
        return texts.wrapUpTitle;
    }
    return work satisfies never;
  }

  #screen(): TemplateResult {
    const { work } = this.view;
    const { session, phone, view } = this;
    const now = this.#now();
    switch (work.state) {
      case 'idle':
        return html`<rep-idle .session=${session} .ringer=${this.ringer} .phone=${phone} .view=${view}></rep-idle>`;
      case 'ringing':
        return html`<rep-ringing .session=${session} .busy=${phone.busy} .work=${work} .now=${now} .reasons=${view.declineReasons}></rep-ringing>`;
      case 'calling-back':
        return html`<rep-calling-back .session=${session} .busy=${phone.busy} .work=${work} .now=${now}></rep-calling-back>`;
      case 'talking':
        return html`<rep-talking .session=${session} .phone=${phone} .work=${work} .status=${phone.statusWanted ?? view.status} .now=${now}></rep-talking>`;
      case 'wrap-up':
        return html`<rep-wrap-up .session=${session} .busy=${phone.busy} .work=${work} .status=${phone.statusWanted ?? view.status} .now=${now}></rep-wrap-up>`;
    }
    return work satisfies never;
  }
}

customElements.define('rep-phone', RepPhone);
