import { render } from 'lit';
import { Cart } from './cart.ts';
import { bySlug, money, type Product } from './products.ts';
import { cartView, listView, productView } from './views.ts';

const find = <T extends HTMLElement>(selector: string) => document.querySelector<T>(selector)!;

const cart = new Cart();
const dialog = find<HTMLDialogElement>('#cart');
const piece = bySlug(new URLSearchParams(location.search).get('piece'));

const add = (product: Product) => {
  cart.add(product.slug, 1);
  showCart();
};

/** Not modal: a modal dialog would put the call window out of reach in the middle of a call. */
function showCart(): void {
  dialog.show();
}

function draw(): void {
  render(piece ? productView(piece, add) : listView(add), find('#content'));
  render(
    cartView(cart, () => dialog.close()),
    dialog,
  );
  find('#cart-count').textContent = String(cart.count);
  find('#open-cart').setAttribute(
    'aria-label',
    `Cart, ${cart.count} ${cart.count === 1 ? 'piece' : 'pieces'}`,
  );
  tellTheRep();
}

/** What an integrator writes: the page's own facts, in the shop's own words. The rep sees them during a call. */
function tellTheRep(): void {
  const element = find<HTMLElement & { context: object }>('talk-to-us');
  element.context = {
    page: { url: location.href, title: document.title },
    cart: {
      items: cart.lines.map(({ product, quantity }) => ({
        name: product.name,
        quantity,
        price: money(product.price),
        url: new URL(`/?piece=${product.slug}`, location.href).href,
      })),
      total: money(cart.total),
    },
  };
}

if (piece) document.title = `${piece.name} · Tideline Ceramics`;
cart.addEventListener('change', draw);
find('#open-cart').addEventListener('click', showCart);
document.addEventListener('keydown', event => {
  if (event.key === 'Escape' && !event.defaultPrevented && dialog.open) dialog.close();
});
// A click beside the drawer closes it.
find('#scrim').addEventListener('click', () => dialog.close());
// The element may be upgraded later than this script runs; what is set before would be lost.
await customElements.whenDefined('talk-to-us');
draw();
