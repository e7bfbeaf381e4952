import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { ApiError, apiErrorText, ask } from '../../ui/api.ts';
import { icons } from '../../ui/icons.ts';
import { base, buttons, card, fields, notes } from '../../ui/styles.ts';
import { commonTexts } from '../../ui/texts.ts';
import { charactersMissing } from '../password.ts';
import { passwordField, passwordStyles } from '../screens/password-field.ts';
import { signInTexts } from '../texts/sign-in.ts';
import { accountStyles } from './account-styles.ts';
import { accountTexts as texts } from './texts.ts';

const ids = ['current', 'password'] as const;
type Id = (typeof ids)[number];
type Each<T> = Record<Id, T>;
const each = <T>(value: T): Each<T> => ({ current: value, password: value });

/** Changing one's own password. Fires `password-changed`, when all other sessions have ended. */
export class RepOwnPassword extends LitElement {
  static override properties = {
    email: { attribute: false },
    typed: { state: true },
    shown: { state: true },
    problems: { state: true },
    problem: { state: true },
    busy: { state: true },
    changed: { state: true },
  };
  /** Whose password it is, for password managers. */
  declare email: string;
  declare typed: Each<string>;
  declare shown: Each<boolean>;
  declare problems: Each<string>;
  declare problem: string;
  declare busy: boolean;
  declare changed: boolean;

  static override styles = [base, card, buttons, fields, notes, passwordStyles, accountStyles];

  constructor() {
    super();
    this.typed = each('');
    this.shown = each(false);
    this.problems = each('');
    this.problem = '';
    this.busy = false;
    this.changed = false;
  }

  protected override render(): TemplateResult {
    return html`<form class="card group" novalidate aria-labelledby="title" @submit=${this.#submit}>
      <div><h2 id="title">${texts.password}</h2><p>${texts.passwordLead}</p></div>
      <div role="alert" ?hidden=${!this.problem}>
        ${this.problem ? html`<div class="note bad">${icons.warning}<p>${this.problem}</p></div>` : nothing}
      </div>
      <input type="text" autocomplete="username" .value=${this.email} readonly hidden />
      ${this.#field('current', texts.currentPassword)} ${this.#field('password', signInTexts.newPassword)}
      <div class="end">
        <button class="button primary" aria-disabled=${this.busy ? 'true' : 'false'}>
          ${this.busy ? html`<span class="spinner"></span>` : nothing}${texts.changePassword}
        </button>
        <p role="status" class="done">${this.changed ? html`${icons.check}${texts.passwordChanged}` : nothing}</p>
      </div>
    </form>`;
  }

  #field(id: Id, label: string): TemplateResult {
    return passwordField(
      {
        ...{ id, label, value: this.typed[id], shown: this.shown[id], error: this.problems[id] },
        fresh: id === 'password',
      },
      {
        input: value => {
          this.typed = { ...this.typed, [id]: value };
          this.problems = { ...this.problems, [id]: '' };
          this.changed = false;
        },
        toggle: () => {
          this.shown = { ...this.shown, [id]: !this.shown[id] };
        },
      },
    );
  }

  #input(id: Id): HTMLInputElement {
    return this.renderRoot.querySelector<HTMLInputElement>(`#${id}`)!;
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.busy) return;
    // Read from the inputs: a password manager may fill them without an event.
    const [current, password] = [this.#input('current').value, this.#input('password').value];
    const missing = charactersMissing(password);
    this.typed = { current, password };
    this.changed = false;
    this.problem = '';
    this.#tell({
      current: current ? '' : commonTexts.needed,
      password: missing ? signInTexts.passwordMissing({ n: missing }) : '',
    });
    if (ids.some(id => this.problems[id])) return;
    this.busy = true;
    try {
      await ask('PUT /api/rep/password', { body: { current, password } });
      this.typed = each('');
      this.shown = each(false);
      this.changed = true;
      this.dispatchEvent(new Event('password-changed'));
    } catch (error) {
      const field = error instanceof ApiError && ids.find(id => id === error.field);
      if (field && error.message) this.#tell({ ...each(''), [field]: error.message });
      else this.problem = apiErrorText(error);
    }
    this.busy = false;
  }

  /** The first that is wrong gets the focus. */
  #tell(problems: Each<string>): void {
    this.problems = problems;
    const first = ids.find(id => problems[id]);
    if (first) this.#input(first).focus();
  }
}

customElements.define('rep-own-password', RepOwnPassword);
