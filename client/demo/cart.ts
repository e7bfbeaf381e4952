import { bySlug, type Product } from './products.ts';

export type CartLine = { product: Product; quantity: number };

const key = 'tideline cart';
const most = 20;

function read(): Map<string, number> {
  try {
    return new Map(JSON.parse(localStorage.getItem(key) ?? '[]') as [string, number][]);
  } catch {
    return new Map();
  }
}

/** The cart, kept in this browser. `change` is fired when it is another one. */
export class Cart extends EventTarget {
  #quantities = read();

  get lines(): CartLine[] {
    return [...this.#quantities].flatMap(([slug, quantity]) => {
      const product = bySlug(slug);
      return product ? [{ product, quantity }] : [];
    });
  }

  get count(): number {
    return this.lines.reduce((sum, line) => sum + line.quantity, 0);
  }

  /** Euro cents. */
  get total(): number {
    return this.lines.reduce((sum, line) => sum + line.quantity * line.product.price, 0);
  }

  /** Adds (or, below zero, takes away) pieces. */
  add(slug: string, pieces: number): void {
    const quantity = Math.min(most, (this.#quantities.get(slug) ?? 0) + pieces);
    if (quantity > 0) this.#quantities.set(slug, quantity);
    else this.#quantities.delete(slug);
    try {
      localStorage.setItem(key, JSON.stringify([...this.#quantities]));
    } catch {
      // Without storage the cart lasts as long as the page.
    }
    this.dispatchEvent(new Event('change'));
  }
}
