import type { MicrophoneState } from '../../../shared/domain.ts';
import type { RepView } from '../../../shared/views.ts';
import { savePrefs } from '../../ui/prefs.ts';
import { UnsupportedBrowserError } from '../../voice/device.ts';
import { MicrophoneError } from '../../voice/devices.ts';
import type { LegState } from '../../voice/leg.ts';
import type { VoiceSession } from '../../voice/session.ts';
import { type Media, type MediaProblem, needsMedia } from './media.ts';
import { Microphone } from './microphone.ts';

/** What the screens show of the sound. */
export type SoundState = {
  media: Media;
  /** What is the matter with the microphone that is in use. */
  microphone: MicrophoneState;
  /** The browser keeps the shopper's voice back until the person clicks. */
  silenced: boolean;
};

export const noSound: SoundState = { media: { state: 'off' }, microphone: 'ok', silenced: false };

type Options = {
  /** The one of now; none when the phone is closed. */
  voice: () => VoiceSession<RepView> | undefined;
  /** The last one that arrived. */
  view: () => RepView | null;
  /** What `onChange` told last. */
  media: () => Media;
  onChange: (change: Partial<SoundState>) => void;
};

/** The sound of the phone: the microphone, and the leg of the voice session that carries it. */
export class PhoneMedia {
  readonly #options: Options;
  readonly #microphone = new Microphone();
  #opening: Promise<boolean> | undefined;

  constructor(options: Options) {
    this.#options = options;
  }

  get isMicrophoneOpen(): boolean {
    return this.#microphone.isOpen;
  }

  get isOpening(): boolean {
    return this.#opening !== undefined;
  }

  /** True when the sound is there; what went wrong is in `media`. Callers share one attempt. */
  async open(): Promise<boolean> {
    const leg = this.#options.voice()?.leg?.state;
    const ready = leg && leg !== 'lost' && leg !== 'closed' && this.#options.view()?.mediaReady;
    if (this.#microphone.isOpen && ready) return true;
    this.#opening ??= this.#openNow().finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  /** The microphone only, before there is a leg; what went wrong is in `media`. */
  async openMicrophone(): Promise<boolean> {
    try {
      return (await this.#microphone.open()) !== undefined;
    } catch (error) {
      this.#failed(error);
      return false;
    }
  }

  /**
   * Another microphone from now on, if one is open; '' is the system's default. True when it is in use; false when there is
   * none to change, or another one was asked for meanwhile. Rejects with `MicrophoneError`.
   */
  async change(microphoneId: string): Promise<boolean> {
    // One that is being opened is the former choice.
    await this.#opening;
    if (!this.#microphone.isOpen) return false;
    const track = await this.#microphone.change(microphoneId);
    // A leg that is lost just now takes it up when it is opened anew.
    if (track)
      await this.#options
        .voice()
        ?.replaceTrack(track)
        .catch(() => undefined);
    return track !== undefined;
  }

  copyMicrophone(): MediaStreamTrack | undefined {
    return this.#microphone.copy();
  }

  stopMicrophone(): void {
    this.#microphone.stop();
  }

  /** Microphone and leg. `media`: what is to be shown of it. */
  close(media: Media = noSound.media): void {
    this.#options.voice()?.closeLeg();
    this.#microphone.stop();
    this.#options.onChange({ ...noSound, media });
  }

  /** What the view says of it. A server that has begun anew has no leg yet, which is opened by itself and then told. */
  viewed(view: RepView, first: boolean): void {
    const { state } = this.#options.media();
    const judged = state === 'opening' || (state === 'ready' && first);
    if (judged && this.#options.voice()?.leg && !this.isOpening) this.#show(this.#opened(view));
  }

  legChanged(leg: LegState): void {
    if (leg === 'connected') this.#show(this.#opened(this.#options.view()));
    if (leg === 'lost' || leg === 'opening') this.#show({ state: 'opening' });
  }

  async #openNow(): Promise<boolean> {
    this.#show({ state: 'opening' });
    const voice = this.#options.voice();
    try {
      const track = await this.#microphone.open();
      if (!track) return false;
      if (!voice || voice !== this.#options.voice()) {
        this.#microphone.stop();
        return false;
      }
      await voice.requestLeg(track);
      const work = this.#options.view()?.work;
      if (work?.state === 'talking' && work.muted) await voice.setMuted(true);
      this.#show(this.#opened(this.#options.view()));
      savePrefs({ checked: true });
      return true;
    } catch (error) {
      // A connection that broke off is tried again with the next hello.
      this.#failed(error);
      const view = this.#options.view();
      if (!view || !needsMedia(view)) this.close(this.#options.media());
      return false;
    }
  }

  /** What is open is ready once the leg is connected and the server has said so: a call would be lost before. */
  #opened(view: RepView | null): Media {
    const connected = this.#options.voice()?.leg?.state === 'connected';
    return { state: view?.mediaReady && connected ? 'ready' : 'opening' };
  }

  #failed(error: unknown): void {
    this.#show({ state: 'failed', problem: problemOf(error) });
  }

  #show(media: Media): void {
    this.#options.onChange({ media });
  }
}

function problemOf(error: unknown): MediaProblem {
  if (error instanceof MicrophoneError) return error.reason;
  return error instanceof UnsupportedBrowserError ? 'unsupported' : 'network';
}
