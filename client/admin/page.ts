import { html, LitElement, type PropertyDeclarations, type TemplateResult } from 'lit';
import { apiErrorText } from '../ui/api.ts';
import { icons } from '../ui/icons.ts';
import { adminTexts as texts } from './texts.ts';

type Phase<T> = { state: 'loading' } | { state: 'failed'; problem: string } | { state: 'ready'; data: T };

/** A page of the admin area: loads what it shows, says so when it cannot, and takes the focus to its heading. */
export abstract class AdminPage<T> extends LitElement {
  static override properties: PropertyDeclarations = { phase: { state: true } };
  declare protected phase: Phase<T>;
  #loading: Promise<void> = Promise.resolve();

  constructor() {
    super();
    this.phase = { state: 'loading' };
  }

  /** Something was changed here that is not saved. */
  get dirty(): boolean {
    return false;
  }

  /** Something would be lost by going away. */
  get unsaved(): boolean {
    return this.dirty;
  }

  /** Rejects with `ApiError`. */
  protected abstract load(): Promise<T>;
  protected abstract content(data: T): TemplateResult;

  override connectedCallback(): void {
    super.connectedCallback();
    this.reload();
  }

  /** Once there is a heading, the focus goes there. */
  async focusHeading(): Promise<void> {
    await this.#loading;
    await this.updateComplete;
    this.renderRoot.querySelector('h1')?.focus();
  }

  protected reload(): void {
    this.#loading = this.#load();
  }

  protected override render(): TemplateResult {
    const { phase } = this;
    switch (phase.state) {
      case 'loading':
        return html`<p class="loading" role="status">${texts.loading}</p>`;
      case 'failed':
        return html`<h1 tabindex="-1">${texts.loadFailed}</h1>
          <div class="note bad" role="alert">${icons.warning}<p>${phase.problem}</p>
            <button class="button small" @click=${() => this.reload()}>${texts.tryAgain}</button></div>`;
      case 'ready':
        return this.content(phase.data);
    }
    return phase satisfies never;
  }

  async #load(): Promise<void> {
    try {
      this.phase = { state: 'ready', data: await this.load() };
    } catch (error) {
      this.phase = { state: 'failed', problem: apiErrorText(error) };
    }
  }
}
