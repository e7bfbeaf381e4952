import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Rep } from '../../../shared/api/people.ts';
import { ApiError, apiErrorText, ask } from '../../ui/api.ts';
import { icons } from '../../ui/icons.ts';
import { base, buttons, card, fields, notes } from '../../ui/styles.ts';
import { commonTexts } from '../../ui/texts.ts';
import { passwordField, passwordStyles } from '../screens/password-field.ts';
import { accountStyles } from './account-styles.ts';
import { accountTexts as texts } from './texts.ts';

type Field = 'name' | 'email' | 'password';
type Problem = { field: Field | ''; words: string };
const noProblem: Problem = { field: '', words: '' };

/** One's own name and e-mail address; the address for the password. Fires `rep-changed` with the rep. */
export class RepOwnDetails extends LitElement {
  static override properties = {
    rep: { attribute: false },
    email: { state: true },
    password: { state: true },
    shown: { state: true },
    problem: { state: true },
    busy: { state: true },
    saved: { state: true },
  };
  declare rep: Rep;
  /** As typed; null while it was not touched. */
  declare email: string | null;
  declare password: string;
  declare shown: boolean;
  declare problem: Problem;
  declare busy: boolean;
  declare saved: boolean;

  static override styles = [base, card, buttons, fields, notes, passwordStyles, accountStyles];

  constructor() {
    super();
    this.email = null;
    this.password = '';
    this.shown = false;
    this.problem = noProblem;
    this.busy = false;
    this.saved = false;
  }

  get #otherEmail(): boolean {
    return this.email !== null && this.email.trim().toLowerCase() !== this.rep.email;
  }

  protected override render(): TemplateResult {
    const { problem, rep } = this;
    return html`<form class="card group" novalidate aria-labelledby="title" @submit=${this.#submit} @input=${this.#typed}>
      <h2 id="title">${texts.nameAndEmail}</h2>
      <div role="alert" ?hidden=${problem.words === '' || problem.field !== ''}>
        ${problem.field === '' && problem.words ? html`<div class="note bad">${icons.warning}<p>${problem.words}</p></div>` : nothing}
      </div>
      <div class="field">
        <label for="name">${texts.name}</label>
        <input id="name" autocomplete="name" maxlength="80" required .value=${rep.name}
          aria-invalid=${problem.field === 'name' ? 'true' : 'false'} aria-describedby="name-note" />
        <div id="name-note">${this.#note('name') ?? html`<p class="hint">${texts.nameHint}</p>`}</div>
      </div>
      <div class="field">
        <label for="email">${commonTexts.email}</label>
        <input id="email" type="email" dir="ltr" inputmode="email" autocomplete="username" required autocapitalize="off"
          spellcheck="false" .value=${rep.email}
          aria-invalid=${problem.field === 'email' ? 'true' : 'false'} aria-describedby="email-note" />
        <div id="email-note">${this.#note('email') ?? nothing}</div>
      </div>
      ${
        this.#otherEmail
          ? html`<p class="hint">${texts.ownPasswordLead}</p>${passwordField(
              {
                ...{ value: this.password, shown: this.shown, fresh: false, label: texts.ownPassword },
                error: problem.field === 'password' ? problem.words : '',
              },
              {
                input: value => {
                  this.password = value;
                },
                toggle: () => {
                  this.shown = !this.shown;
                },
              },
            )}`
          : nothing
      }
      <div class="end">
        <button class="button primary" aria-disabled=${this.busy ? 'true' : 'false'}>
          ${this.busy ? html`<span class="spinner"></span>` : nothing}${texts.save}
        </button>
        <p role="status" class="done">${this.saved ? html`${icons.check}${texts.saved}` : nothing}</p>
      </div>
    </form>`;
  }

  #note(field: Field): TemplateResult | null {
    const { problem } = this;
    if (problem.field !== field) return null;
    return html`<p class="problem">${icons.warning}<span>${problem.words}</span></p>`;
  }

  #input(id: Field): HTMLInputElement | null {
    return this.renderRoot.querySelector<HTMLInputElement>(`#${id}`);
  }

  #typed(event: Event): void {
    const { id, value } = event.composedPath()[0] as HTMLInputElement;
    if (id === 'email') this.email = value;
    if (id === this.problem.field) this.problem = noProblem;
    this.saved = false;
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.busy) return;
    const [name, email] = [this.#input('name')!, this.#input('email')!];
    this.email = email.value;
    this.saved = false;
    await this.updateComplete;
    const password = this.#otherEmail ? (this.#input('password')?.value ?? '') : undefined;
    const problem = this.#mistake(name, email, password);
    if (problem) return this.#tell(problem);
    this.problem = noProblem;
    this.busy = true;
    try {
      const { rep } = await ask('PATCH /api/rep/me', {
        body: {
          name: name.value.trim(),
          ...(password === undefined ? {} : { email: email.value.trim(), password }),
        },
      });
      this.email = null;
      this.password = '';
      this.saved = true;
      this.dispatchEvent(new CustomEvent('rep-changed', { detail: rep, bubbles: true, composed: true }));
    } catch (error) {
      this.#tell(problemOf(error));
    }
    this.busy = false;
  }

  #mistake(name: HTMLInputElement, email: HTMLInputElement, password: string | undefined): Problem | null {
    if (!name.value.trim()) return { field: 'name', words: texts.nameNeeded };
    if (!email.value.trim() || !email.validity.valid)
      return { field: 'email', words: commonTexts.emailNeeded };
    return password === '' ? { field: 'password', words: commonTexts.needed } : null;
  }

  #tell(problem: Problem): void {
    this.problem = problem;
    if (problem.field) this.#input(problem.field)?.focus();
  }
}

/** The server's own words, beside the input that it names. */
function problemOf(error: unknown): Problem {
  if (error instanceof ApiError && ['name', 'email', 'password'].includes(error.field) && error.message)
    return { field: error.field as Field, words: error.message };
  return { field: '', words: apiErrorText(error) };
}

customElements.define('rep-own-details', RepOwnDetails);
