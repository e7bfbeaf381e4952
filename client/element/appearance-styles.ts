import { unsafeCSS } from 'lit';
import { type AppearanceSource, appearanceCss } from './appearance.ts';
import { readableOn } from './theme.ts';

/** The looks of one element by its attributes and what the shop has set. */
export class AppearanceStyles {
  styles = unsafeCSS('');
  #readable = '';

  /**
   * What is written on the main colour suits whichever the page, or else the shop, has chosen.
   *
   * @param accented is of that colour
   * @param changed the styles are other ones
   */
  update(source: AppearanceSource, accented: Element, changed: () => void): void {
    const put = () => {
      const css = appearanceCss(source, this.#readable);
      if (css === this.styles.cssText) return;
      this.styles = unsafeCSS(css);
      changed();
    };
    put();
    this.#readable = readableOn(getComputedStyle(accented).backgroundColor);
    put();
  }
}
