/** A talk as the browser around the page is told of it. */
export type Talk = {
  /** With whom. */
  title: string;
  muted: boolean;
  toggleMute: () => void;
  hangUp: () => void;
};

/** Newer than the types of the DOM. */
type Session = Omit<MediaSession, 'setActionHandler'> & {
  setActionHandler(action: string, handler: (() => void) | null): void;
  setMicrophoneActive?(active: boolean): void;
};

/**
 * While somebody talks the screen stays on, and the keys and buttons of browser, headset and lock screen mute and
 * hang up. All of it where the browser has it, and gone afterwards.
 */
export class TalkPresence {
  #talk: Talk | null = null;
  #lock: WakeLockSentinel | undefined;
  #metadata: MediaMetadata | null = null;

  /** The talk as it is now, or that there is none. May be called at any time, and with the same. */
  follow(talk: Talk | null): void {
    const before = this.#talk;
    this.#talk = talk;
    if (talk && !before) this.#begin();
    if (!talk && before) this.#end();
    if (talk && talk.muted !== before?.muted) session()?.setMicrophoneActive?.(!talk.muted);
    if (talk && talk.title !== before?.title) describe(new MediaMetadata({ title: talk.title }));
  }

  #begin(): void {
    document.addEventListener('visibilitychange', this.#stayOn);
    this.#stayOn();
    this.#metadata = session()?.metadata ?? null;
    handle('togglemicrophone', () => this.#talk?.toggleMute());
    handle('hangup', () => this.#talk?.hangUp());
  }

  #end(): void {
    document.removeEventListener('visibilitychange', this.#stayOn);
    void this.#lock?.release();
    this.#lock = undefined;
    handle('togglemicrophone', null);
    handle('hangup', null);
    // A page's own music is itself again.
    describe(this.#metadata);
  }

  /** Browsers take the lock away when the page is hidden, so it is asked for again each time it is shown. */
  readonly #stayOn = (): void => {
    if (document.visibilityState !== 'visible') return;
    navigator.wakeLock?.request('screen').then(
      lock => {
        if (!this.#talk) return void lock.release();
        void this.#lock?.release();
        this.#lock = lock;
      },
      // Low battery, or a policy of the page: the screen goes dark as it does elsewhere.
      () => {},
    );
  };
}

const session = () => navigator.mediaSession as Session | undefined;

function describe(metadata: MediaMetadata | null): void {
  const media = session();
  if (media) media.metadata = metadata;
}

/** Browsers throw at actions that they do not know. */
function handle(action: 'togglemicrophone' | 'hangup', handler: (() => void) | null): void {
  try {
    session()?.setActionHandler(action, handler);
  } catch {
    // Without it there are the buttons on the page.
  }
}
