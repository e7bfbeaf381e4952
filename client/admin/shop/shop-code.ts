import { css, html, LitElement, type TemplateResult } from 'lit';
import { base, buttons, fields } from '../../ui/styles.ts';
import '../code.ts';
import { bareChoice } from '../form/controls.ts';
import { adminTexts as texts } from '../texts.ts';
import { type ShopKind, shopCodes } from './shop-codes.ts';
import { shopWords } from './shop-words.ts';

const kinds = Object.keys(shopCodes) as ShopKind[];

/** The code of the button, and where it goes in a shop of that kind. */
export class RepShopCode extends LitElement {
  static override properties = {
    siteKey: { attribute: false },
    of: { attribute: false },
    kind: { state: true },
  };
  declare siteKey: string;
  /** The shop, where there are several to tell apart. */
  declare of: string;
  declare kind: ShopKind;

  static override styles = [
    base,
    buttons,
    fields,
    css`
      :host {
        display: grid;
        gap: 1rem;
      }

      ol {
        display: grid;
        gap: 0.375rem;
        margin: 0;
        padding-inline-start: 1.5rem;
        list-style: decimal;
        overflow-wrap: anywhere;
      }
    `,
  ];

  constructor() {
    super();
    this.kind = 'html';
  }

  protected override render(): TemplateResult {
    const code = shopCodes[this.kind];
    return html`
      ${bareChoice({
        label: texts.shopKind,
        value: this.kind,
        choices: kinds.map(value => ({ value, label: shopWords[value].name })),
        set: kind => {
          this.kind = kind as ShopKind;
        },
      })}
      <ol>${shopWords[this.kind].steps.map(step => html`<li>${step}</li>`)}</ol>
      <rep-code .label=${this.of ? texts.snippetLabelOf({ shop: this.of }) : texts.snippetLabel} .make=${(address: string) => code(address, this.siteKey)}></rep-code>
    `;
  }
}

customElements.define('rep-shop-code', RepShopCode);
