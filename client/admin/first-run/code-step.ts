import { html, nothing, type TemplateResult } from 'lit';
import '../shop/shop-code.ts';
import { FirstRunStepElement } from './step.ts';

/** The code of the button, for the kind of shop that it goes into. */
export class RepFirstCode extends FirstRunStepElement {
  protected override render(): TemplateResult | typeof nothing {
    const { site } = this.context;
    return site ? html`<rep-shop-code .siteKey=${site.key} .of=${''}></rep-shop-code>` : nothing;
  }
}

customElements.define('rep-first-code', RepFirstCode);
