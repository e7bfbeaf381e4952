import { html, nothing, type TemplateResult } from 'lit';
import shelf from './art/shelf.svg';
import type { Cart } from './cart.ts';
import { money, type Product, products } from './products.ts';

const address = (product: Product) => `/?piece=${product.slug}`;

function card(product: Product, add: (product: Product) => void): TemplateResult {
  return html`
    <li class="card">
      <a class="picture ${product.ground}" href=${address(product)} tabindex="-1" aria-hidden="true">
        <img src=${product.image} alt="" width="320" height="320" loading="lazy" />
      </a>
      <div class="caption">
        <h3><a href=${address(product)}>${product.name}</a></h3>
        <p>${product.line}</p>
      </div>
      <div class="buy">
        <span class="price">${money(product.price)}</span>
        <button type="button" class="plain" @click=${() => add(product)} aria-label="Add ${product.name} to the cart">Add</button>
      </div>
    </li>`;
}

/** All pieces. */
export function listView(add: (product: Product) => void): TemplateResult {
  return html`
    <section class="hero">
      <div>
        <h1>Stoneware for slow mornings</h1>
        <p>Six pieces, thrown by hand beside the sea. Not sure which one? Press the button in the corner and ask us: a person answers.</p>
      </div>
      <img src=${shelf} alt="" width="460" height="360" />
    </section>
    <h2 class="pieces" id="pieces">The pieces</h2>
    <ul class="grid">${products.map(product => card(product, add))}</ul>
    <section class="studio" id="studio">
      <h2>The studio</h2>
      <p>Two wheels, one kiln and a window to the harbour. Every piece is fired twice and leaves with its maker’s mark. If one ever chips, call us: we will find you its sister.</p>
    </section>`;
}

/** One piece. */
export function productView(product: Product, add: (product: Product) => void): TemplateResult {
  const others = products.filter(other => other !== product).slice(0, 3);
  return html`
    <p class="back"><a class="back-link" href="/#pieces">All pieces</a></p>
    <article class="piece">
      <div class="picture ${product.ground}"><img src=${product.image} alt=${product.name} width="320" height="320" /></div>
      <div class="words">
        <h1>${product.name}</h1>
        <p class="price">${money(product.price)}</p>
        <p class="story">${product.story}</p>
        <dl>${product.facts.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>
        <button type="button" class="main" @click=${() => add(product)}>Add to cart</button>
        <p class="hint">Want to know how it feels in the hand? Talk to us, we have one right here.</p>
      </div>
    </article>
    <h2 class="more">Goes well with</h2>
    <ul class="grid three">${others.map(other => card(other, add))}</ul>`;
}

/** The cart, inside its dialog. */
export function cartView(cart: Cart, close: () => void): TemplateResult {
  const { lines } = cart;
  return html`
    <div class="head">
      <h2 id="cart-title">Your cart</h2>
      <button type="button" class="plain" @click=${close}>Close</button>
    </div>
    ${
      lines.length === 0
        ? html`<p class="empty">Nothing in here yet. The harbour mug is a good start.</p>`
        : html`<ul class="lines">${lines.map(
            ({ product, quantity }) => html`
            <li>
              <div class="picture ${product.ground}"><img src=${product.image} alt="" width="320" height="320" /></div>
              <div class="line">
                <a class="line-name" href=${address(product)}>${product.name}</a>
                <span class="price">${money(product.price * quantity)}</span>
                <span class="steps">
                  <button type="button" aria-label="One ${product.name} less" @click=${() => cart.add(product.slug, -1)}>−</button>
                  <output aria-label="Quantity of ${product.name}">${quantity}</output>
                  <button type="button" aria-label="One ${product.name} more" @click=${() => cart.add(product.slug, 1)}>+</button>
                </span>
                <button type="button" class="remove" aria-label="Remove ${product.name}" @click=${() => cart.add(product.slug, -quantity)}>Remove</button>
              </div>
            </li>`,
          )}</ul>`
    }
    ${
      lines.length === 0
        ? nothing
        : html`<div class="foot">
          <p class="total"><span>Total</span><strong>${money(cart.total)}</strong></p>
          <p class="hint">A demo cart ends here. On a call, the rep sees what is in it.</p>
        </div>`
    }`;
}
