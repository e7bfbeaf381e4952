import { microphonePermission, openMicrophone } from '../voice/devices.ts';

/** The one microphone of a shopper: what is opened closes what was open, and what comes too late is closed at once. */
export class ShopperMicrophone {
  #opening: Promise<MediaStreamTrack> | undefined;
  /** What `look` saw last; `undefined` until it has. */
  ready: boolean | undefined;

  /** On intent: is it allowed already, and is there one? Then it opens without a question. */
  async look(): Promise<boolean> {
    const allowed = (await microphonePermission()) === 'granted';
    const devices = allowed ? await navigator.mediaDevices.enumerateDevices().catch(() => []) : [];
    this.ready = devices.some(({ kind }) => kind === 'audioinput');
    return this.ready;
  }

  /** `undefined` when it was closed meanwhile, or another one opened. Rejects with `MicrophoneError`. */
  async open(): Promise<MediaStreamTrack | undefined> {
    this.close();
    const opening = openMicrophone();
    this.#opening = opening;
    const wanted = () => opening === this.#opening;
    const track = await opening.catch(error => {
      if (wanted()) throw error;
    });
    return track && wanted() ? track : undefined;
  }

  /** Its light goes out. May be called twice. */
  close(): void {
    this.#opening?.then(
      track => track.stop(),
      () => {},
    );
    this.#opening = undefined;
  }
}
