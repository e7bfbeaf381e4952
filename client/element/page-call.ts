import type { CSSResult } from 'lit';
import { limits } from '../../shared/limits.ts';
import { diagnosis } from './load-diagnosis.ts';
import type { ShopperCall } from './shopper-call.ts';
import { signalingUrl } from './signaling-url.ts';
import { isLive } from './states.ts';
import { TabMemory } from './tab-memory.ts';
import type { Viewer } from './viewer.ts';

const pages = new Map<string, PageCall>();

/**
 * The call of one site on this page. It belongs to the page and not to an element: routers and libraries take
 * elements out and put them, or others like them, back in. All elements of the site show it; one of them, the
 * lead, has the window, and speaks for the page.
 */
export class PageCall {
  readonly memory: TabMemory;
  readonly #server: string;
  readonly #site: string;
  readonly #viewers = new Set<Viewer>();
  /** What came with code that was fetched later. */
  readonly styles: CSSResult[] = [];
  #awayTimer: ReturnType<typeof setTimeout> | undefined;
  lead: Viewer;
  /** Has the window in place of the lead, which cannot be reached now. */
  standIn: Viewer | undefined;
  call: ShopperCall | undefined;
  /** For what the call was made ready, see `Viewer.wants`. */
  wanted = '';
  /** The window is shown. */
  open = false;
  #socket: WebSocket | undefined;
  /** A policy of the page (for scripts or connections) keeps it from the server. */
  cutOff = false;

  static of(server: string, site: string, viewer: Viewer): PageCall {
    const memory = new TabMemory(server, site);
    const page = pages.get(memory.key) ?? new PageCall(server, site, memory, viewer);
    pages.set(memory.key, page);
    page.join(viewer);
    return page;
  }

  private constructor(server: string, site: string, memory: TabMemory, lead: Viewer) {
    this.#server = server;
    this.#site = site;
    this.memory = memory;
    this.lead = lead;
    document.addEventListener(
      'securitypolicyviolation',
      ({ blockedURI, disposition, effectiveDirective }) => {
        if (disposition !== 'enforce' || !blockedURI.replace(/^ws/, 'http').startsWith(server)) return;
        this.cutOff ||= /^[cs]/.test(effectiveDirective);
        diagnosis(({ explainPolicy }) => explainPolicy(effectiveDirective, server));
      },
    );
    // A page in the browser's cache can keep neither socket nor microphone; coming back is like loading it anew.
    addEventListener('pagehide', event => event.persisted && this.drop());
    // A call began in another tab: shown here too.
    addEventListener('storage', ({ key, newValue }) => {
      if (newValue && key === `${memory.key} shared`) this.each(viewer => viewer.back());
    });
    addEventListener('pageshow', event => event.persisted && this.each(viewer => viewer.back()));
  }

  get live(): boolean {
    return this.call !== undefined && isLive(this.call.screen);
  }

  /**
   * Somebody means to call: the way to the server is opened while the voice code is on its way. A server closes a socket
   * that says no `hello` after seconds.
   */
  openSocket(): void {
    if (!this.#site) return;
    try {
      this.#socket ??= new WebSocket(signalingUrl(this.#server));
    } catch {
      // Firefox throws where a policy of the page forbids it; the call says so when it connects.
    }
  }

  each(tell: (viewer: Viewer) => void): void {
    for (const viewer of [...this.#viewers]) tell(viewer);
  }

  viewerOf(element: Element): Viewer | undefined {
    return [...this.#viewers].find(viewer => viewer.element === element);
  }

  changed(): void {
    this.each(viewer => viewer.changed());
  }

  join(viewer: Viewer): void {
    clearTimeout(this.#awayTimer);
    this.#viewers.add(viewer);
    viewer.adopt();
    if (!this.lead.element.isConnected) this.#follow(viewer);
  }

  /**
   * The element was taken out. If no other one takes its place for a while, nobody could hang up any more, and the
   * call is left to the server, which keeps it for whoever comes back. `now`: it was given to another site.
   */
  leave(viewer: Viewer, now = false): void {
    if (!this.#viewers.delete(viewer)) return;
    if (this.standIn === viewer) {
      this.standIn = undefined;
      this.changed();
    }
    const [other] = this.#viewers;
    if (other && this.lead === viewer) this.#follow(other);
    if (other) return;
    if (now) this.drop();
    else this.#awayTimer = setTimeout(() => this.drop(), limits.elementAwayMs);
  }

  /** The call, made ready for the queue of that element, which takes the lead unless there is a call already. */
  ready(viewer: Viewer, inCall: typeof import('./in-call.ts')): ShopperCall {
    if (!this.live) {
      this.lead = viewer;
      if (this.wanted !== viewer.wants()) this.drop();
    }
    this.wanted = viewer.wants();
    this.call ??= this.#start(inCall);
    return this.call;
  }

  /** Lets go of the call without ending it. */
  drop(): void {
    this.call?.close();
    this.call = undefined;
    this.open = false;
    this.changed();
  }

  /** Another element has the window now, and what it tells about the visit counts. */
  #follow(viewer: Viewer): void {
    this.lead = viewer;
    this.call?.contextChanged();
    this.changed();
  }

  #start({ CallMemory, ShopperCall, panelStyles }: typeof import('./in-call.ts')): ShopperCall {
    const adopt = (styles: CSSResult) => {
      if (this.styles.includes(styles)) return;
      this.styles.push(styles);
      this.each(viewer => viewer.adopt());
    };
    adopt(panelStyles);
    return new ShopperCall({
      server: this.#server,
      signalingUrl: signalingUrl(this.#server),
      site: this.#site,
      memory: new CallMemory(this.#server, this.#site),
      cutOff: () => this.cutOff,
      takeSocket: () => {
        const socket = this.#socket;
        this.#socket = undefined;
        return socket;
      },
      queue: () => this.lead.queue(),
      serviceWorker: () => this.lead.serviceWorker(),
      vocabulary: () => this.lead.vocabulary(),
      context: () => this.lead.context(),
      painted: () => this.lead.painted(),
      emit: (name, detail) => this.lead.emit(name, detail),
      changed: () => this.changed(),
      adopt,
    });
  }
}
