import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { apiErrorText, ask } from '../../ui/api.ts';
import { icons } from '../../ui/icons.ts';
import { base, buttons, card, fields, notes } from '../../ui/styles.ts';
import { texts } from '../texts.ts';
import { gate, gateStyles } from './gate.ts';
import { passwordField, passwordStyles } from './password-field.ts';

/** E-mail and password. Fires `signed-in` with the rep. */
export class RepSignIn extends LitElement {
  static override properties = {
    signedOut: { type: Boolean },
    password: { state: true },
    shown: { state: true },
    problem: { state: true },
    missing: { state: true },
    busy: { state: true },
  };
  /** The server ended the sign-in: say so. */
  declare signedOut: boolean;
  declare password: string;
  declare shown: boolean;
  declare problem: string;
  declare missing: { email: string; password: string };
  declare busy: boolean;

  static override styles = [base, card, buttons, fields, notes, gateStyles, passwordStyles];

  constructor() {
    super();
    this.signedOut = false;
    this.password = '';
    this.shown = false;
    this.problem = '';
    this.missing = { email: '', password: '' };
    this.busy = false;
  }

  protected override render(): TemplateResult {
    return gate(html`
      <h1>${texts.signInTitle}</h1>
      <p class="lead">${texts.signInLead}</p>
      <form novalidate @submit=${this.#submit}>
        <div role="alert" ?hidden=${!this.problem}>
          ${this.problem ? html`<div class="note bad">${icons.warning}<p>${this.problem}</p></div>` : nothing}
        </div>
        <div class="field">
          <label for="email">${texts.email}</label>
          <input id="email" name="email" type="email" inputmode="email" autocomplete="username" required
            autocapitalize="off" spellcheck="false"
            aria-invalid=${this.missing.email ? 'true' : 'false'} aria-describedby="email-note" />
          <div id="email-note">
            ${this.missing.email ? html`<p class="problem">${icons.warning}<span>${this.missing.email}</span></p>` : nothing}
          </div>
        </div>
        ${passwordField(
          { value: this.password, shown: this.shown, error: this.missing.password, fresh: false },
          {
            input: value => {
              this.password = value;
            },
            toggle: () => {
              this.shown = !this.shown;
            },
          },
        )}
        <button class="button primary big wide" aria-disabled=${this.busy ? 'true' : 'false'}>
          ${this.busy ? html`<span class="spinner"></span>${texts.signingIn}` : texts.signIn}
        </button>
      </form>
      <p class="foot">${texts.noAccount}</p>
    `);
  }

  protected override firstUpdated(): void {
    this.renderRoot.querySelector<HTMLInputElement>('#email')?.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('signedOut') && this.signedOut) this.problem = texts.signedOutElsewhere;
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.busy) return;
    const email = this.renderRoot.querySelector<HTMLInputElement>('#email')!;
    // Read from the input: a password manager may fill it without an event.
    const password = this.renderRoot.querySelector<HTMLInputElement>('#password')!;
    this.password = password.value;
    this.missing = {
      email: email.value.trim() && email.validity.valid ? '' : texts.emailNeeded,
      password: password.value ? '' : texts.needed,
    };
    this.problem = '';
    if (this.missing.email) return email.focus();
    if (this.missing.password) return password.focus();
    this.busy = true;
    try {
      const { rep } = await ask('POST /api/rep/sign-in', {
        body: { email: email.value.trim(), password: password.value },
      });
      this.dispatchEvent(new CustomEvent('signed-in', { detail: rep }));
    } catch (error) {
      this.problem = apiErrorText(error);
      password.select();
    } finally {
      this.busy = false;
    }
  }
}

customElements.define('rep-sign-in', RepSignIn);
