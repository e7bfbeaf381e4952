import { css, type ReactiveController, type ReactiveControllerHost } from 'lit';

/** What stands above a page, such as a call that rings: seen wherever the page is scrolled to. */
export const pinnedTopStyles = css`
  .above {
    position: sticky;
    top: 0.75rem;
    z-index: 3;
    display: grid;
    grid-column: 1 / -1;
    gap: 0.75rem;
    /* No gap where there is nothing. */
    margin-bottom: min(1.5rem, var(--above, 0px));
  }
`;

/** Tells the host's styles how high that is, as `--above`. */
export class PinnedTop implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #observer: ResizeObserver;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    this.#observer = new ResizeObserver(([entry]) => {
      host.style.setProperty('--above', `${entry?.contentRect.height ?? 0}px`);
    });
    host.addController(this);
  }

  hostUpdated(): void {
    const above = this.#host.shadowRoot?.querySelector('.above');
    if (above) this.#observer.observe(above);
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
  }
}
