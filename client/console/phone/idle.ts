import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { RepStatus } from '../../../shared/domain.ts';
import type { RepView } from '../../../shared/views.ts';
import { icons } from '../../ui/icons.ts';
import { loadPrefs, savePrefs } from '../../ui/prefs.ts';
import { base, buttons, notes } from '../../ui/styles.ts';
import { reasonText } from '../../ui/texts.ts';
import type { PhoneSession } from '../session/phone-session.ts';
import type { PhoneState } from '../session/phone-state.ts';
import type { Ringer } from '../session/ringer.ts';
import { texts } from '../texts.ts';
import { orb, orbStyles } from './orb.ts';
import { screenStyles } from './screen-styles.ts';

const pictures = { available: icons.headset, away: icons.cup, offline: icons.moon } satisfies Record<
  RepStatus,
  TemplateResult
>;

/** No call: whether one may come, and the one button that changes it. */
export class RepIdle extends LitElement {
  static override properties = {
    session: { attribute: false },
    ringer: { attribute: false },
    phone: { attribute: false },
    view: { attribute: false },
  };
  declare session: PhoneSession;
  declare ringer: Ringer;
  declare phone: PhoneState;
  declare view: RepView;

  static override styles = [
    base,
    buttons,
    notes,
    orbStyles,
    screenStyles,
    css`
      .note .row {
        display: flex;
        gap: 0.5rem;
      }

      .reasons {
        margin-top: 1.25rem;
        color: var(--ink-3);
        font-size: var(--small);
      }

      .reasons div {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem;
        justify-content: center;
        margin-top: 0.5rem;
      }

      .reasons .button {
        overflow-wrap: anywhere;
        white-space: normal;
      }

      .reasons [aria-pressed='true'] {
        border-color: var(--wait);
        background: var(--wait-soft);
        color: var(--wait);
      }

      @media (forced-colors: active) {
        .reasons [aria-pressed='true'] {
          border: 3px solid Highlight;
        }
      }
    `,
  ];

  protected override render(): TemplateResult {
    const { status, statusReason } = this.view;
    if (this.phone.link.state !== 'online')
      return html`
        ${orb(icons.wifiOff, null, 'still')}
        <h1 tabindex="-1" data-focus>${texts.noCallsTitle}</h1>
        <p class="lead">${texts.noCallsLead}</p>
      `;
    return html`
      ${orb(pictures[status], null, status === 'available' ? 'calm' : 'still')}
      <h1 tabindex="-1" ?data-focus=${status === 'available'}>${texts.idleTitle[status]}</h1>
      <p class="lead">${texts.idleLead(status, statusReason)}</p>
      ${this.#trouble()}
      <div class="actions">${this.#actions(status)}</div>
      ${status === 'offline' ? nothing : this.#reasons(status)}
      ${status === 'available' ? this.#notifications() : nothing}
    `;
  }

  #actions(status: RepStatus): TemplateResult {
    const { busy } = this.phone;
    const working = busy.has('status');
    const off = working || this.phone.link.state !== 'online' ? 'true' : 'false';
    if (status === 'available')
      return html`
        <button class="button big" aria-disabled=${off} @click=${() => this.session.setStatus('away')}>
          ${working ? html`<span class="spinner"></span>` : icons.cup}${texts.goAway}
        </button>
        <button class="button quiet" aria-disabled=${off} @click=${() => this.session.setStatus('offline')}>
          ${texts.goOffline}
        </button>`;
    return html`
      <button class="button go big" data-focus aria-disabled=${off} @click=${this.#goAvailable}>
        ${working ? html`<span class="spinner"></span>${texts.goingAvailable}` : html`${icons.headset}${texts.goAvailable}`}
      </button>
      ${
        status === 'away'
          ? html`<button class="button quiet" aria-disabled=${off} @click=${() => this.session.setStatus('offline')}>
              ${texts.goOffline}
            </button>`
          : nothing
      }`;
  }

  /** Away with a reason: the same as going away, and everybody knows for what. */
  #reasons(status: Exclude<RepStatus, 'offline'>): TemplateResult | typeof nothing {
    const { awayReasons, statusNote } = this.view;
    if (awayReasons.length === 0) return nothing;
    const off = this.phone.busy.has('status') || this.phone.link.state !== 'online' ? 'true' : 'false';
    return html`<div class="reasons" role="group" aria-labelledby="reasons">
      <p id="reasons">${texts.awayFor[status]}</p>
      <div>${awayReasons.map(
        reason => html`<button class="button small" aria-pressed=${reason === statusNote ? 'true' : 'false'} aria-disabled=${off}
          @click=${() => this.session.setStatus('away', reason)}>${reasonText(reason)}</button>`,
      )}</div>
    </div>`;
  }

  #trouble(): TemplateResult | typeof nothing {
    const { media, link } = this.phone;
    // What is wrong stands above every page.
    if (this.view.status !== 'available' || link.state !== 'online' || this.phone.heldBy !== 'this')
      return nothing;
    if (media.state === 'opening')
      return html`<div class="note" role="status"><span class="spinner"></span><p>${texts.openingMedia}</p></div>`;
    return nothing;
  }

  /** Asked once the person is available: now it is plain what it is for. */
  #notifications(): TemplateResult | typeof nothing {
    if (!('Notification' in window) || Notification.permission !== 'default') return nothing;
    if (loadPrefs().notificationsDeclined) return nothing;
    return html`<div class="note">${icons.bell}<p>${texts.notificationsOffer}</p>
      <div class="row">
        <button class="button small" @click=${this.#allowNotifications}>${texts.notificationsOn}</button>
        <button class="button quiet small" @click=${this.#declineNotifications}>${texts.notificationsLater}</button>
      </div></div>`;
  }

  #goAvailable(): void {
    // This click is what lets the page ring later.
    void this.ringer.unlock();
    void this.session.goAvailable();
  }

  async #allowNotifications(): Promise<void> {
    await Notification.requestPermission();
    this.requestUpdate();
  }

  #declineNotifications(): void {
    savePrefs({ notificationsDeclined: true });
    this.requestUpdate();
  }
}

customElements.define('rep-idle', RepIdle);
