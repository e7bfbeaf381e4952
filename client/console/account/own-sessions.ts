import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { RepSession } from '../../../shared/api/people.ts';
import { dateTime } from '../../admin/calls/call-time.ts';
import { listStyles } from '../../admin/look/list-styles.ts';
import { apiErrorText, ask } from '../../ui/api.ts';
import { icons } from '../../ui/icons.ts';
import { base, buttons, card, notes } from '../../ui/styles.ts';
import { commonTexts } from '../../ui/texts.ts';
import { facts } from '../../ui/words.ts';
import { accountStyles } from './account-styles.ts';
import { browserWords } from './browser-words.ts';
import { accountTexts as texts } from './texts.ts';

/** Where one is signed in, this window first, and ending it elsewhere. */
export class RepOwnSessions extends LitElement {
  static override properties = {
    sessions: { state: true },
    problem: { state: true },
    said: { state: true },
    busy: { state: true },
  };
  /** Null until they are there. */
  declare sessions: readonly RepSession[] | null;
  declare problem: string;
  declare said: string;
  declare busy: boolean;

  static override styles = [
    base,
    card,
    buttons,
    notes,
    accountStyles,
    listStyles,
    css`
      .list {
        margin-inline: -1.5rem;
        border-block: 1px solid var(--line);
      }

      .entry {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem 1rem;
        align-items: center;
      }

      .entry > div {
        flex: 1 1 14rem;
        min-width: 0;
      }

      strong {
        font-weight: 600;
      }

      .here {
        color: var(--go);
        font-weight: 600;
        font-size: var(--small);
      }

      .done:empty {
        display: none;
      }

      @media (max-width: 30rem) {
        .list {
          margin-inline: -1rem;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.sessions = null;
    this.problem = '';
    this.said = '';
    this.busy = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.reload();
  }

  async reload(): Promise<void> {
    try {
      const { sessions } = await ask('GET /api/rep/sessions');
      this.sessions = sessions.toSorted(
        (a, b) => Number(b.here) - Number(a.here) || b.seenAt - a.seenAt || b.createdAt - a.createdAt,
      );
      this.problem = '';
    } catch (error) {
      this.problem = apiErrorText(error);
    }
  }

  protected override render(): TemplateResult {
    const { sessions, problem } = this;
    const elsewhere = sessions?.filter(({ here }) => !here) ?? [];
    return html`<section class="card group" aria-labelledby="title">
      <h2 id="title" tabindex="-1">${texts.sessions}</h2>
      <div role="alert" ?hidden=${!problem}>${
        problem
          ? html`<div class="note bad">${icons.warning}<p>${problem}</p>
              <button type="button" class="button small" @click=${this.reload}>${texts.tryAgain}</button></div>`
          : nothing
      }</div>
      <p role="status" class="done">${this.said ? html`${icons.check}${this.said}` : nothing}</p>
      ${
        sessions
          ? html`<ul class="list" aria-labelledby="title">${sessions.map(session => this.#session(session))}</ul>`
          : nothing
      }
      ${
        elsewhere.length > 0
          ? html`<div><button type="button" class="button" aria-disabled=${this.busy ? 'true' : 'false'}
              @click=${this.#endOthers}>${texts.signOutElsewhere}</button></div>`
          : nothing
      }
    </section>`;
  }

  #session(session: RepSession): TemplateResult {
    const { here, createdAt, seenAt } = session;
    const browser = browserWords(session.browser);
    const about = [
      texts.since({ time: dateTime(createdAt) }),
      ...(here ? [] : [texts.used({ ago: commonTexts.ago(Date.now() - seenAt) })]),
    ];
    return html`<li class="entry">
      <div>
        <p><strong>${browser}</strong> ${here ? html`<span class="here">${texts.thisWindow}</span>` : nothing}</p>
        <p class="about">${facts(about)}</p>
      </div>
      ${
        here
          ? nothing
          : html`<button type="button" class="button small" aria-label=${texts.signOutOf({ browser })}
              aria-disabled=${this.busy ? 'true' : 'false'} @click=${() => this.#end(session, browser)}>${texts.signOut}</button>`
      }
    </li>`;
  }

  #end({ id }: RepSession, browser: string): Promise<void> {
    return this.#try(async () => {
      await ask('DELETE /api/rep/sessions/:sessionId', { params: { sessionId: id } });
      return texts.signedOutOf({ browser });
    });
  }

  readonly #endOthers = () =>
    this.#try(async () => {
      await ask('DELETE /api/rep/sessions');
      return texts.signedOutElsewhere;
    });

  async #try(act: () => Promise<string>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.said = '';
    try {
      const said = await act();
      await this.reload();
      this.said = said;
      // The button that was pressed is gone.
      this.renderRoot.querySelector('h2')?.focus();
    } catch (error) {
      await this.reload();
      this.problem = apiErrorText(error);
    }
    this.busy = false;
  }
}

customElements.define('rep-own-sessions', RepOwnSessions);
