import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { icons } from '../../ui/icons.ts';
import { loadPrefs } from '../../ui/prefs.ts';
import { base } from '../../ui/styles.ts';
import { fetchExtra } from '../extras.ts';
import type { Media } from '../session/media.ts';
import type { PhoneSession } from '../session/phone-session.ts';
import { texts } from '../texts.ts';
import type { RepDeviceChoice } from './device-choice.ts';

/** Folds the choice of microphone and speaker, which is fetched when it is unfolded. */
export class RepDevices extends LitElement {
  static override properties = {
    session: { attribute: false },
    media: { attribute: false },
    foldable: { type: Boolean },
    open: { state: true },
    choice: { state: true },
  };
  declare session: PhoneSession;
  declare media: Media;
  /** Other things matter more now: start folded. */
  declare foldable: boolean;
  declare open: boolean;
  declare choice: 'none' | 'loading' | 'there' | 'failed';

  static override styles = [
    base,
    css`
      summary {
        display: flex;
        gap: 0.625rem;
        align-items: center;
        min-height: 3rem;
        padding: 0.5rem 1.5rem;
        color: var(--ink-2);
        font-size: 0.875rem;
        font-weight: 600;
        list-style: none;
        cursor: pointer;
      }

      summary::-webkit-details-marker {
        display: none;
      }

      summary:hover {
        color: var(--ink);
      }

      summary:focus-visible {
        outline-offset: -4px;
        border-radius: var(--radius-m);
      }

      summary span {
        flex: 1;
      }

      summary .icon:last-child {
        width: 1rem;
        height: 1rem;
        transition: transform var(--swift);
      }

      details[open] summary .icon:last-child {
        transform: rotate(180deg);
      }

      .body {
        display: grid;
        gap: 1rem;
        padding: 0.25rem 1.5rem 1.5rem;
      }

      @media (max-width: 30rem) {
        summary,
        .body {
          padding-inline: 1.25rem;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.foldable = false;
    this.choice = 'none';
    // The first time on this machine the check is in plain sight.
    this.open = !loadPrefs().checked;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('foldable') && this.foldable) this.open = false;
    if (this.open && this.choice === 'none') void this.#fetch();
  }

  protected override render(): TemplateResult {
    return html`
      <details ?open=${this.open} @toggle=${this.#toggled}>
        <summary>${icons.headset}<span>${texts.devices}</span>${icons.chevron}</summary>
        <div class="body">${this.open ? this.#body() : nothing}</div>
      </details>
    `;
  }

  /** Folded there is none: a test that nobody sees would only keep the microphone open. */
  #body(): TemplateResult {
    switch (this.choice) {
      case 'none':
      case 'loading':
        return html`<p role="status">${texts.loading}</p>`;
      case 'there':
        return html`<rep-device-choice .session=${this.session} .media=${this.media}></rep-device-choice>`;
      case 'failed':
        return html`<p role="alert">${texts.failed['not-fetched']}</p>`;
    }
    return this.choice satisfies never;
  }

  async #fetch(): Promise<void> {
    this.choice = 'loading';
    this.choice = (await fetchExtra(() => import('./device-choice.ts'))) ? 'there' : 'failed';
  }

  #toggled(event: Event): void {
    this.open = (event.target as HTMLDetailsElement).open;
  }

  /** For somebody whose microphone is not there: unfold, and begin with it. */
  async chooseMicrophone(): Promise<void> {
    this.open = true;
    if (this.choice !== 'there') await this.#fetch();
    await this.updateComplete;
    await this.renderRoot.querySelector<RepDeviceChoice>('rep-device-choice')?.focusMicrophone();
  }
}

customElements.define('rep-devices', RepDevices);
