import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { LinkInfo } from '../../../shared/api/people.ts';
import { ApiError, apiErrorText, ask } from '../../ui/api.ts';
import { icons } from '../../ui/icons.ts';
import { base, buttons, card, fields, notes } from '../../ui/styles.ts';
import { charactersMissing } from '../password.ts';
import { texts } from '../texts.ts';
import { gate, gateStyles } from './gate.ts';
import { passwordField, passwordStyles } from './password-field.ts';

type Problems = { name: string; email: string; password: string };
const noProblems: Problems = { name: '', email: '', password: '' };

/** Set-up and invitations: name, e-mail and a password. Fires `signed-in` with the rep, or `link-gone`. */
export class RepLink extends LitElement {
  static override properties = {
    token: {},
    info: { attribute: false },
    password: { state: true },
    shown: { state: true },
    problem: { state: true },
    problems: { state: true },
    busy: { state: true },
  };
  declare token: string;
  declare info: LinkInfo;
  declare password: string;
  declare shown: boolean;
  declare problem: string;
  declare problems: Problems;
  declare busy: boolean;

  static override styles = [base, card, buttons, fields, notes, gateStyles, passwordStyles];

  constructor() {
    super();
    this.password = '';
    this.shown = false;
    this.problem = '';
    this.problems = noProblems;
    this.busy = false;
  }

  protected override render(): TemplateResult {
    const setUp = this.info.purpose === 'set-up';
    return gate(html`
      <h1>${setUp ? texts.setUpTitle : texts.invitationTitle}</h1>
      <p class="lead">${setUp ? texts.setUpLead : texts.invitationLead}</p>
      <form novalidate @submit=${this.#submit}>
        <div role="alert" ?hidden=${!this.problem}>
          ${this.problem ? html`<div class="note bad">${icons.warning}<p>${this.problem}</p></div>` : nothing}
        </div>
        <div class="field">
          <label for="name">${texts.yourName}</label>
          <input id="name" name="name" autocomplete="name" maxlength="80" required .defaultValue=${this.info.name}
            aria-invalid=${this.problems.name ? 'true' : 'false'} aria-describedby="name-note" />
          <div id="name-note">${this.#note(this.problems.name, texts.nameHint)}</div>
        </div>
        <div class="field">
          <label for="email">${texts.email}</label>
          <input id="email" name="email" type="email" inputmode="email" autocomplete="username" required
            autocapitalize="off" spellcheck="false" .defaultValue=${this.info.email}
            aria-invalid=${this.problems.email ? 'true' : 'false'} aria-describedby="email-note" />
          <div id="email-note">${this.#note(this.problems.email, '')}</div>
        </div>
        ${passwordField(
          { value: this.password, shown: this.shown, error: this.problems.password, fresh: true },
          {
            input: value => {
              this.password = value;
              if (this.problems.password) this.problems = { ...this.problems, password: '' };
            },
            toggle: () => {
              this.shown = !this.shown;
            },
          },
        )}
        <button class="button primary big wide" aria-disabled=${this.busy ? 'true' : 'false'}>
          ${this.busy ? html`<span class="spinner"></span>${texts.creating}` : texts.createAccount}
        </button>
      </form>
    `);
  }

  protected override firstUpdated(): void {
    this.#input(this.info.name ? 'password' : 'name').focus();
  }

  #note(problem: string, hint: string): TemplateResult | typeof nothing {
    if (problem) return html`<p class="problem">${icons.warning}<span>${problem}</span></p>`;
    return hint ? html`<p class="hint">${hint}</p>` : nothing;
  }

  #input(id: keyof Problems): HTMLInputElement {
    return this.renderRoot.querySelector<HTMLInputElement>(`#${id}`)!;
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.busy) return;
    const [name, email, password] = [this.#input('name'), this.#input('email'), this.#input('password')];
    this.password = password.value;
    const missing = charactersMissing(password.value);
    this.problems = {
      name: name.value.trim() ? '' : texts.needed,
      email: email.value.trim() && email.validity.valid ? '' : texts.emailNeeded,
      password: missing ? texts.passwordMissing(missing) : '',
    };
    this.problem = '';
    const first = [name, email, password].find(input => this.problems[input.id as keyof Problems]);
    if (first) return first.focus();
    this.busy = true;
    try {
      const { rep } = await ask('POST /api/rep/links/use', {
        body: {
          token: this.token,
          name: name.value.trim(),
          email: email.value.trim(),
          password: password.value,
        },
      });
      this.dispatchEvent(new CustomEvent('signed-in', { detail: rep }));
    } catch (error) {
      if (error instanceof ApiError && error.code === 'link-gone') this.dispatchEvent(new Event('link-gone'));
      else this.problem = apiErrorText(error);
    } finally {
      this.busy = false;
    }
  }
}

customElements.define('rep-link', RepLink);
