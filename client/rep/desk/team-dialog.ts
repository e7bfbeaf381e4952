import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { ApiError, api, apiErrorText, type Rep, type TeamMember } from '../api.ts';
import { icons } from '../look/icons.ts';
import { base, buttons, dialogs, fields, notes } from '../look/styles.ts';
import { texts } from '../texts.ts';

type List =
  | { state: 'loading' }
  | { state: 'failed'; problem: string }
  | { state: 'ready'; reps: TeamMember[] };
type InvitationForm = {
  state: 'form';
  busy: boolean;
  problem: string;
  wrong: { name: boolean; email: boolean };
};
type Invitation =
  | InvitationForm
  | { state: 'made'; name: string; url: string; copied: 'no' | 'yes' | 'failed' };

const emptyForm: InvitationForm = {
  state: 'form',
  busy: false,
  problem: '',
  wrong: { name: false, email: false },
};

/** The team, and inviting somebody into it. For admins. */
export class RepTeam extends LitElement {
  static override properties = {
    rep: { attribute: false },
    list: { state: true },
    invitation: { state: true },
  };
  declare rep: Rep;
  declare list: List;
  declare invitation: Invitation;

  static override styles = [
    base,
    buttons,
    fields,
    notes,
    dialogs,
    css`
      .reps {
        display: grid;
        border-block: 1px solid var(--line);
      }

      .reps li {
        display: grid;
        grid-template-columns: 1fr auto;
        gap: 0 1rem;
        align-items: center;
        padding: 0.75rem 0;
      }

      .reps li + li {
        border-top: 1px solid var(--line);
      }

      .reps strong {
        font-weight: 600;
      }

      .mail {
        overflow-wrap: anywhere;
      }

      .mail,
      .role {
        color: var(--ink-3);
        font-size: var(--small);
      }

      .role {
        text-align: end;
      }

      .status {
        display: inline-flex;
        gap: 0.375rem;
        align-items: center;
        justify-content: flex-end;
        font-size: var(--small);
        font-weight: 600;
        color: var(--rest);
      }

      .status::before {
        width: 0.5rem;
        height: 0.5rem;
        border: 2px solid currentcolor;
        border-radius: 50%;
        content: '';
      }

      .status[data-is='available'] {
        color: var(--go);
      }

      .status[data-is='available']::before {
        background: currentcolor;
      }

      .status[data-is='away'] {
        color: var(--wait);
      }

      form,
      .made {
        display: grid;
        gap: 1rem;
        padding: 1.25rem;
        border-radius: var(--radius-m);
        background: var(--sunken);
      }

      h3 {
        font-size: var(--large);
      }

      h3 + p {
        margin-top: 0.125rem;
        color: var(--ink-2);
        font-size: 0.875rem;
      }

      .two {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(12rem, 1fr));
        gap: 1rem;
      }

      .copy {
        display: flex;
        gap: 0.5rem;
      }

      .copy input {
        font-family: var(--mono);
        font-size: var(--small);
      }
    `,
  ];

  constructor() {
    super();
    this.list = { state: 'loading' };
    this.invitation = emptyForm;
  }

  open(): void {
    this.invitation = emptyForm;
    this.renderRoot.querySelector('dialog')?.showModal();
    void this.#load();
  }

  protected override render(): TemplateResult {
    return html`
      <dialog aria-labelledby="title" @click=${this.#outside}>
        <div class="dialog-head">
          <div><h2 id="title">${texts.team}</h2><p>${texts.teamLead}</p></div>
          <button class="button quiet round" aria-label=${texts.close} @click=${this.#close}>${icons.cross}</button>
        </div>
        <div class="dialog-body">${this.#reps()} ${this.#invitation()}</div>
      </dialog>
    `;
  }

  #reps(): TemplateResult {
    const { list } = this;
    switch (list.state) {
      case 'loading':
        return html`<p class="hint" role="status">${texts.loading}</p>`;
      case 'failed':
        return html`<div class="note bad" role="alert">${icons.warning}<p>${list.problem}</p>
          <button class="button small" @click=${this.#load}>${texts.tryAgain}</button></div>`;
      case 'ready':
        return html`<ul class="reps">
          ${list.reps.map(
            rep => html`<li>
              <span><strong>${rep.name}</strong> ${rep.id === this.rep.id ? html`(${texts.you})` : nothing}</span>
              <span class="status" data-is=${rep.status}>${texts.statusWord[rep.status]}</span>
              <span class="mail">${rep.email}</span>
              <span class="role">${texts.role[rep.role]}</span>
            </li>`,
          )}
        </ul>`;
    }
    return list satisfies never;
  }

  #invitation(): TemplateResult {
    const { invitation } = this;
    if (invitation.state === 'made')
      return html`<div class="made">
        <div><h3>${texts.inviteLink(invitation.name)}</h3><p>${texts.inviteOnce}</p></div>
        <div class="copy">
          <input id="url" readonly aria-label=${texts.inviteLink(invitation.name)} .value=${invitation.url}
            @focus=${(event: FocusEvent) => (event.target as HTMLInputElement).select()} />
          <button class="button primary" @click=${this.#copy}>
            ${invitation.copied === 'yes' ? html`${icons.check}${texts.copied}` : texts.copy}
          </button>
        </div>
        <p class="hint" role="status">${invitation.copied === 'failed' ? texts.copyFailed : ''}</p>
        <button class="link" @click=${this.#again}>${texts.inviteAnother}</button>
      </div>`;
    const { wrong } = invitation;
    return html`<form novalidate @submit=${this.#invite}>
      <div><h3>${texts.invite}</h3><p>${texts.inviteLead}</p></div>
      ${invitation.problem ? html`<div class="note bad" role="alert">${icons.warning}<p>${invitation.problem}</p></div>` : nothing}
      <div class="two">
        <div class="field">
          <label for="name">${texts.name}</label>
          <input id="name" autocomplete="off" maxlength="80" required aria-invalid=${wrong.name ? 'true' : 'false'}
            aria-describedby="name-note" />
          <div id="name-note">${wrong.name ? html`<p class="problem">${texts.needed}</p>` : nothing}</div>
        </div>
        <div class="field">
          <label for="email">${texts.email}</label>
          <input id="email" type="email" autocomplete="off" required aria-invalid=${wrong.email ? 'true' : 'false'}
            aria-describedby="email-note" />
          <div id="email-note">${wrong.email ? html`<p class="problem">${texts.emailNeeded}</p>` : nothing}</div>
        </div>
      </div>
      <button class="button primary" aria-disabled=${invitation.busy ? 'true' : 'false'}>
        ${invitation.busy ? html`<span class="spinner"></span>` : nothing}${texts.createLink}
      </button>
    </form>`;
  }

  async #load(): Promise<void> {
    try {
      this.list = { state: 'ready', reps: await api.team() };
    } catch (error) {
      this.list = { state: 'failed', problem: apiErrorText(error) };
    }
  }

  async #invite(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.invitation.state !== 'form' || this.invitation.busy) return;
    const name = this.renderRoot.querySelector<HTMLInputElement>('#name')!;
    const email = this.renderRoot.querySelector<HTMLInputElement>('#email')!;
    const wrong = { name: !name.value.trim(), email: !email.value.trim() || !email.validity.valid };
    this.invitation = { ...emptyForm, wrong, busy: !wrong.name && !wrong.email };
    if (wrong.name) return name.focus();
    if (wrong.email) return email.focus();
    try {
      const url = await api.invite(name.value.trim(), email.value.trim());
      this.invitation = { state: 'made', name: name.value.trim(), url, copied: 'no' };
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLInputElement>('#url')?.focus();
      void this.#load();
    } catch (error) {
      if (error instanceof ApiError) this.invitation = { ...emptyForm, problem: apiErrorText(error) };
      else throw error;
    }
  }

  async #copy(): Promise<void> {
    if (this.invitation.state !== 'made') return;
    // Plain http on a LAN has no clipboard; the text is selected then, ready to be copied by hand.
    const copied = await Promise.resolve(navigator.clipboard?.writeText(this.invitation.url)).then(
      () => ('clipboard' in navigator ? ('yes' as const) : ('failed' as const)),
      () => 'failed' as const,
    );
    if (copied === 'failed') this.renderRoot.querySelector<HTMLInputElement>('#url')?.select();
    this.invitation = { ...this.invitation, copied };
  }

  async #again(): Promise<void> {
    this.invitation = emptyForm;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLInputElement>('#name')?.focus();
  }

  #close(): void {
    this.renderRoot.querySelector('dialog')?.close();
  }

  /** A click on the backdrop is a click on the dialog itself. */
  #outside(event: MouseEvent): void {
    if (event.target instanceof HTMLDialogElement) event.target.close();
  }
}

customElements.define('rep-team', RepTeam);
