import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { ApiError, apiErrorText, ask } from '../../ui/api.ts';
import { icons } from '../../ui/icons.ts';
import { base, buttons, card, fields, notes } from '../../ui/styles.ts';
import { commonTexts as texts } from '../../ui/texts.ts';
import { adminStyles } from '../admin-styles.ts';
import { copyText } from '../copy.ts';
import { warningFor } from '../reach/findings.ts';

type Form = { state: 'form'; busy: boolean; problem: string; wrong: { name: boolean; email: boolean } };
type Invitation = Form | { state: 'made'; name: string; url: string; copied: 'no' | 'yes' | 'failed' };

const emptyForm: Form = { state: 'form', busy: false, problem: '', wrong: { name: false, email: false } };

/** Inviting somebody into the team, by a link that is shown once. */
export class RepInvitation extends LitElement {
  static override properties = { invitation: { state: true } };
  declare invitation: Invitation;

  static override styles = [
    base,
    card,
    buttons,
    fields,
    notes,
    adminStyles,
    css`
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
    this.invitation = emptyForm;
  }

  protected override render(): TemplateResult {
    const { invitation } = this;
    if (invitation.state === 'made') {
      const warning = warningFor(new URL(invitation.url).origin);
      return html`<section class="card group" aria-labelledby="made">
        <div><h2 id="made">${texts.inviteLink(invitation.name)}</h2><p>${texts.inviteOnce}</p></div>
        <div class="copy">
          <input id="url" readonly aria-label=${texts.inviteLink(invitation.name)} .value=${invitation.url}
            @focus=${(event: FocusEvent) => (event.target as HTMLInputElement).select()} />
          <button class="button primary" @click=${this.#copy}>
            ${invitation.copied === 'yes' ? html`${icons.check}${texts.copied}` : texts.copy}
          </button>
        </div>
        ${warning ? html`<div class="note">${icons.warning}<p>${warning}</p></div>` : nothing}
        <p class="hint" role="status">${invitation.copied === 'failed' ? texts.copyFailed : ''}</p>
        <div><button class="link" @click=${this.#again}>${texts.inviteAnother}</button></div>
      </section>`;
    }
    const { wrong } = invitation;
    return html`<form class="card group" novalidate @submit=${this.#invite} aria-labelledby="invite">
      <div><h2 id="invite">${texts.invite}</h2><p>${texts.inviteLead}</p></div>
      ${invitation.problem ? html`<div class="note bad" role="alert">${icons.warning}<p>${invitation.problem}</p></div>` : nothing}
      <div class="grid">
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
      <div><button class="button primary" aria-disabled=${invitation.busy ? 'true' : 'false'}>
        ${invitation.busy ? html`<span class="spinner"></span>` : nothing}${texts.createLink}
      </button></div>
    </form>`;
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
      const { url } = await ask('POST /api/team/invitations', {
        body: { name: name.value.trim(), email: email.value.trim() },
      });
      this.invitation = { state: 'made', name: name.value.trim(), url, copied: 'no' };
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLInputElement>('#url')?.focus();
    } catch (error) {
      if (error instanceof ApiError) this.invitation = { ...emptyForm, problem: apiErrorText(error) };
      else throw error;
    }
  }

  async #copy(): Promise<void> {
    if (this.invitation.state !== 'made') return;
    const copied = (await copyText(this.invitation.url)) ? 'yes' : 'failed';
    if (copied === 'failed') this.renderRoot.querySelector<HTMLInputElement>('#url')?.select();
    this.invitation = { ...this.invitation, copied };
  }

  async #again(): Promise<void> {
    this.invitation = emptyForm;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLInputElement>('#name')?.focus();
  }
}

customElements.define('rep-invitation', RepInvitation);
