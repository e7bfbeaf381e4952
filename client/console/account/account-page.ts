import { css, html, LitElement, type TemplateResult } from 'lit';
import type { Rep } from '../../../shared/api/people.ts';
import { pageStyles } from '../../admin/look/page-styles.ts';
import { PinnedTop, pinnedTopStyles } from '../../admin/look/pinned-top.ts';
import { base, card } from '../../ui/styles.ts';
import '../../account/two-factor.ts';
import './own-details.ts';
import './own-languages.ts';
import './own-password.ts';
import './own-photo.ts';
import './own-sessions.ts';
import type { RepOwnSessions } from './own-sessions.ts';
import { accountTexts as texts } from './texts.ts';

/** One's own account, for everybody. What is put into it stands above, such as a call that rings. */
export class RepAccountPage extends LitElement {
  static override properties = { rep: { attribute: false } };
  declare rep: Rep;

  static override styles = [
    base,
    card,
    pinnedTopStyles,
    pageStyles,
    css`
      .frame {
        max-width: 48rem;
        margin-inline: auto;
        padding: 1.5rem;
      }

      .head {
        margin-bottom: 1.25rem;
      }

      main > .card {
        padding: 1.5rem;
      }

      main > * + * {
        margin-top: 1.25rem;
      }

      @media (max-width: 56rem) {
        .frame {
          max-width: 44rem;
          padding: 0.75rem 1rem 1rem;
        }
      }

      @media (max-width: 30rem) {
        main > .card {
          padding: 1rem;
        }
      }
    `,
  ];

  constructor() {
    super();
    new PinnedTop(this);
  }

  /** What is typed here is a line or two, and a password: nobody is asked about it. */
  get unsaved(): boolean {
    return false;
  }

  leave(): Promise<boolean> {
    return Promise.resolve(true);
  }

  async focusHeading(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector('h1')?.focus();
  }

  protected override firstUpdated(): void {
    scrollTo(0, 0);
    void this.focusHeading();
  }

  protected override render(): TemplateResult {
    return html`<div class="frame">
      <div class="above"><slot></slot></div>
      <main>
        <div class="head"><div><h1 tabindex="-1">${texts.title}</h1><p>${texts.lead}</p></div></div>
        <rep-own-details .rep=${this.rep}></rep-own-details>
        <rep-own-languages .rep=${this.rep}></rep-own-languages>
        <rep-own-photo .rep=${this.rep}></rep-own-photo>
        <rep-own-password .email=${this.rep.email} @password-changed=${this.#passwordChanged}></rep-own-password>
        <section class="card"><rep-two-factor></rep-two-factor></section>
        <rep-own-sessions></rep-own-sessions>
      </main>
    </div>`;
  }

  /** The others have ended. */
  #passwordChanged(): void {
    void this.renderRoot.querySelector<RepOwnSessions>('rep-own-sessions')?.reload();
  }
}

customElements.define('rep-account-page', RepAccountPage);
