import { html, nothing, type TemplateResult } from 'lit';
import '../live/live-button.ts';
import { FirstRunStepElement } from './step.ts';

/** Whether the button works on a page of the shop. */
export class RepFirstLive extends FirstRunStepElement {
  protected override render(): TemplateResult | typeof nothing {
    const { site } = this.context;
    if (!site) return nothing;
    return html`<rep-live-button .site=${site.id} .url=${site.allowedOrigins[0] ?? ''} @live=${this.#live}></rep-live-button>`;
  }

  readonly #live = () => this.proven();
}

customElements.define('rep-first-live', RepFirstLive);
