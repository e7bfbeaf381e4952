import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { hashOf, type Route, readRoute } from '../../ui/route.ts';

/** What may be left only with its changes saved or given up. */
type Leavable = { readonly unsaved: boolean; leave(): Promise<boolean> };

type Host = HTMLElement & ReactiveControllerHost & { route: Route };

/** The console's address with that route. */
const addressOf = (route: Route) => `${location.pathname}${location.search}${hashOf(route)}`;

/** Keeps a host's route and the address alike, by whatever way it changes; unsaved changes are asked about first. */
export class Navigation implements ReactiveController {
  readonly #host: Host;
  /** The page that is shown, where it may hold changes. */
  readonly #page: () => Leavable | null;

  constructor(host: Host, page: () => Leavable | null) {
    this.#host = host;
    this.#page = page;
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('hashchange', this.#moved);
    this.#host.addEventListener('click', this.#following);
  }

  hostDisconnected(): void {
    removeEventListener('hashchange', this.#moved);
    this.#host.removeEventListener('click', this.#following);
  }

  /** False when the person stays. */
  async go(route: Route): Promise<boolean> {
    if (!(await this.mayLeave())) return false;
    history.pushState(null, '', addressOf(route));
    this.#host.route = route;
    return true;
  }

  /** Nothing unsaved is lost, or the person says that it may be. */
  async mayLeave(): Promise<boolean> {
    const page = this.#page();
    return !page?.unsaved || page.leave();
  }

  /** A link within the console, before it is followed. */
  readonly #following = (event: MouseEvent) => {
    const link = event.composedPath().find(target => target instanceof HTMLAnchorElement);
    const hash = link?.getAttribute('href') ?? '';
    if (!hash.startsWith('#') || !this.#page()?.unsaved || event.ctrlKey || event.metaKey || event.shiftKey)
      return;
    event.preventDefault();
    void this.go(readRoute(hash));
  };

  /** The address has changed, by a link or the browser's way back, which cannot be stopped but undone. */
  readonly #moved = async () => {
    const host = this.#host;
    const wanted = readRoute(location.hash);
    if (hashOf(wanted) === hashOf(host.route)) return;
    if (this.#page()?.unsaved) {
      history.pushState(null, '', addressOf(host.route));
      if (!(await this.mayLeave())) return;
      history.replaceState(null, '', addressOf(wanted));
    }
    host.route = wanted;
  };
}
