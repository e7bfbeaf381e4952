import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { LinkInfo } from '../../../shared/api/people.ts';
import { ApiError, apiErrorText, ask } from '../../ui/api.ts';
import { icons } from '../../ui/icons.ts';
import { base, buttons, card, fields, notes } from '../../ui/styles.ts';
import { commonTexts } from '../../ui/texts.ts';
import { isolated } from '../../ui/words.ts';
import { charactersMissing } from '../password.ts';
import { signInTexts as texts } from '../texts/sign-in.ts';
import { gate, gateStyles } from './gate.ts';
import { passwordField, passwordStyles } from './password-field.ts';

type Problems = { name: string; email: string; password: string };
const noProblems: Problems = { name: '', email: '', password: '' };

/**
 * What a one-time link is for: the first account, joining a team, joining another one with the password that the person
 * has, or a new password. Fires `signed-in` with the rep, `sign-in-needed` with words why, or `link-gone`.
 */
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

  static override styles = [
    base,
    card,
    buttons,
    fields,
    notes,
    gateStyles,
    passwordStyles,
    css`
      .whom {
        overflow-wrap: anywhere;
      }
    `,
  ];

  constructor() {
    super();
    this.password = '';
    this.shown = false;
    this.problem = '';
    this.problems = noProblems;
    this.busy = false;
  }

  /** The person is somebody here already: nothing but a password is asked for. */
  get #known(): boolean {
    return this.info.known || this.info.purpose === 'password';
  }

  /** The password is the one that the person has, not a new one. */
  get #has(): boolean {
    return this.info.known && this.info.purpose === 'invitation';
  }

  protected override render(): TemplateResult {
    const words = texts.link[this.#has ? 'known' : this.info.purpose];
    return gate(
      html`
      <h1>${words.title}</h1>
      <p class="lead">${words.lead}</p>
      <form novalidate @submit=${this.#submit}>
        <div role="alert" ?hidden=${!this.problem}>
          ${this.problem ? html`<div class="note bad">${icons.warning}<p>${this.problem}</p></div>` : nothing}
        </div>
        ${this.#known ? this.#whom() : this.#who()}
        ${passwordField(
          {
            ...{ value: this.password, shown: this.shown, error: this.problems.password, fresh: !this.#has },
            label: this.info.purpose === 'password' ? texts.newPassword : texts.password,
          },
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
          ${this.busy ? html`<span class="spinner"></span>${words.acting}` : words.act}
        </button>
      </form>
    `,
      this.token,
    );
  }

  /** Told, and kept for password managers, which look for whom a password is. */
  #whom(): TemplateResult {
    const { name, email } = this.info;
    return html`<p class="whom"><strong>${isolated(name)}</strong><br />${isolated(email)}</p>
      <input type="text" autocomplete="username" .value=${email} readonly hidden />`;
  }

  #who(): TemplateResult {
    return html`
      <div class="field">
        <label for="name">${texts.yourName}</label>
        <input id="name" name="name" autocomplete="name" maxlength="80" required .defaultValue=${this.info.name}
          aria-invalid=${this.problems.name ? 'true' : 'false'} aria-describedby="name-note" />
        <div id="name-note">${this.#note(this.problems.name, texts.nameHint)}</div>
      </div>
      <div class="field">
        <label for="email">${commonTexts.email}</label>
        <input id="email" name="email" type="email" dir="ltr" inputmode="email" autocomplete="username" required
          autocapitalize="off" spellcheck="false" .defaultValue=${this.info.email}
          aria-invalid=${this.problems.email ? 'true' : 'false'} aria-describedby="email-note" />
        <div id="email-note">${this.#note(this.problems.email, '')}</div>
      </div>
    `;
  }

  protected override firstUpdated(): void {
    this.#input(this.#known || this.info.name ? 'password' : 'name')?.focus();
  }

  #note(problem: string, hint: string): TemplateResult | typeof nothing {
    if (problem) return html`<p class="problem">${icons.warning}<span>${problem}</span></p>`;
    return hint ? html`<p class="hint">${hint}</p>` : nothing;
  }

  /** Null for what is not asked for. */
  #input(id: keyof Problems): HTMLInputElement | null {
    return this.renderRoot.querySelector<HTMLInputElement>(`#${id}`);
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.busy) return;
    const [name, email, password] = [this.#input('name'), this.#input('email'), this.#input('password')];
    const person = {
      name: name?.value.trim() ?? this.info.name,
      email: email?.value.trim() ?? this.info.email,
      // Read from the input: a password manager may fill it without an event.
      password: password?.value ?? '',
    };
    this.password = person.password;
    const missing = this.#has ? 0 : charactersMissing(person.password);
    this.problems = {
      name: person.name ? '' : commonTexts.needed,
      email: person.email && email?.validity.valid !== false ? '' : commonTexts.emailNeeded,
      password: missing ? texts.passwordMissing({ n: missing }) : person.password ? '' : commonTexts.needed,
    };
    this.problem = '';
    const first = [name, email, password].find(input => input && this.problems[input.id as keyof Problems]);
    if (first) return first.focus();
    this.busy = true;
    try {
      // What the first start has named in English is called in the language of the first admin.
      const names = { site: texts.firstShop, queue: commonTexts.firstQueue };
      const { rep } = await ask('POST /api/rep/links/use', {
        body: { token: this.token, ...person, ...(this.info.purpose === 'set-up' ? { names } : {}) },
      });
      this.dispatchEvent(new CustomEvent('signed-in', { detail: rep }));
    } catch (error) {
      if (error instanceof ApiError && error.code === 'link-gone') this.dispatchEvent(new Event('link-gone'));
      // Done, but a link is no way around the second factor.
      else if (error instanceof ApiError && error.code === 'code-needed')
        this.dispatchEvent(new CustomEvent('sign-in-needed', { detail: error.message }));
      else this.#refused(error);
    } finally {
      this.busy = false;
    }
  }

  /** What the server says of a field stands beside it. */
  #refused(error: unknown): void {
    if (error instanceof ApiError && error.field === 'password') {
      this.problems = { ...noProblems, password: error.message };
      this.#input('password')?.select();
    } else this.problem = apiErrorText(error);
  }
}

customElements.define('rep-link', RepLink);
