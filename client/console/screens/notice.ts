import { html, LitElement, type TemplateResult } from 'lit';
import { base, buttons, card } from '../../ui/styles.ts';
import { gate, gateStyles } from './gate.ts';

/** A full-page message with the one thing to do about it. Fires `act`. */
export class RepNotice extends LitElement {
  static override properties = { heading: {}, lead: {}, action: {} };
  declare heading: string;
  declare lead: string;
  declare action: string;

  static override styles = [base, card, buttons, gateStyles];

  protected override render(): TemplateResult {
    return gate(html`
      <h1 tabindex="-1">${this.heading}</h1>
      <p class="lead" role="status">${this.lead}</p>
      <form @submit=${this.#act}>
        <button class="button primary big wide">${this.action}</button>
      </form>
    `);
  }

  protected override firstUpdated(): void {
    this.renderRoot.querySelector('button')?.focus();
  }

  #act(event: Event): void {
    event.preventDefault();
    this.dispatchEvent(new Event('act'));
  }
}

customElements.define('rep-notice', RepNotice);
