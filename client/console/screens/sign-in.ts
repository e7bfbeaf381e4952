import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Rep } from '../../../shared/api/people.ts';
import '../../account/two-factor.ts';
import { ApiError, apiErrorText, ask } from '../../ui/api.ts';
import { icons } from '../../ui/icons.ts';
import { base, buttons, card, fields, notes } from '../../ui/styles.ts';
import { commonTexts } from '../../ui/texts.ts';
import { takeSignInProblem, wayTexts } from '../texts/sign-in-ways.ts';
import { gate, gateStyles } from './gate.ts';
import { passwordField, passwordStyles } from './password-field.ts';

/** What is asked for. A team may ask for a second factor that is to be set up first: `rep` is who waits for that. */
type Step = { ask: 'password' } | { ask: 'code'; recovery: boolean } | { ask: 'set-up'; rep: Rep };

/** Between the two ways, and below the code. */
const wayStyles = css`
  .password-step {
    display: grid;
    gap: 1.125rem;
  }

  .or {
    display: flex;
    gap: 0.75rem;
    align-items: center;
    margin-block: 1rem;
    color: var(--ink-3);
    font-size: var(--small);
  }

  .or::before,
  .or::after {
    content: '';
    flex: 1;
    border-top: 1px solid var(--line);
  }

  a.button {
    text-decoration: none;
    white-space: normal;
  }

  .others {
    display: flex;
    flex-wrap: wrap;
    gap: 0 1.5rem;
    margin-top: 1rem;
    font-size: var(--small);
  }

  .set-up {
    margin-top: 1.5rem;
  }
`;

/** E-mail and password, then a code where one is needed; or the sign-in provider. Fires `signed-in` with the rep. */
export class RepSignIn extends LitElement {
  static override properties = {
    told: {},
    password: { state: true },
    shown: { state: true },
    problem: { state: true },
    missing: { state: true },
    busy: { state: true },
    step: { state: true },
    provider: { state: true },
  };
  /** What whoever is brought here is told, until they try; empty for nothing. */
  declare told: string;
  declare password: string;
  declare shown: boolean;
  declare problem: string;
  declare missing: { email: string; password: string };
  declare busy: boolean;
  declare step: Step;
  /** How the sign-in provider is called; empty for none. */
  declare provider: string;

  static override styles = [base, card, buttons, fields, notes, gateStyles, passwordStyles, wayStyles];

  constructor() {
    super();
    this.told = '';
    this.password = '';
    this.shown = false;
    this.problem = '';
    this.missing = { email: '', password: '' };
    this.busy = false;
    this.step = { ask: 'password' };
    this.provider = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.problem = takeSignInProblem();
    void this.#askForProvider();
  }

  protected override render(): TemplateResult {
    const { step } = this;
    if (step.ask === 'set-up')
      return gate(html`
        <h1>${wayTexts.setUpTitle}</h1>
        <p class="lead">${wayTexts.setUpLead}</p>
        <rep-two-factor class="set-up" .password=${this.password}
          @two-factor-changed=${() => this.#signedIn(step.rep)}></rep-two-factor>
      `);
    const asksCode = step.ask === 'code';
    const lead = asksCode ? (step.recovery ? wayTexts.recoveryLead : wayTexts.codeLead) : wayTexts.signInLead;
    return gate(html`
      <h1>${asksCode ? wayTexts.codeTitle : wayTexts.signInTitle}</h1>
      <p class="lead">${lead}</p>
      <form novalidate @submit=${this.#submit}>
        <div role="alert" ?hidden=${!this.problem && !this.told}>${this.#note()}</div>
        <div class="password-step" ?hidden=${asksCode}>${this.#passwordStep()}</div>
        ${asksCode ? this.#codeStep(step.recovery) : nothing}
        <button class="button primary big wide" aria-disabled=${this.busy ? 'true' : 'false'}>
          ${this.busy ? html`<span class="spinner"></span>${wayTexts.signingIn}` : wayTexts.signIn}
        </button>
      </form>
      ${asksCode ? this.#otherWays(step.recovery) : this.#byProvider()}
      ${asksCode ? nothing : html`<p class="foot">${wayTexts.noAccount}</p>`}
    `);
  }

  #note(): TemplateResult | typeof nothing {
    if (this.problem) return html`<div class="note bad">${icons.warning}<p>${this.problem}</p></div>`;
    return this.told ? html`<div class="note info">${icons.info}<p>${this.told}</p></div>` : nothing;
  }

  /** Stays, hidden, while a code is asked for, so that password managers see one sign-in. */
  #passwordStep(): TemplateResult {
    return html`
      <div class="field">
        <label for="email">${commonTexts.email}</label>
        <input id="email" name="email" type="email" dir="ltr" inputmode="email" autocomplete="username" required
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
    `;
  }

  #codeStep(recovery: boolean): TemplateResult {
    return html`<div class="field">
      <label for="code">${recovery ? wayTexts.recoveryCode : wayTexts.code}</label>
      <input id="code" name="code" dir="ltr" inputmode=${recovery ? 'text' : 'numeric'} required
        autocomplete=${recovery ? 'off' : 'one-time-code'} autocapitalize="off" spellcheck="false"
        aria-invalid=${this.problem ? 'true' : 'false'} />
    </div>`;
  }

  #otherWays(recovery: boolean): TemplateResult {
    return html`<div class="others">
      <button class="link" @click=${() => this.#askCode(!recovery)}>
        ${recovery ? wayTexts.useApp : wayTexts.useRecoveryCode}
      </button>
      <button class="link" @click=${this.#startAgain}>${wayTexts.somebodyElse}</button>
    </div>`;
  }

  #byProvider(): TemplateResult | typeof nothing {
    if (!this.provider) return nothing;
    return html`<p class="or"><span>${wayTexts.or}</span></p>
      <a class="button big wide" href="/api/rep/oidc/start">${wayTexts.signInWith({ provider: this.provider })}</a>`;
  }

  protected override firstUpdated(): void {
    this.renderRoot.querySelector<HTMLInputElement>('#email')?.focus();
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.busy) return;
    const email = this.renderRoot.querySelector<HTMLInputElement>('#email')!;
    // Read from the input: a password manager may fill it without an event.
    const password = this.renderRoot.querySelector<HTMLInputElement>('#password')!;
    this.password = password.value;
    this.missing = {
      email: email.value.trim() && email.validity.valid ? '' : commonTexts.emailNeeded,
      password: password.value ? '' : commonTexts.needed,
    };
    this.problem = '';
    this.told = '';
    if (this.missing.email) return email.focus();
    if (this.missing.password) return password.focus();
    const code = this.renderRoot.querySelector<HTMLInputElement>('#code');
    if (code && !code.value.trim()) {
      this.problem = commonTexts.needed;
      return code.focus();
    }
    this.busy = true;
    try {
      const { rep, setUpTwoFactor } = await ask('POST /api/rep/sign-in', {
        body: {
          ...{ email: email.value.trim(), password: password.value },
          ...(code ? { code: code.value } : {}),
        },
      });
      if (!setUpTwoFactor) return this.#signedIn(rep);
      this.step = { ask: 'set-up', rep };
    } catch (error) {
      if (error instanceof ApiError && error.code === 'code-needed') return this.#askCode(false);
      this.problem = apiErrorText(error);
      (code ?? password).select();
    } finally {
      this.busy = false;
    }
  }

  #askCode(recovery: boolean): void {
    this.problem = '';
    this.step = { ask: 'code', recovery };
    void this.#focus('#code');
  }

  readonly #startAgain = (): void => {
    this.problem = '';
    this.password = '';
    this.step = { ask: 'password' };
    void this.#focus('#email');
  };

  async #focus(input: string): Promise<void> {
    await this.updateComplete;
    const found = this.renderRoot.querySelector<HTMLInputElement>(input);
    found?.focus();
    found?.select();
  }

  /** Without an answer people sign in with their passwords, which then is told to be unreachable too. */
  async #askForProvider(): Promise<void> {
    const { provider } = await ask('GET /api/rep/sign-in-ways').catch(() => ({ provider: null }));
    this.provider = provider ?? '';
  }

  #signedIn(rep: Rep): void {
    this.dispatchEvent(new CustomEvent('signed-in', { detail: rep }));
  }
}

customElements.define('rep-sign-in', RepSignIn);
