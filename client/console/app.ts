import { css, html, LitElement, type nothing, type TemplateResult } from 'lit';
import type { LinkInfo, Rep } from '../../shared/api/people.ts';
import { ApiError, ask } from '../ui/api.ts';
import { base } from '../ui/styles.ts';
import { loadWords } from '../ui/words.ts';
import { takeLinkToken } from './one-time-link.ts';
import { texts } from './texts.ts';
import './desk/desk.ts';
import './screens/notice.ts';

/** A screen for getting in, with its words. */
async function fetchScreen(load: () => Promise<unknown>): Promise<void> {
  await loadWords('sign-in');
  await load();
}

/** Where the person is: one of these at a time. */
type Where =
  | { at: 'loading' }
  | { at: 'unreachable' }
  | { at: 'link'; token: string; info: LinkInfo }
  | { at: 'link-gone' }
  | { at: 'sign-in'; told: string }
  | { at: 'desk'; rep: Rep; justSignedIn: boolean };

/**
 * The whole console: finds out who is there and shows their screen. Who is signed in, as a rep is all day, fetches none of
 * the screens for getting in.
 */
export class RepApp extends LitElement {
  static override properties = { where: { state: true } };
  declare where: Where;

  static override styles = [
    base,
    css`
      :host {
        min-height: 100dvh;
      }

      .loading {
        display: grid;
        min-height: 100dvh;
        place-items: center;
        color: var(--ink-3);
        /* Nothing flashes when the answer is quick. */
        animation: appear 1ms 400ms both;
      }

      @keyframes appear {
        from {
          visibility: hidden;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.where = { at: 'loading' };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#start(takeLinkToken());
    addEventListener('hashchange', this.#linkOpened);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.#linkOpened);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { where } = this;
    switch (where.at) {
      case 'loading':
        return html`<main class="loading"><h1 class="hidden">${texts.console}</h1><p role="status">${texts.loading}</p></main>`;
      case 'unreachable':
        return html`<rep-notice
          .heading=${texts.unreachableTitle}
          .lead=${texts.unreachableLead}
          .action=${texts.tryAgain}
          @act=${() => this.#start(null)}
        ></rep-notice>`;
      case 'link':
        return html`<rep-link .token=${where.token} .info=${where.info}
          @signed-in=${this.#signedIn}
          @sign-in-needed=${({ detail }: CustomEvent<string>) => this.#askToSignIn(detail)}
          @link-gone=${() => this.#go({ at: 'link-gone' })}></rep-link>`;
      case 'link-gone':
        return html`<rep-notice
          .heading=${texts.linkGoneTitle}
          .lead=${texts.linkGoneLead}
          .action=${texts.toSignIn}
          @act=${() => this.#start(null)}
        ></rep-notice>`;
      case 'sign-in':
        return html`<rep-sign-in .told=${where.told} @signed-in=${this.#signedIn}></rep-sign-in>`;
      case 'desk':
        return html`<rep-desk .rep=${where.rep} .justSignedIn=${where.justSignedIn}
          @signed-out=${() => this.#askToSignIn()}
          @sign-in-needed=${() => this.#askToSignIn(texts.signedOutElsewhere)}></rep-desk>`;
    }
    return where satisfies never;
  }

  readonly #linkOpened = () => {
    const token = takeLinkToken();
    if (token) void this.#start(token);
  };

  async #start(token: string | null): Promise<void> {
    this.#go({ at: 'loading' });
    try {
      if (token) {
        const [info] = await Promise.all([
          ask('POST /api/rep/links/look', { body: { token } }),
          fetchScreen(() => import('./screens/link.ts')),
        ]);
        this.#go({ at: 'link', token, info });
      } else this.#go({ at: 'desk', rep: (await ask('GET /api/rep/me')).rep, justSignedIn: false });
    } catch (error) {
      const code = error instanceof ApiError ? error.code : 'other';
      if (code === 'link-gone') this.#go({ at: 'link-gone' });
      else if (code === 'sign-in-needed') await this.#askToSignIn();
      else this.#go({ at: 'unreachable' });
    }
  }

  /** @param told to the person, why they are asked */
  async #askToSignIn(told = ''): Promise<void> {
    try {
      await fetchScreen(() => import('./screens/sign-in.ts'));
      this.#go({ at: 'sign-in', told });
    } catch {
      this.#go({ at: 'unreachable' });
    }
  }

  #signedIn(event: CustomEvent<Rep>): void {
    this.#go({ at: 'desk', rep: event.detail, justSignedIn: true });
  }

  #go(where: Where): void {
    this.where = where;
  }
}

customElements.define('rep-app', RepApp);
