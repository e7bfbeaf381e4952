import type { TalkPresence } from '../voice/talk-presence.ts';
import type { Announcer } from './announcements/announcer.ts';
import type { CallHost } from './call-host.ts';
import type { CallbackFace } from './callback/callback.ts';
import type { ShownCall } from './shown-call.ts';

/** What only some calls need, and fetch when they do: being called back, and being told the place aloud. */
export class Extras {
  readonly #host: CallHost;
  readonly #call: ShownCall;
  /** What draws and rings for callbacks. */
  callback: CallbackFace | undefined;
  announcer: Announcer | undefined;
  #presence: TalkPresence | undefined;

  constructor(host: CallHost, call: ShownCall) {
    this.#host = host;
    this.#call = call;
  }

  /** Rings, speaks and is silent as the call is now. */
  follow(): void {
    const { screen, choosing, reconnecting, elsewhere } = this.#call;
    const { name } = screen;
    if (choosing || name === 'callback' || name === 'calling-back') this.#fetchCallback();
    // In one tab only: where the call is.
    this.callback?.follow(elsewhere ? { host: this.#host, screen: { name: 'idle' } } : this.#call);
    // Not while a rep is rung, a callback is chosen, or nobody knows.
    const announced = name === 'waiting' && !screen.view.ringing && !choosing && !reconnecting && !elsewhere;
    const view = announced ? screen.view : null;
    if (view?.announcements) this.#fetchAnnouncer();
    this.announcer?.follow(view);
    this.#tellBrowser();
  }

  /** Of a talk that is heard here. */
  #tellBrowser(): void {
    const call = this.#call;
    const { screen, muted } = call;
    const talk =
      screen.name === 'talking' && !call.elsewhere
        ? {
            title: screen.view.repName,
            muted,
            toggleMute: () => call.mute(!call.muted),
            hangUp: () => call.hangUp(),
          }
        : null;
    if (talk) this.#fetchPresence();
    this.#presence?.follow(talk);
  }

  close(): void {
    this.announcer?.close();
    this.#presence?.follow(null);
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

  #fetchPresence(): void {
    if (this.#presence) return;
    import('../voice/talk-presence.ts').then(
      ({ TalkPresence }) => {
        this.#presence ??= new TalkPresence();
        this.#tellBrowser();
      },
      // The page's own buttons do.
      () => {},
    );
  }

  #came(): void {
    this.follow();
    this.#host.changed();
  }
}
