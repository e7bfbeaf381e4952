import type { Announcer } from './announcements/announcer.ts';
import type { CallbackFace } from './callback/callback.ts';
import type { CallHost, ShopperCall } from './shopper-call.ts';

/** As much of a call as its extras follow. */
type Followed = Pick<ShopperCall, 'screen' | 'host' | 'choosing' | 'reconnecting' | 'now' | 'duck' | 'fail'>;

/** What only some calls need, and fetch when they do: being called back, and being told the place aloud. */
export class Extras {
  readonly #host: CallHost;
  readonly #call: Followed;
  /** What draws and rings for callbacks. */
  callback: CallbackFace | undefined;
  announcer: Announcer | undefined;

  constructor(host: CallHost, call: Followed) {
    this.#host = host;
    this.#call = call;
  }

  /** Rings, speaks and is silent as the call is now. */
  follow(): void {
    const { screen, choosing, reconnecting } = this.#call;
    const { name } = screen;
    if (choosing || name === 'callback' || name === 'calling-back') this.#fetchCallback();
    this.callback?.follow(this.#call);
    // Not while a rep is rung, a callback is chosen, or nobody knows.
    const told = name === 'waiting' && !screen.view.ringing && !choosing && !reconnecting;
    const view = told ? screen.view : null;
    if (view?.announcements) this.#fetchAnnouncer();
    this.announcer?.follow(view);
  }

  close(): void {
    this.announcer?.close();
  }

  #fetchCallback(): void {
    if (this.callback) return;
    import('./callback/callback.ts').then(
      ({ callback }) => {
        this.callback = callback;
        this.#host.adopt(callback.styles);
        this.#came();
      },
      () => this.#call.fail('loading'),
    );
  }

  #fetchAnnouncer(): void {
    if (this.announcer) return;
    const call = this.#call;
    const { server, memory, language, changed } = this.#host;
    import('./announcements/announcer.ts').then(
      ({ Announcer }) => {
        this.announcer ??= new Announcer({
          ...{ server, memory, language, changed },
          now: () => call.now,
          duck: level => call.duck(level),
        });
        this.#came();
      },
      // Music alone is no worse than it was; the next view tries again.
      () => {},
    );
  }

  #came(): void {
    this.follow();
    this.#host.changed();
  }
}
