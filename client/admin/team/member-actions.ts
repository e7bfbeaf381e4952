import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { TeamMember } from '../../../shared/api/people.ts';
import type { SiteId } from '../../../shared/ids.ts';
import { type Role, roles } from '../../../shared/permissions.ts';
import { apiErrorText, ask } from '../../ui/api.ts';
import { icons } from '../../ui/icons.ts';
import { base, buttons, choices, notes } from '../../ui/styles.ts';
import { confirm } from '../confirm.ts';
import { formStyles } from '../look/form-styles.ts';
import { rowStyles } from '../look/row-styles.ts';
import './member-shops.ts';
import './one-time-url.ts';
import type { TeamSite } from './people.ts';
import { teamTexts as texts } from './texts.ts';

/** What came of the last thing done here. */
type Outcome = { is: 'nothing' | 'done' | 'refused'; words: string };
const nothingYet: Outcome = { is: 'nothing', words: '' };

/**
 * What an admin does about somebody: role, shops, signing out, a link for a new password, the second factor, disabling,
 * removing. Fires `changed`
 * when the list is old by it, and `removed` when they are gone.
 */
export class RepMemberActions extends LitElement {
  static override properties = {
    member: { attribute: false },
    signedInAt: { attribute: false },
    sites: { attribute: false },
    outcome: { state: true },
    busy: { state: true },
    url: { state: true },
  };
  declare member: TeamMember;
  /** In how many browsers. */
  declare signedInAt: number;
  /** The shops of the account. */
  declare sites: readonly TeamSite[];
  declare outcome: Outcome;
  declare busy: boolean;
  /** Of a new password; empty for none. */
  declare url: string;

  static override styles = [
    base,
    buttons,
    choices,
    notes,
    formStyles,
    rowStyles,
    css`
      :host {
        display: grid;
        gap: 1rem;
        overflow-wrap: anywhere;
      }

      .grid {
        gap: 0.625rem;
        align-items: stretch;
      }

      .choice {
        align-content: start;
        background: var(--card);
        font: inherit;
        font-size: 0.875rem;
        text-align: start;
      }

      .choice[aria-pressed='true'] {
        border-color: var(--accent);
        background: var(--accent-soft);
      }

      .choice:focus-visible {
        outline: 2px solid var(--accent);
        outline-offset: 1px;
      }

      .choice .icon {
        color: var(--accent);
      }

      .choice:not([aria-pressed='true']) .icon {
        visibility: hidden;
      }

      p.grow {
        font-size: 0.875rem;
      }

      p.grow + .button {
        margin-inline-start: auto;
      }

      .done {
        display: flex;
        gap: 0.5rem;
        align-items: center;
        font-weight: 600;
        font-size: 0.875rem;
      }

      .done:empty {
        display: none;
      }

      .done .icon {
        color: var(--go);
      }

      @media (forced-colors: active) {
        .choice[aria-pressed='true'] {
          border: 2px solid Highlight;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.outcome = nothingYet;
    this.busy = false;
    this.url = '';
  }

  protected override render(): TemplateResult {
    const { member, outcome, url } = this;
    const { name, disabled } = member;
    return html`
      <div role="alert">${
        outcome.is === 'refused'
          ? html`<div class="note bad">${icons.warning}<p>${outcome.words}</p></div>`
          : nothing
      }</div>
      <p role="status" class="done" tabindex="-1">${outcome.is === 'done' ? html`${icons.check}${outcome.words}` : nothing}</p>
      ${url ? html`<rep-one-time-url .label=${texts.linkFor({ name })} .url=${url}></rep-one-time-url>` : nothing}
      <div role="group" class="cards grid" aria-label=${texts.roleOf({ name })}>${roles.map(role => this.#role(role))}</div>
      ${
        this.sites.length > 1
          ? html`<rep-member-shops .name=${name} .sites=${this.sites} .chosen=${member.sites} .busy=${this.busy}
              @shops=${(event: CustomEvent<SiteId[] | null>) => this.#change({ sites: event.detail })}></rep-member-shops>`
          : nothing
      }
      <ul class="rows">
        ${
          this.signedInAt > 0
            ? this.#row(texts.signedInAt({ n: this.signedInAt }), texts.signOut, this.#signOut)
            : nothing
        }
        ${disabled ? nothing : this.#row(texts.passwordLead({ name }), texts.password, this.#newPassword)}
        ${member.twoFactor ? this.#row(texts.twoFactorLost({ name }), texts.removeTwoFactor, this.#removeTwoFactor) : nothing}
        ${
          disabled
            ? this.#row(texts.enableLead, texts.enable, () => this.#change({ disabled: false }))
            : this.#row(texts.disableLead, texts.disable, () => this.#change({ disabled: true }))
        }
        ${this.#row(texts.removeLead, texts.remove, this.#remove)}
      </ul>
    `;
  }

  #role(role: Role): TemplateResult {
    const is = this.member.role === role;
    return html`<button type="button" class="choice" aria-pressed=${is ? 'true' : 'false'}
      @click=${() => (is ? undefined : this.#change({ role }))}>
      ${icons.check}<span><strong>${texts.role[role]}</strong><span class="lead">${texts.roleLead[role]}</span></span>
    </button>`;
  }

  #row(lead: string, label: string, act: () => unknown): TemplateResult {
    return html`<li><p class="grow">${lead}</p>
      <button type="button" class="button small" aria-disabled=${this.busy ? 'true' : 'false'} @click=${act}>${label}</button></li>`;
  }

  get #whose() {
    const { id, accountId } = this.member;
    return { params: { repId: id }, query: { account: accountId } };
  }

  /** One after the other; what the server refuses is told in its words. `act` answers what to say. */
  async #try(act: () => Promise<string>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.outcome = nothingYet;
    this.url = '';
    try {
      this.outcome = { is: 'done', words: await act() };
    } catch (error) {
      this.outcome = { is: 'refused', words: apiErrorText(error) };
    }
    this.busy = false;
    await this.updateComplete;
    // The button may be gone, and is far away on a small screen.
    if (this.outcome.is === 'done')
      this.renderRoot.querySelector<HTMLElement>('rep-one-time-url, .done')?.focus();
  }

  #change(change: { role: Role } | { disabled: boolean } | { sites: SiteId[] | null }): Promise<void> {
    return this.#try(async () => {
      const { member } = await ask('PATCH /api/team/:repId', { ...this.#whose, body: change });
      this.dispatchEvent(new Event('changed', { bubbles: true }));
      if ('role' in change) return texts.roleIs(member.name, change.role);
      if ('sites' in change) {
        const { sites } = change;
        const names = this.sites.flatMap(({ id, name }) => (sites?.includes(id) ? [name] : []));
        return texts.shopsAre(member.name, sites && names);
      }
      return change.disabled
        ? texts.isDisabled({ name: member.name })
        : texts.isEnabled({ name: member.name });
    });
  }

  readonly #signOut = () =>
    this.#try(async () => {
      await ask('POST /api/team/:repId/sign-out', this.#whose);
      this.dispatchEvent(new Event('changed', { bubbles: true }));
      return texts.signedOut({ name: this.member.name });
    });

  readonly #newPassword = () =>
    this.#try(async () => {
      const { url } = await ask('POST /api/team/:repId/password-link', this.#whose);
      this.url = url;
      return texts.passwordOnce;
    });

  readonly #removeTwoFactor = async () => {
    if (!(await confirm(this, texts.removeTwoFactorQuestion(this.member.name)))) return;
    await this.#try(async () => {
      await ask('DELETE /api/team/:repId/two-factor', this.#whose);
      this.dispatchEvent(new Event('changed', { bubbles: true }));
      return texts.twoFactorRemoved({ name: this.member.name });
    });
  };

  readonly #remove = async () => {
    if (!(await confirm(this, texts.removeQuestion(this.member.name)))) return;
    await this.#try(async () => {
      await ask('DELETE /api/team/:repId', this.#whose);
      this.dispatchEvent(new Event('removed', { bubbles: true }));
      return texts.removed({ name: this.member.name });
    });
  };
}

customElements.define('rep-member-actions', RepMemberActions);
