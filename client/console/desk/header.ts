import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Rep } from '../../../shared/api/people.ts';
import { icons } from '../../ui/icons.ts';
import { languageChoice } from '../../ui/language.ts';
import { loadPrefs, type Prefs } from '../../ui/prefs.ts';
import { hashOf } from '../../ui/route.ts';
import { base, buttons } from '../../ui/styles.ts';
import { chooseTheme } from '../../ui/theme.ts';
import { isolated } from '../../ui/words.ts';
import { texts } from '../texts.ts';

const themes = ['auto', 'light', 'dark'] as const;

/**
 * Product, the way between phone and settings, shortcuts, account. Fires `open-shortcuts`, `sign-out`, and
 * `language-chosen` with the language.
 */
export class RepHeader extends LitElement {
  static override properties = {
    rep: { attribute: false },
    inSettings: { attribute: false },
    inCall: { type: Boolean },
    theme: { state: true },
  };
  declare rep: Rep;
  /** The settings are shown instead of the phone. */
  declare inSettings: boolean;
  /** A reload takes a call along, which is told. */
  declare inCall: boolean;
  declare theme: Prefs['theme'];

  static override styles = [
    base,
    buttons,
    css`
      header {
        display: flex;
        gap: 0.25rem;
        align-items: center;
        max-width: 78rem;
        margin-inline: auto;
        padding: 1rem 1.5rem 0;
      }

      .mark {
        display: flex;
        flex: 1;
        gap: 0.625rem;
        align-items: center;
        font-size: var(--large);
        font-weight: 700;
        letter-spacing: -0.015em;
      }

      .logo-back {
        fill: var(--accent-fill);
      }

      .logo-wave {
        stroke: var(--accent-fill);
      }

      a.button {
        text-decoration: none;
      }

      .account {
        gap: 0.5rem;
        margin-inline-end: -0.5rem;
        padding-inline: 0.375rem 0.5rem;
      }

      .avatar {
        display: grid;
        place-items: center;
        width: 1.875rem;
        height: 1.875rem;
        border-radius: 50%;
        background: var(--accent-soft);
        color: var(--accent);
        font-size: 0.75rem;
        font-weight: 700;
      }

      /* Drawn, not written: a letter is no part of the button's name. */
      .avatar::before {
        content: attr(data-letter);
        content: attr(data-letter) / '';
      }

      .account .icon {
        width: 1rem;
        height: 1rem;
      }

      [popover] {
        inset: auto;
        inset-block-start: 4rem;
        inset-inline-end: max(1.5rem, calc(50vw - 39rem + 1.5rem));
        width: 17rem;
        max-width: calc(100vw - 2rem);
        margin: 0;
        padding: 0.5rem;
        border: 1px solid var(--line);
        border-radius: 16px;
        background: var(--card);
        color: var(--ink);
        box-shadow: var(--shadow-2);
      }

      .who {
        padding: 0.625rem 0.75rem 0.75rem;
        overflow-wrap: anywhere;
      }

      .who p + p {
        color: var(--ink-3);
        font-size: var(--small);
      }

      fieldset {
        display: grid;
        grid-template-columns: 1fr;
        gap: 0.125rem;
        margin: 0;
        padding: 0.5rem 0;
        border: solid var(--line);
        border-width: 1px 0;
      }

      legend {
        float: left;
        padding: 0.25rem 0.75rem;
        color: var(--ink-3);
        font-size: var(--small);
        font-weight: 600;
      }

      fieldset label {
        display: flex;
        gap: 0.625rem;
        align-items: center;
        min-height: 2.25rem;
        padding: 0 0.75rem;
        border-radius: var(--radius-s);
        cursor: pointer;
      }

      fieldset label:hover {
        background: var(--sunken);
      }

      fieldset label:focus-within:has(:focus-visible) {
        outline: 2px solid var(--accent);
      }

      .part {
        padding: 0.625rem 0.75rem;
        border-bottom: 1px solid var(--line);
        font-size: var(--small);
      }

      .language {
        display: grid;
        gap: 0.25rem;
        color: var(--ink-3);
        font-weight: 600;
      }

      .language .icon {
        display: none;
      }

      select {
        width: 100%;
        min-height: 2.25rem;
        padding: 0.25rem 0.5rem;
        border: 1px solid var(--line-strong);
        border-radius: var(--radius-s);
        background: var(--card);
        color: var(--ink);
        font: inherit;
        font-weight: 500;
      }

      .hint {
        margin-top: 0.375rem;
        color: var(--ink-3);
      }

      input {
        width: 1rem;
        height: 1rem;
        margin: 0;
        accent-color: var(--accent-fill);
      }

      input:focus-visible {
        outline: none;
      }

      [popover] .button {
        justify-content: flex-start;
        margin-top: 0.5rem;
        padding-inline: 0.75rem;
      }

      @media (max-width: 56rem) {
        header {
          /* In line with what is below. */
          max-width: 44rem;
          padding: 0.75rem 1rem 0;
        }

        [popover] {
          inset-block-start: 3.75rem;
          inset-inline-end: max(1rem, calc(50vw - 21rem));
        }
      }

      @media (hover: none) and (pointer: coarse) {
        .keys {
          display: none;
        }
      }

      @media (max-width: 40rem) {
        .text,
        .account .icon {
          display: none;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.theme = loadPrefs().theme;
  }

  protected override render(): TemplateResult {
    return html`
      <header>
        <div class="mark">${icons.logo}<span>${texts.product}</span></div>
        ${this.#way()}
        <button class="button quiet small keys" aria-label=${texts.shortcuts} title=${texts.shortcuts}
          @click=${() => this.#fire('open-shortcuts')}>
          ${icons.keyboard}
        </button>
        <button class="button quiet small account" popovertarget="menu">
          <span class="avatar" data-letter=${[...this.rep.name][0]?.toUpperCase() ?? ''}></span>
          <span class="text">${isolated(this.rep.name)}</span><span class="hidden">${texts.menu}</span>${icons.chevron}
        </button>
        <div id="menu" popover role="group" aria-label=${texts.menu}>
          <div class="who"><p><strong>${isolated(this.rep.name)}</strong></p><p>${isolated(this.rep.email)}</p></div>
          <fieldset>
            <legend>${texts.theme}</legend>
            ${themes.map(
              theme => html`<label>
                <input type="radio" name="theme" .checked=${this.theme === theme} @change=${() => this.#choose(theme)} />
                ${texts.themeWord[theme]}
              </label>`,
            )}
          </fieldset>
          <div class="part">
            ${languageChoice(detail => this.dispatchEvent(new CustomEvent('language-chosen', { detail })))}
            ${this.inCall ? html`<p class="hint">${texts.languageInCall}</p>` : nothing}
          </div>
          <a class="button quiet wide" href=${hashOf({ at: 'account' })} @click=${this.#fold}>${icons.gear}${texts.yourAccount}</a>
          <button class="button quiet wide" @click=${() => this.#fire('sign-out')}>${icons.out}${texts.signOut}</button>
        </div>
      </header>
      <slot></slot>
    `;
  }

  /** Links, since each is a place that a reload leads back to. */
  #way(): unknown {
    const { may } = this.rep;
    const way = (href: string, label: string, icon: TemplateResult) =>
      html`<a class="button quiet small" href=${href} aria-label=${label}>${icon}<span class="text">${label}</span></a>`;
    if (this.inSettings) return way('#', texts.toPhone, icons.phone);
    return [
      may.includes('board.see') && way('#settings/board', texts.live, icons.headset),
      may.includes('queues.manage') && way('#settings', texts.settings, icons.gear),
    ].filter(Boolean);
  }

  #choose(theme: Prefs['theme']): void {
    this.theme = theme;
    chooseTheme(theme);
  }

  #fold(): void {
    this.renderRoot.querySelector<HTMLElement>('#menu')?.hidePopover();
  }

  #fire(name: 'open-shortcuts' | 'sign-out'): void {
    this.dispatchEvent(new Event(name));
  }
}

customElements.define('rep-header', RepHeader);
