import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { MicrophoneError, type MicrophoneProblem, openMicrophone } from '../../voice/devices.ts';
import { LevelMeter } from '../../voice/level-meter.ts';

/** Level (0..1) that counts as a voice, and for how long the good news stays after it. */
const heardLevel = 0.42;
const heardForMs = 1_500;

type TestState =
  | { state: 'off' }
  | { state: 'asking' }
  | { state: 'on'; heard: boolean }
  | { state: 'failed'; problem: MicrophoneProblem };

/** A microphone of its own, open while its level is looked at. Redraws its host when the state changes. */
export class MicrophoneTest implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #onLevel: (level: number) => void;
  #state: TestState = { state: 'off' };
  #track: MediaStreamTrack | undefined;
  #meter: LevelMeter | undefined;
  #frame = 0;
  #heardAt = Number.NEGATIVE_INFINITY;
  /** Counts starts and stops: a microphone that comes after the next of them is not wanted any more. */
  #turn = 0;

  /** `onLevel` is called with 0..1 for each frame while the test is on. */
  constructor(host: ReactiveControllerHost, onLevel: (level: number) => void) {
    this.#host = host;
    this.#onLevel = onLevel;
    host.addController(this);
  }

  get state(): TestState {
    return this.#state;
  }

  /** Open the microphone and show its level; what goes wrong becomes the state. */
  async start(deviceId: string): Promise<void> {
    this.stop();
    const turn = this.#turn;
    this.#set({ state: 'asking' });
    try {
      const track = await openMicrophone({ deviceId });
      if (turn !== this.#turn) return track.stop();
      this.#track = track;
      this.#meter = new LevelMeter(track);
      track.addEventListener('ended', () => this.stop());
      this.#set({ state: 'on', heard: false });
      this.#frame = requestAnimationFrame(this.#measure);
    } catch (error) {
      if (turn === this.#turn) this.fail(error);
    }
  }

  /** May be called twice. */
  stop(): void {
    this.#turn++;
    cancelAnimationFrame(this.#frame);
    this.#meter?.close();
    this.#track?.stop();
    this.#meter = this.#track = undefined;
    this.#heardAt = Number.NEGATIVE_INFINITY;
    if (this.#state.state !== 'off') this.#set({ state: 'off' });
  }

  /** Show why there is no microphone. Throws what is no `MicrophoneError`. */
  fail(error: unknown): void {
    if (!(error instanceof MicrophoneError)) throw error;
    this.#set({ state: 'failed', problem: error.reason });
  }

  hostDisconnected(): void {
    this.stop();
  }

  readonly #measure = (time: number) => {
    const level = this.#meter?.level ?? 0;
    this.#onLevel(level);
    if (level > heardLevel) this.#heardAt = time;
    const heard = time - this.#heardAt < heardForMs;
    if (this.#state.state === 'on' && this.#state.heard !== heard) this.#set({ state: 'on', heard });
    this.#frame = requestAnimationFrame(this.#measure);
  };

  #set(state: TestState): void {
    this.#state = state;
    this.#host.requestUpdate();
  }
}
