import type { TalkPresence } from '../voice/talk-presence.ts';
import type { Announcer } from './announcements/announcer.ts';
import type { CallHost } from './call-host.ts';
import type { CallbackFace } from './callback/callback.ts';
import type { ShownCall } from './shown-call.ts';
import { isOffline } from './states.ts';

/** What only some calls need, and fetch when they do: words for problems, being called back, and being told the place aloud. */
export class Extras {
  readonly #host: CallHost;
  readonly #call: ShownCall;
  /** What draws and rings for callbacks. */
  callback: CallbackFace | undefined;
  announcer: Announcer | undefined;
  /** What puts problems into words; null when it cannot be fetched. */
  problems: typeof import('./problem-words.ts') | null | undefined;
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
    if (this.#isTroubled) this.#fetchProblems();
    // In one tab only: where the call is.
    this.callback?.follow(elsewhere ? { host: this.#host, screen: { name: 'idle' } } : this.#call);
    // Not while a rep is rung, a callback is chosen, or nobody knows.
    const announced = name === 'waiting' && !screen.view.ringing && !choosing && !reconnecting && !elsewhere;
    const view = announced ? screen.view : null;
    if (view?.announcements) this.#fetchAnnouncer();
    this.announcer?.follow(view);
    this.#tellBrowser();
  }

  /** Something went otherwise than somebody wished it, which only those fetch words for. */
  get #isTroubled(): boolean {
    const { screen, elsewhere, silenced, microphoneLost, microphone } = this.#call;
    if (screen.name === 'problem') return !isOffline(screen.problem);
    if (screen.name === 'ended')
      return screen.reason !== 'shopper-hung-up' && !(screen.reason === 'rep-hung-up' && screen.talkMs > 0);
    if (elsewhere || silenced || microphoneLost || microphone !== 'ok') return true;
    if (screen.name !== 'talking') return false;
    const { repLost, repMuted, repMicrophone } = screen.view;
    return repLost || repMuted || repMicrophone !== 'ok';
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
    Promise.all([import('./callback/callback.ts'), this.#host.vocabulary().load('callback')]).then(
      ([{ callback }]) => {
        this.callback = callback;
        this.#host.adopt(callback.styles);
        this.#came();
      },
      () => this.#call.fail('loading'),
    );
  }

  #fetchProblems(): void {
    if (this.problems) return;
    Promise.all([import('./problem-words.ts'), this.#host.vocabulary().load('problem')]).then(
      ([all]) => {
        this.problems = all;
        this.#host.changed();
      },
      () => {
        // Told in general words.
        this.problems = null;
        this.#host.changed();
      },
    );
  }

  #fetchAnnouncer(): void {
    if (this.announcer) return;
    const call = this.#call;
    const { server, memory, vocabulary, changed } = this.#host;
    import('./announcements/announcer.ts').then(
      ({ Announcer }) => {
        this.announcer ??= new Announcer({
          ...{ server, memory, vocabulary, changed },
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
