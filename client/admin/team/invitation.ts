import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { AccountId, QueueId } from '../../../shared/ids.ts';
import { type Role, roles } from '../../../shared/permissions.ts';
import { ApiError, apiErrorText, ask } from '../../ui/api.ts';
import { icons } from '../../ui/icons.ts';
import { base, buttons, card, fields, notes } from '../../ui/styles.ts';
import { commonTexts } from '../../ui/texts.ts';
import type { Account } from '../accounts.ts';
import { adminStyles } from '../admin-styles.ts';
import { cardsInput, checkInput, choiceInput } from '../form/controls.ts';
import { adminTexts } from '../texts.ts';
import './one-time-url.ts';
import type { TeamQueue } from './people.ts';
import { teamTexts as texts } from './texts.ts';

/** What is chosen beside name and address. `without`: the queues that they do not answer. */
type Wish = { role: Role; without: readonly QueueId[]; accountId: AccountId | undefined };
type Wrong = { name: boolean; email: boolean; queues: boolean };
type Form = { state: 'form'; busy: boolean; problem: string; wrong: Wrong };
type Made = { state: 'made'; name: string; url: string };

const emptyForm: Form = {
  state: 'form',
  busy: false,
  problem: '',
  wrong: { name: false, email: false, queues: false },
};
const plainWish: Wish = { role: 'rep', without: [], accountId: undefined };

/** Inviting somebody into the team, by a link that is shown once. Fires `invited`. */
export class RepInvitation extends LitElement {
  static override properties = {
    accounts: { attribute: false },
    queues: { attribute: false },
    unfolded: { attribute: false },
    step: { state: true },
    wish: { state: true },
  };
  /** To which one may invite. */
  declare accounts: readonly Account[];
  declare queues: readonly TeamQueue[];
  /** Role and queues are open to see, as a team needs them and a shop of one does not. */
  declare unfolded: boolean;
  declare step: Form | Made;
  declare wish: Wish;

  static override styles = [
    base,
    card,
    buttons,
    fields,
    notes,
    adminStyles,
    css`
      summary {
        display: inline-flex;
        gap: 0.375rem;
        align-items: center;
        min-height: 2.25rem;
        color: var(--ink-2);
        cursor: pointer;
        list-style: none;
      }

      summary::-webkit-details-marker {
        display: none;
      }

      summary .icon {
        width: 1rem;
        height: 1rem;
      }

      details[open] summary .icon {
        transform: rotate(180deg);
      }

      .joins {
        display: grid;
        gap: 1.25rem;
        padding-top: 0.75rem;
      }
    `,
  ];

  constructor() {
    super();
    this.step = emptyForm;
    this.wish = plainWish;
  }

  protected override render(): TemplateResult {
    return this.step.state === 'made' ? this.#made(this.step) : this.#form(this.step);
  }

  #made({ name, url }: Made): TemplateResult {
    return html`<section class="card group" aria-labelledby="made">
      <div><h2 id="made">${texts.linkFor({ name })}</h2><p>${texts.once}</p></div>
      <rep-one-time-url .label=${texts.linkFor({ name })} .url=${url}></rep-one-time-url>
      <div><button class="link" @click=${this.#again}>${texts.another}</button></div>
    </section>`;
  }

  #form({ wrong, problem, busy }: Form): TemplateResult {
    return html`<form class="card group" novalidate @submit=${this.#invite} aria-labelledby="invite">
      <div><h2 id="invite">${texts.invite}</h2><p>${texts.inviteLead}</p></div>
      ${problem ? html`<div class="note bad" role="alert">${icons.warning}<p>${problem}</p></div>` : nothing}
      <div class="grid">
        <div class="field">
          <label for="name">${texts.name}</label>
          <input id="name" autocomplete="off" maxlength="80" required aria-invalid=${wrong.name ? 'true' : 'false'}
            aria-describedby="name-note" />
          <div id="name-note">${wrong.name ? html`<p class="problem">${commonTexts.needed}</p>` : nothing}</div>
        </div>
        <div class="field">
          <label for="email">${commonTexts.email}</label>
          <input id="email" type="email" dir="ltr" autocomplete="off" required aria-invalid=${wrong.email ? 'true' : 'false'}
            aria-describedby="email-note" />
          <div id="email-note">${wrong.email ? html`<p class="problem">${commonTexts.emailNeeded}</p>` : nothing}</div>
        </div>
        ${
          this.accounts.length > 1
            ? choiceInput({
                ...{ path: 'account', label: adminTexts.account, problem: null, value: this.#account ?? '' },
                choices: this.accounts.map(({ id, name }) => ({ value: id, label: name })),
                set: value => this.#choose({ accountId: value as AccountId, without: [] }),
              })
            : nothing
        }
      </div>
      ${this.#joins(wrong.queues)}
      <div><button class="button primary" aria-disabled=${busy ? 'true' : 'false'}>
        ${busy ? html`<span class="spinner"></span>` : nothing}${texts.createLink}
      </button></div>
    </form>`;
  }

  /** As what, and for which queues. */
  #joins(noQueue: boolean): TemplateResult {
    const { role, without } = this.wish;
    const queues = this.#queues;
    const which = queues.length < 2 ? 'only' : without.length > 0 ? 'some' : 'all';
    return html`<details ?open=${this.unfolded}>
      <summary><span>${texts.joinsAs[role][which]}</span>${icons.chevron}</summary>
      <div class="joins">
        ${cardsInput({
          path: 'role',
          label: texts.roleField,
          value: role,
          choices: roles.map(value => ({ value, label: texts.role[value], lead: texts.roleLead[value] })),
          problem: null,
          set: value => this.#choose({ role: value }),
        })}
        ${
          which === 'only'
            ? nothing
            : html`<fieldset class="queues" aria-describedby="queues-note"><legend>${texts.queues}</legend>
                ${queues.map(queue =>
                  checkInput({
                    id: `queue-${queue.id}`,
                    label: queue.name,
                    value: !without.includes(queue.id),
                    set: answers =>
                      this.#choose({
                        without: answers ? without.filter(id => id !== queue.id) : [...without, queue.id],
                      }),
                  }),
                )}
                <div id="queues-note">${
                  noQueue
                    ? html`<p class="problem" role="alert">${icons.warning}<span>${texts.noQueue}</span></p>`
                    : nothing
                }</div>
              </fieldset>`
        }
      </div>
    </details>`;
  }

  get #account(): AccountId | undefined {
    return this.wish.accountId ?? this.accounts[0]?.id;
  }

  /** Of the account to which somebody is invited. */
  get #queues(): TeamQueue[] {
    return this.queues.filter(({ accountId }) => accountId === this.#account);
  }

  #choose(choice: Partial<Wish>): void {
    this.wish = { ...this.wish, ...choice };
  }

  async #invite(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.step.state !== 'form' || this.step.busy) return;
    const name = this.renderRoot.querySelector<HTMLInputElement>('#name')!;
    const email = this.renderRoot.querySelector<HTMLInputElement>('#email')!;
    const { role, without } = this.wish;
    const queues = this.#queues.map(({ id }) => id).filter(id => !without.includes(id));
    const wrong = {
      name: !name.value.trim(),
      email: !email.value.trim() || !email.validity.valid,
      // Others than reps may oversee without a queue of their own.
      queues: role === 'rep' && queues.length === 0 && without.length > 0,
    };
    this.step = { ...emptyForm, wrong, busy: !Object.values(wrong).includes(true) };
    if (wrong.name) return name.focus();
    if (wrong.email) return email.focus();
    if (wrong.queues) return this.renderRoot.querySelector<HTMLElement>('.queues input')?.focus();
    try {
      const { url } = await ask('POST /api/team/invitations', {
        body: {
          ...{ name: name.value.trim(), email: email.value.trim(), role },
          ...(without.length > 0 ? { queues } : {}),
          account: this.#account,
        },
      });
      this.step = { state: 'made', name: name.value.trim(), url };
      this.wish = plainWish;
      this.dispatchEvent(new Event('invited'));
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>('rep-one-time-url')?.focus();
    } catch (error) {
      if (error instanceof ApiError) this.step = { ...emptyForm, problem: apiErrorText(error) };
      else throw error;
    }
  }

  async #again(): Promise<void> {
    this.step = emptyForm;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLInputElement>('#name')?.focus();
  }
}

customElements.define('rep-invitation', RepInvitation);
