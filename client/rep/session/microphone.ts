import { openMicrophone } from '../../voice/devices.ts';
import { loadPrefs } from '../prefs.ts';

/** The one microphone that the phone talks into. Whoever opens it here stops it here. */
export class Microphone {
  #track: MediaStreamTrack | undefined;

  get isOpen(): boolean {
    return this.#track !== undefined;
  }

  /** The remembered microphone, or the one already open while it works. Rejects with `MicrophoneError`. */
  async open(): Promise<MediaStreamTrack> {
    if (this.#track?.readyState === 'live') return this.#track;
    return this.#keep(await openMicrophone({ deviceId: loadPrefs().microphoneId }));
  }

  /** Another one in its place; '' is the system's default. The old one goes on until the new one is there. */
  async change(microphoneId: string): Promise<MediaStreamTrack> {
    return this.#keep(await openMicrophone({ deviceId: microphoneId }));
  }

  /** May be called twice. */
  stop(): void {
    this.#track?.stop();
    this.#track = undefined;
  }

  #keep(track: MediaStreamTrack): MediaStreamTrack {
    this.stop();
    this.#track = track;
    return track;
  }
}
