import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { ApiError, apiErrorText, ask } from '../ui/api.ts';
import { icons } from '../ui/icons.ts';
import { base, buttons, fields, notes } from '../ui/styles.ts';
import { twoFactorTexts as texts } from './texts.ts';

type State = { on: boolean; required: boolean; recoveryCodesLeft: number };
type Secret = { secret: string; qr: string };
type Step =
  | { at: 'loading' }
  | { at: 'state'; state: State }
  | { at: 'scan'; secret: Secret }
  | { at: 'codes'; codes: readonly string[] };

/** Fewer recovery codes are worth a hint. */
const few = 3;

/**
 * Switching one's own two-factor sign-in on and off. Stands wherever it is put; `password` when it was just typed, so that
 * it is not asked for again: setting up then begins at once. Fires `two-factor-changed` when what was begun is done.
 */
export class RepTwoFactor extends LitElement {
  static override properties = {
    password: { attribute: false },
    step: { state: true },
    problem: { state: true },
    busy: { state: true },
    copying: { state: true },
  };
  declare password: string;
  declare step: Step;
  declare problem: string;
  declare busy: boolean;
  declare copying: '' | 'copied' | 'failed';

  static override styles = [
    base,
    buttons,
    fields,
    notes,
    css`
      :host,
      form {
        display: grid;
        /* A long word or code may not widen what stands around. */
        grid-template-columns: minmax(0, 1fr);
        gap: 1rem;
      }

      .button {
        white-space: normal;
      }

      h2 {
        font-size: 1rem;
      }

      .lead {
        color: var(--ink-2);
      }

      .qr {
        display: block;
        width: min(13rem, 100%);
        margin-inline: auto;
        /* Readers want a light ground in dark schemes too. */
        background: #fff;
        border-radius: var(--radius-m);
      }

      code {
        display: block;
        overflow-wrap: anywhere;
        font: 600 0.9375rem/1.5 ui-monospace, monospace;
      }

      .codes {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(11.5rem, 1fr));
        gap: 0.25rem 1rem;
        padding: 0.75rem 1rem;
        border: 1px solid var(--line);
        border-radius: var(--radius-m);
      }

      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem;
      }
    `,
  ];

  constructor() {
    super();
    this.password = '';
    this.step = { at: 'loading' };
    this.problem = '';
    this.busy = false;
    this.copying = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.password) void this.#try(() => this.#begin(this.password));
    else void this.#load();
  }

  protected override render(): TemplateResult {
    return html`
      <div role="alert" ?hidden=${!this.problem}>
        ${this.problem ? html`<div class="note bad">${icons.warning}<p>${this.problem}</p></div>` : nothing}
      </div>
      ${this.#shown()}
    `;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get('step');
    // Standing on a page it takes the focus from nobody; where it is all that is left, it has it.
    if (!before || before.at === this.step.at || (before.at === 'loading' && !this.password)) return;
    // Whoever hears the page instead of seeing it is told of the new step.
    this.renderRoot.querySelector<HTMLElement>('[tabindex="-1"]')?.focus();
  }

  #shown(): TemplateResult {
    const { step } = this;
    switch (step.at) {
      case 'loading':
        return html`<p role="status">${this.problem ? nothing : texts.working}</p>`;
      case 'state':
        return this.#state(step.state);
      case 'scan':
        return this.#scan(step.secret);
      case 'codes':
        return this.#codes(step.codes);
    }
    return step satisfies never;
  }

  #state({ on, required, recoveryCodesLeft: left }: State): TemplateResult {
    return html`<form novalidate @submit=${this.#submit(() => this.#begin(this.#value('password')))}>
      <h2 tabindex="-1">${texts.title}</h2>
      <p class="lead">${on ? texts.on({ left }) : texts.off}</p>
      ${on && left < few ? html`<div class="note warn">${icons.warning}<p>${texts.fewLeft}</p></div>` : nothing}
      <div class="field">
        <label for="password">${texts.yourPassword}</label>
        <input id="password" dir="ltr" type="password" autocomplete="current-password" required />
      </div>
      <div class="actions">
        ${this.#button(on ? texts.anotherPhone : texts.setUp)}
        ${
          on
            ? html`<button type="button" class="button" @click=${this.#submit(this.#renew)}>${texts.newCodes}</button>`
            : nothing
        }
        ${
          on && !required
            ? html`<button type="button" class="button stop-line" @click=${this.#submit(this.#off)}>${texts.switchOff}</button>`
            : nothing
        }
      </div>
      ${on && required ? html`<p class="hint">${texts.required}</p>` : nothing}
    </form>`;
  }

  #scan({ secret, qr }: Secret): TemplateResult {
    return html`<form novalidate @submit=${this.#submit(this.#confirm)}>
      <h2 tabindex="-1">${texts.scanTitle}</h2>
      <p class="lead">${texts.scanLead}</p>
      <img class="qr" alt=${texts.qr} src=${`data:image/svg+xml,${encodeURIComponent(qr)}`} />
      <p class="hint">${texts.byHand}</p>
      <code dir="ltr">${secret.match(/.{1,4}/g)?.join(' ')}</code>
      <div class="field">
        <label for="code">${texts.code}</label>
        <input id="code" dir="ltr" inputmode="numeric" autocomplete="one-time-code" maxlength="7" required />
      </div>
      <div class="actions">
        ${this.#button(texts.switchOn)}
        ${this.password ? nothing : html`<button type="button" class="button quiet" @click=${this.#load}>${texts.cancel}</button>`}
      </div>
    </form>`;
  }

  #codes(codes: readonly string[]): TemplateResult {
    const said = { '': '', copied: texts.copied, failed: texts.copyFailed }[this.copying];
    return html`
      <h2 tabindex="-1">${texts.codesTitle}</h2>
      <p class="lead">${texts.codesLead}</p>
      <ul class="codes">${codes.map(code => html`<li><code dir="ltr">${code}</code></li>`)}</ul>
      <p class="hint" role="status">${said}</p>
      <div class="actions">
        <button type="button" class="button primary" @click=${this.#done}>${texts.kept}</button>
        <button type="button" class="button" @click=${() => this.#copy(codes)}>${texts.copyCodes}</button>
      </div>
    `;
  }

  #button(words: string): TemplateResult {
    return html`<button class="button primary" aria-disabled=${this.busy ? 'true' : 'false'}>
      ${this.busy ? html`<span class="spinner"></span>${texts.working}` : words}
    </button>`;
  }

  async #read(): Promise<void> {
    this.step = { at: 'state', state: await ask('GET /api/rep/two-factor') };
  }

  readonly #load = (): Promise<void> => this.#try(() => this.#read());

  async #begin(password: string): Promise<void> {
    this.step = { at: 'scan', secret: await ask('POST /api/rep/two-factor', { body: { password } }) };
  }

  readonly #confirm = async (): Promise<void> => {
    const { recoveryCodes } = await ask('PUT /api/rep/two-factor', { body: { code: this.#value('code') } });
    this.step = { at: 'codes', codes: recoveryCodes };
  };

  readonly #renew = async (): Promise<void> => {
    const body = { password: this.#value('password') };
    const { recoveryCodes } = await ask('POST /api/rep/two-factor/recovery-codes', { body });
    this.step = { at: 'codes', codes: recoveryCodes };
  };

  readonly #off = async (): Promise<void> => {
    await ask('POST /api/rep/two-factor/off', { body: { password: this.#value('password') } });
    this.dispatchEvent(new Event('two-factor-changed'));
    await this.#read();
  };

  readonly #done = (): void => {
    this.dispatchEvent(new Event('two-factor-changed'));
    void this.#load();
  };

  async #copy(codes: readonly string[]): Promise<void> {
    // Plain http on a LAN has no clipboard.
    const copied = await navigator.clipboard?.writeText(codes.join('\n')).then(
      () => true,
      () => false,
    );
    this.copying = copied ? 'copied' : 'failed';
  }

  #value(id: 'password' | 'code'): string {
    return this.renderRoot.querySelector<HTMLInputElement>(`#${id}`)?.value ?? '';
  }

  #submit(act: () => Promise<void>): (event: Event) => void {
    return event => {
      event.preventDefault();
      void this.#try(act);
    };
  }

  async #try(act: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.problem = '';
    try {
      await act();
    } catch (error) {
      // The server's own words say which of the two it was.
      const own = error instanceof ApiError && error.code === 'wrong-credentials' ? error.message : '';
      this.problem = own || apiErrorText(error);
      this.renderRoot.querySelector<HTMLInputElement>('input')?.select();
    } finally {
      this.busy = false;
    }
  }
}

customElements.define('rep-two-factor', RepTwoFactor);
