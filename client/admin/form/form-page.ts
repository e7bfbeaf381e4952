import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { icons } from '../../ui/icons.ts';
import { AdminPage } from '../page.ts';
import { adminTexts as texts } from '../texts.ts';
import { same } from './draft.ts';
import { nearest, type Problem, problemOf } from './problem.ts';

/** How long “Saved” stands there. */
const savedShownMs = 5_000;

/** A page whose changes are kept in a draft until they are saved, all at once, or discarded. */
export abstract class FormPage<T extends object> extends AdminPage<T> {
  static override properties: PropertyDeclarations = {
    draft: { state: true },
    saving: { state: true },
    problem: { state: true },
    saved: { state: true },
  };
  /** Null while nothing was changed. */
  declare protected draft: T | null;
  declare protected saving: boolean;
  declare protected problem: Problem | null;
  /** Saved just now, and not changed since. */
  declare protected saved: boolean;

  #fading: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.draft = null;
    this.saving = false;
    this.problem = null;
    this.saved = false;
  }

  override get dirty(): boolean {
    return this.phase.state === 'ready' && this.draft !== null && !same(this.phase.data, this.draft);
  }

  /**
   * Send what was changed, and yield what counts from then on after each answer: it is saved, whatever comes of the
   * requests after it. Rejects with `ApiError`.
   */
  protected abstract store(draft: T, before: T): AsyncGenerator<T, void>;
  protected abstract form(draft: T): TemplateResult;

  protected change(change: Partial<T>): void {
    if (this.phase.state !== 'ready') return;
    this.draft = { ...(this.draft ?? this.phase.data), ...change };
    this.saved = false;
  }

  protected override content(data: T): TemplateResult {
    return html`<form novalidate @submit=${this.#submit} @input=${this.#typed} @change=${this.#typed}>${this.form(this.draft ?? data)}${this.#bar()}</form>`;
  }

  /** What the server did not take is being changed: whether it takes that is known with the next save. */
  #typed(event: Event): void {
    const { field } = this.problem ?? {};
    const place = field && this.#findField(field);
    if (place && event.target instanceof Node && place.contains(event.target)) this.problem = null;
  }

  #bar(): TemplateResult {
    const { dirty, problem, saving } = this;
    const words = dirty ? texts.unsaved : this.saved ? texts.saved : '';
    return html`<div class="save-bar" ?data-dirty=${dirty} ?data-done=${!dirty && words !== ''}>
      <div class="words">
        <p role="status" class="state" tabindex="-1">${this.saved && !dirty ? icons.check : nothing}<span>${words}</span></p>
        <p class="problem" role="alert">${problem && dirty ? this.#problemWords(problem) : ''}</p>
      </div>
      ${
        dirty
          ? html`<button type="button" class="button quiet" @click=${() => this.discard()}>${texts.discard}</button>
              <button class="button primary" aria-disabled=${saving ? 'true' : 'false'}>
                ${saving ? html`<span class="spinner"></span>` : nothing}${texts.save}
              </button>`
          : nothing
      }
    </div>`;
  }

  #problemWords({ message, field }: Problem): string {
    return field && this.#findField(field) ? texts.notSavedField : texts.notSaved({ why: message });
  }

  discard(): void {
    this.draft = null;
    this.problem = null;
    this.saved = false;
    void this.updateComplete.then(() => this.#focusBar());
  }

  /** The button that was pressed is gone; the words beside it stay. */
  #focusBar(): void {
    this.renderRoot.querySelector<HTMLElement>('.save-bar .state')?.focus({ preventScroll: true });
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const { draft, phase } = this;
    if (this.saving || !this.dirty || draft === null || phase.state !== 'ready') return;
    this.saving = true;
    this.problem = null;
    try {
      for await (const data of this.store(draft, phase.data)) this.phase = { state: 'ready', data };
      // Whatever was typed meanwhile is a change of what was just saved.
      if (this.draft === draft) this.draft = null;
      this.#sayItIsSaved();
    } catch (error) {
      this.problem = problemOf(error);
    }
    this.saving = false;
    await this.updateComplete;
    if (this.problem === null) this.#focusBar();
    else if (this.problem.field) this.#focus(this.problem.field);
  }

  /** For long enough to be read; then it is out of the way. */
  #sayItIsSaved(): void {
    this.saved = true;
    clearTimeout(this.#fading);
    this.#fading = setTimeout(() => {
      this.saved = false;
    }, savedShownMs);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#fading);
  }

  #findField(field: string): Element | null {
    for (const path of nearest(field)) {
      const found = this.renderRoot.querySelector(`[data-field="${CSS.escape(path)}"]`);
      if (found) return found;
    }
    return null;
  }

  #focus(field: string): void {
    const place = this.#findField(field);
    for (let around = place; around; around = around.parentElement)
      if (around instanceof HTMLDetailsElement) around.open = true;
    place?.querySelector<HTMLElement>('[aria-invalid=true], input, select, textarea, button')?.focus();
  }
}
