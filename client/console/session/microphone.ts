import { loadPrefs } from '../../ui/prefs.ts';
import { openMicrophone } from '../../voice/devices.ts';

/** The one microphone that the phone talks into. Whoever opens it here stops it here. */
export class Microphone {
  #track: MediaStreamTrack | undefined;
  /** Grows with each that is asked for and each stop: what comes too late is closed at once. */
  #asked = 0;

  get isOpen(): boolean {
    return this.#track !== undefined;
  }

  /**
   * The remembered microphone, or the one already open while it works; `undefined` when it was stopped meanwhile, or
   * another one asked for. Rejects with `MicrophoneError`.
   */
  async open(): Promise<MediaStreamTrack | undefined> {
    if (this.#track?.readyState === 'live') return this.#track;
    return this.change(loadPrefs().microphoneId);
  }

  /** Another one in its place; '' is the system's default. The old one goes on until the new one is there. As `open`. */
  async change(microphoneId: string): Promise<MediaStreamTrack | undefined> {
    const asked = ++this.#asked;
    const wanted = () => asked === this.#asked;
    const track = await openMicrophone({ deviceId: microphoneId }).catch(error => {
      if (wanted()) throw error;
    });
    if (!track || !wanted()) {
      track?.stop();
      return undefined;
    }
    this.#track?.stop();
    this.#track = track;
    return track;
  }

  /** Of the one that is open, for something else than calls; stopped by whoever asks for it. */
  copy(): MediaStreamTrack | undefined {
    return this.#track?.readyState === 'live' ? this.#track.clone() : undefined;
  }

  /** May be called twice. */
  stop(): void {
    this.#asked++;
    this.#track?.stop();
    this.#track = undefined;
  }
}
