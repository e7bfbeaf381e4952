import type { types } from 'mediasoup-client';
import type { Heard } from '../../shared/protocol.ts';

/** An audio element on a chosen speaker, where the browser can choose. */
type Output = HTMLAudioElement & { setSinkId?: (id: string) => Promise<void> };

/** A change of loudness takes this long, in steps that nobody hears as such. */
const fadeMs = 300;
const fadeStepMs = 20;

/** One thing that is heard: a consumer and the audio element that plays it. */
export class AudioOutput {
  readonly consumer: types.Consumer;
  readonly source: Heard['source'];
  readonly #audio: Output;
  #fading: ReturnType<typeof setInterval> | undefined;

  /** @param level how loud from the start on, 0 to 1 */
  constructor(consumer: types.Consumer, source: Heard['source'], speaker: string | undefined, level: number) {
    this.consumer = consumer;
    this.source = source;
    this.#audio = new Audio();
    this.#audio.autoplay = true;
    this.#audio.srcObject = new MediaStream([consumer.track]);
    this.#setLevel(level);
    if (speaker) void this.setSpeaker(speaker);
  }

  /** Resolves to false when the browser wants a click before it plays anything. */
  async play(): Promise<boolean> {
    try {
      await this.#audio.play();
      return true;
    } catch (error) {
      return (error as DOMException).name !== 'NotAllowedError';
    }
  }

  /** Empty string: the system's default. A speaker that is gone leaves the present one. */
  async setSpeaker(id: string): Promise<void> {
    await this.#audio.setSinkId?.(id).catch(() => {});
  }

  /** Fades to that loudness, 0 to 1, by time and not by count: hidden tabs tick but once a second. */
  fade(level: number): void {
    clearInterval(this.#fading);
    const from = this.#audio.volume;
    const since = performance.now();
    this.#fading = setInterval(() => {
      const done = Math.min(1, (performance.now() - since) / fadeMs);
      this.#setLevel(from + (level - from) * done);
      if (done === 1) clearInterval(this.#fading);
    }, fadeStepMs);
  }

  #setLevel(level: number): void {
    this.#audio.volume = level;
    // iPhones let no page set a loudness; there it is silence instead of less.
    this.#audio.muted = Math.abs(this.#audio.volume - level) > 0.01;
  }

  close(): void {
    clearInterval(this.#fading);
    this.#audio.srcObject = null;
    this.consumer.close();
  }
}
