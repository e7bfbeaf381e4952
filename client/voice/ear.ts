import type { types } from 'mediasoup-client';
import type { Heard } from '../../shared/protocol.ts';

/** An audio element on a chosen speaker, where the browser can choose. */
type Output = HTMLAudioElement & { setSinkId?: (id: string) => Promise<void> };

/** One thing that is heard: a consumer and the audio element that plays it. */
export class Ear {
  readonly consumer: types.Consumer;
  readonly source: Heard['source'];
  readonly #audio: Output;

  constructor(consumer: types.Consumer, source: Heard['source'], speaker: string | undefined) {
    this.consumer = consumer;
    this.source = source;
    this.#audio = new Audio();
    this.#audio.autoplay = true;
    this.#audio.srcObject = new MediaStream([consumer.track]);
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

  close(): void {
    this.#audio.srcObject = null;
    this.consumer.close();
  }
}
