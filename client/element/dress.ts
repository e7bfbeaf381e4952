import { unsafeCSS } from 'lit';
import { dressing, type Wearer } from './appearance.ts';
import { readableOn } from './theme.ts';

/** The looks of one element by its attributes and what the shop has set. */
export class Dress {
  styles = unsafeCSS('');
  #readable = '';

  /**
   * What is written on the main colour suits whichever the page, or else the shop, has chosen.
   *
   * @param accented is of that colour
   * @param changed the styles are other ones
   */
  wear(wearer: Wearer, accented: Element, changed: () => void): void {
    const put = () => {
      const css = dressing(wearer, this.#readable);
      if (css === this.styles.cssText) return;
      this.styles = unsafeCSS(css);
      changed();
    };
    put();
    this.#readable = readableOn(getComputedStyle(accented).backgroundColor);
    put();
  }
}
