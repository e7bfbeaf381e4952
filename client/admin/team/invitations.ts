import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Invitation } from '../../../shared/api/people.ts';
import { apiErrorText, ask } from '../../ui/api.ts';
import { icons } from '../../ui/icons.ts';
import { base, buttons, card, notes } from '../../ui/styles.ts';
import { list } from '../../ui/words.ts';
import type { Account } from '../accounts.ts';
import { dateTime } from '../calls/call-time.ts';
import { confirm } from '../confirm.ts';
import { formStyles } from '../look/form-styles.ts';
import { listStyles } from '../look/list-styles.ts';
import { pageStyles } from '../look/page-styles.ts';
import type { TeamQueue } from './people.ts';
import { teamTexts as texts } from './texts.ts';

/** Invitations that wait for their person, and withdrawing one. Fires `withdrawn` with the name. */
export class RepInvitations extends LitElement {
  static override properties = {
    invitations: { attribute: false },
    queues: { attribute: false },
    accounts: { attribute: false },
    problem: { state: true },
  };
  declare invitations: readonly Invitation[];
  declare queues: readonly TeamQueue[];
  /** With several of them each invitation says whose it is. */
  declare accounts: readonly Account[];
  declare problem: string;

  static override styles = [
    base,
    card,
    buttons,
    notes,
    pageStyles,
    formStyles,
    listStyles,
    css`
      h2 {
        padding: 1.25rem 1.5rem 0.5rem;
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
        overflow-wrap: anywhere;
      }

      strong {
        font-weight: 600;
      }

      .note {
        margin: 0 1.5rem 0.75rem;
      }

      @media (max-width: 40rem) {
        h2 {
          padding-inline: 1rem;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.problem = '';
  }

  protected override render(): TemplateResult {
    return html`<section class="card" aria-labelledby="waiting">
      <h2 id="waiting">${texts.waiting}</h2>
      ${this.problem ? html`<div class="note bad" role="alert">${icons.warning}<p>${this.problem}</p></div>` : nothing}
      <ul class="list" aria-labelledby="waiting">${this.invitations.map(invitation => this.#invitation(invitation))}</ul>
    </section>`;
  }

  #invitation(invitation: Invitation): TemplateResult {
    const { name, email, role, accountId, expiresAt } = invitation;
    const account = this.accounts.length > 1 && this.accounts.find(({ id }) => id === accountId)?.name;
    const about = [
      account,
      texts.role[role],
      this.#queues(invitation),
      texts.until({ time: dateTime(expiresAt) }),
    ];
    return html`<li class="entry">
      <div>
        <p><strong>${name}</strong></p>
        <p class="about">${email}</p>
        <p class="about">${about.filter(Boolean).join(' · ')}</p>
      </div>
      <button type="button" class="button small" aria-label=${texts.withdrawFrom({ name })}
        @click=${() => this.#withdraw(invitation)}>${texts.withdraw}</button>
    </li>`;
  }

  /** Nothing where there is no choice. */
  #queues({ accountId, queues }: Invitation): string {
    const all = this.queues.filter(queue => queue.accountId === accountId);
    if (all.length < 2) return '';
    if (queues === null) return texts.allQueues;
    const names = all.filter(({ id }) => queues.includes(id)).map(({ name }) => name);
    return names.length > 0 ? list(names) : texts.noQueues;
  }

  async #withdraw({ id, name }: Invitation): Promise<void> {
    if (!(await confirm(this, texts.withdrawQuestion(name)))) return;
    this.problem = '';
    try {
      await ask('DELETE /api/team/invitations/:invitationId', { params: { invitationId: id } });
    } catch (error) {
      this.problem = apiErrorText(error);
    }
    this.dispatchEvent(
      new CustomEvent('withdrawn', { detail: this.problem ? '' : texts.withdrawn({ name }) }),
    );
  }
}

customElements.define('rep-invitations', RepInvitations);
