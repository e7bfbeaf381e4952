import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { CallContext } from '../../../shared/call-context.ts';
import type { CallCard } from '../../../shared/views.ts';
import { imagePath } from '../../../shared/wire.ts';
import { askToBlock, blockAskOf } from '../../ui/block/ask.ts';
import { blockTexts } from '../../ui/block/texts.ts';
import { icons } from '../../ui/icons.ts';
import { safeLink } from '../../ui/safe-link.ts';
import { base, buttons, card } from '../../ui/styles.ts';
import { facts, figure, isolated, tag } from '../../ui/words.ts';
import { texts } from '../texts.ts';

/**
 * What the shop told about the visit: page, cart, anything else. All of it comes from a stranger's browser, so it
 * is shown as text, and as links only where they lead to web pages.
 */
export class RepCallCard extends LitElement {
  static override properties = { call: { attribute: false }, talking: { type: Boolean } };
  declare call: CallCard;
  /** The rep talks to the shopper now. */
  declare talking: boolean;

  static override styles = [
    base,
    buttons,
    card,
    css`
      .card {
        overflow: clip;
      }

      header,
      .part {
        padding: 1.25rem 1.5rem;
      }

      header {
        display: flex;
        flex-wrap: wrap;
        gap: 0.25rem 1rem;
        align-items: baseline;
        justify-content: space-between;
      }

      h2 {
        font-size: var(--large);
      }

      header p {
        color: var(--ink-3);
        font-size: var(--small);
      }

      .shop {
        display: inline-block;
        width: 1.125rem;
        height: 1.125rem;
        margin-inline-end: 0.375rem;
        border-radius: 0.25rem;
        background: #fff;
        object-fit: contain;
        vertical-align: -0.25em;
      }

      .part {
        border-top: 1px solid var(--line);
      }

      h3 {
        display: flex;
        gap: 0.5rem;
        align-items: center;
        margin-bottom: 0.5rem;
        color: var(--ink-3);
        font-size: var(--small);
        font-weight: 600;
        letter-spacing: 0;
      }

      h3 .icon {
        width: 1.125rem;
        height: 1.125rem;
      }

      .page {
        display: inline-block;
        max-width: 100%;
        color: inherit;
        text-decoration: none;
      }

      .page strong {
        display: flex;
        gap: 0.375rem;
        align-items: center;
        font-weight: 600;
        overflow-wrap: anywhere;
      }

      .page .icon {
        width: 1rem;
        height: 1rem;
        color: var(--accent);
      }

      a.page:hover strong {
        color: var(--accent);
        text-decoration: underline;
      }

      .address {
        display: block;
        width: fit-content;
        max-width: 100%;
        overflow: hidden;
        color: var(--ink-3);
        font-size: var(--small);
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      table {
        width: 100%;
        border-collapse: collapse;
      }

      th {
        color: var(--ink-3);
        font-size: 0.75rem;
        font-weight: 600;
      }

      th,
      td {
        padding: 0.5rem 0;
        text-align: start;
        vertical-align: top;
      }

      thead th {
        padding-top: 0;
      }

      tbody tr,
      tfoot tr {
        border-top: 1px solid var(--line);
      }

      .number {
        width: 1%;
        padding-inline-start: 1.25rem;
        text-align: end;
        white-space: nowrap;
      }

      td:first-child {
        overflow-wrap: anywhere;
      }

      tfoot th,
      tfoot td {
        padding-bottom: 0;
        color: var(--ink);
        font-size: var(--body);
        font-weight: 650;
      }

      .none {
        color: var(--ink-3);
      }

      .block {
        padding-block: 0.5rem;
        padding-inline-start: 0.75rem;
      }

      dl {
        display: grid;
        grid-template-columns: minmax(6rem, auto) minmax(0, 1fr);
        gap: 0.375rem 1.25rem;
      }

      dt {
        color: var(--ink-3);
      }

      dd {
        overflow-wrap: anywhere;
      }

      @media (max-width: 40rem) {
        header,
        .part {
          padding-inline: 1.25rem;
        }
      }
    `,
  ];

  protected override render(): TemplateResult {
    const { context, queueName, siteName, siteLogo, siteAccent } = this.call;
    const colour = siteAccent ? `background:${siteAccent}` : '';
    const { page, cart, language } = context;
    const fields = context.fields ?? [];
    const spoken = language && new Intl.DisplayNames(tag, { type: 'language' }).of(language);
    return html`
      <section class="card" aria-labelledby="title">
        <header><h2 id="title">${texts.about}</h2><p>${siteLogo ? html`<img class="shop" src=${imagePath(siteLogo)} alt="" />` : colour ? html`<i class="shop" .style=${colour}></i>` : nothing}${facts([siteName, queueName, spoken])}</p></header>
        ${page ? this.#page(page) : nothing} ${cart ? this.#cart(cart) : nothing}
        ${
          fields.length > 0
            ? html`<div class="part"><h3>${icons.info}${texts.details}</h3>
                <dl>${fields.map(({ label, value }) => html`<dt>${isolated(label)}</dt><dd>${isolated(value)}</dd>`)}</dl></div>`
            : nothing
        }
        ${page || cart || fields.length > 0 ? nothing : html`<p class="part none">${texts.noContext}</p>`}
        <div class="part block">
          <button class="button quiet small" @click=${() => askToBlock(this, blockAskOf(this.call))}>
            ${this.talking ? blockTexts.hangUpAndBlock : blockTexts.blockCaller}</button>
        </div>
      </section>
    `;
  }

  #page(page: NonNullable<CallContext['page']>): TemplateResult {
    const link = safeLink(page.url);
    const title = page.title || link?.host || page.url;
    return html`<div class="part">
      <h3>${icons.page}${texts.page}</h3>
      ${
        link
          ? html`<a class="page" href=${link.href} target="_blank" rel="noopener noreferrer">
              <strong>${isolated(title)}${icons.external}</strong><span class="hidden">${texts.opensNewTab}</span>
              <span class="address" dir="ltr">${link.host}${link.path}</span></a>`
          : html`<p class="page"><strong>${isolated(title)}</strong><span class="address" dir="ltr">${page.url}</span></p>`
      }
    </div>`;
  }

  #cart(cart: NonNullable<CallContext['cart']>): TemplateResult {
    if (cart.items.length === 0)
      return html`<div class="part"><h3>${icons.cart}${texts.cart}</h3><p class="none">${texts.cartEmpty}</p></div>`;
    return html`<div class="part">
      <h3 id="cart">${icons.cart}${texts.cart}</h3>
      <table aria-labelledby="cart" class="figures">
        <thead>
          <tr>
            <th scope="col">${texts.item}</th>
            <th scope="col" class="number">${texts.quantity}</th>
            <th scope="col" class="number">${texts.price}</th>
          </tr>
        </thead>
        <tbody>
          ${cart.items.map(item => {
            const link = safeLink(item.url);
            return html`<tr>
              <td>${link ? html`<a href=${link.href} target="_blank" rel="noopener noreferrer">${isolated(item.name)}</a>` : isolated(item.name)}</td>
              <td class="number">${figure(item.quantity)}</td>
              <td class="number">${isolated(item.price ?? '')}</td>
            </tr>`;
          })}
        </tbody>
        ${
          cart.total
            ? html`<tfoot><tr><th scope="row" colspan="2">${texts.total}</th><td class="number">${isolated(cart.total)}</td></tr></tfoot>`
            : nothing
        }
      </table>
    </div>`;
  }
}

customElements.define('rep-call-card', RepCallCard);
