import type { Viewer } from './viewer.ts';

/** An element that shows the call. */
type Shown = HTMLElement & { readonly renderRoot: ParentNode; readonly updateComplete: Promise<unknown> };

/** The call of the page, as far as its window goes. */
type Windowed = {
  readonly live: boolean;
  readonly open: boolean;
  standIn: Viewer | undefined;
  viewerOf(element: Element): Viewer | undefined;
  changed(): void;
};

/** In a call the page is looked at this often: is the window still in reach? */
const reachMs = 300;

/** As long as there is a call, nothing that the page opens takes its window out of reach. */
export class ReachabilityGuard {
  readonly #element: Shown;
  #page: Windowed | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  #standIn: Shown | undefined;

  constructor(element: Shown) {
    this.#element = element;
  }

  /** Ends by itself with the call. May be called again and again. */
  watch(page: Windowed): void {
    this.#page = page;
    this.#timer ??= setInterval(() => void this.#look(), reachMs);
  }

  /** May be called twice. */
  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#standIn?.remove();
  }

  async #look(): Promise<void> {
    const page = this.#page!;
    if ((this.#standIn && !(page.live || page.open)) || this.#standIn?.checkVisibility() === false)
      this.#dismiss();
    if (!page.live) {
      if (!this.#standIn) this.stop();
      return;
    }
    const shown = this.#standIn ?? this.#element;
    const window = shown.renderRoot.querySelector<HTMLElement>('[popover], [part=button]');
    if (!window) return;
    const { left, top, width, height } = window.getBoundingClientRect();
    const middle = [left + width / 2, top + height / 2] as const;
    const hit = document.elementFromPoint(...middle);
    if (!hit || hit === shown || shown.contains(hit)) return;
    const { placeFor } = await import('./modal-stand-in.ts');
    const place = placeFor(shown, ...middle);
    if (place && place !== shown.parentNode && !place.contains(this.#element)) {
      this.#dismiss();
      const other = this.#element.cloneNode(true) as Shown;
      other.removeAttribute('id');
      // It takes no room among what the page has there.
      other.style.position = 'fixed';
      this.#standIn = other;
      place.append(other);
      await other.updateComplete;
      page.standIn = page.viewerOf(other);
      page.changed();
    } else if (document.fullscreenElement) {
      window.hidePopover();
      window.showPopover();
    }
  }

  #dismiss(): void {
    this.#standIn?.remove();
    this.#standIn = this.#page!.standIn = undefined;
    this.#page!.changed();
  }
}
