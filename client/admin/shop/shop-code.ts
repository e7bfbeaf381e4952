import { css, html, LitElement, type TemplateResult } from 'lit';
import { base, buttons, fields } from '../../ui/styles.ts';
import '../code.ts';
import { bareChoice } from '../form/controls.ts';
import { adminTexts as texts } from '../texts.ts';
import { type ShopKind, type ShopKindName, shopKinds } from './shop-kinds.ts';

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
  declare kind: ShopKindName;

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
    const { steps, code }: ShopKind = shopKinds[this.kind];
    return html`
      ${bareChoice({
        label: texts.shopKind,
        value: this.kind,
        choices: Object.entries(shopKinds).map(([value, { name }]) => ({ value, label: name })),
        set: kind => {
          this.kind = kind as ShopKindName;
        },
      })}
      <ol>${steps.map(step => html`<li>${step}</li>`)}</ol>
      <rep-code .label=${[texts.snippetLabel, this.of].filter(Boolean).join(': ')} .make=${(address: string) => code(address, this.siteKey)}></rep-code>
    `;
  }
}

customElements.define('rep-shop-code', RepShopCode);
