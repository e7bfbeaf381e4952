import { html, LitElement, type TemplateResult } from 'lit';
import { base, buttons, dialogs } from '../ui/styles.ts';
import { adminTexts as texts } from './texts.ts';

export type Question = { title: string; lead: string; yes: string; no: string };

const none: Question = { title: '', lead: '', yes: '', no: '' };

/** Asks before something that cannot be undone. Escape and a click beside it mean no. */
export class RepConfirm extends LitElement {
  static override properties = { question: { state: true } };
  declare question: Question;
  #answer: ((yes: boolean) => void) | undefined;

  static override styles = [base, buttons, dialogs];

  constructor() {
    super();
    this.question = none;
  }

  async ask(question: Question): Promise<boolean> {
    this.#answer?.(false);
    this.question = question;
    await this.updateComplete;
    const dialog = this.renderRoot.querySelector('dialog')!;
    dialog.returnValue = '';
    if (!dialog.open) dialog.showModal();
    return new Promise(resolve => {
      this.#answer = resolve;
    });
  }

  protected override render(): TemplateResult {
    const { title, lead, yes, no } = this.question;
    return html`<dialog aria-labelledby="title" aria-describedby="lead" @close=${this.#closed} @click=${this.#outside}>
      <form method="dialog">
        <div class="dialog-head"><div><h2 id="title">${title || texts.settings}</h2><p id="lead">${lead}</p></div></div>
        <div class="dialog-body"><div class="dialog-actions">
          <button class="button" value="">${no}</button>
          <button class="button stop" value="yes">${yes}</button>
        </div></div>
      </form>
    </dialog>`;
  }

  #closed(event: Event): void {
    this.#answer?.((event.target as HTMLDialogElement).returnValue === 'yes');
    this.#answer = undefined;
  }

  /** A click on the backdrop is a click on the dialog itself. */
  #outside(event: MouseEvent): void {
    if (event.target instanceof HTMLDialogElement) event.target.close('');
  }
}

customElements.define('rep-confirm', RepConfirm);

/** The one dialog of the admin area, from any of its pages. */
export function confirm(from: Element, question: Question): Promise<boolean> {
  const asked = new CustomEvent<{ question: Question; answer?: Promise<boolean> }>('confirm', {
    detail: { question },
    bubbles: true,
    composed: true,
  });
  from.dispatchEvent(asked);
  return asked.detail.answer ?? Promise.resolve(false);
}
