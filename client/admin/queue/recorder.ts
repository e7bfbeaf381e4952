import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { borrowMicrophone, LoanRefusedError, type MicrophoneLoan } from '../../ui/microphone-loan.ts';
import { LevelMeter } from '../../voice/level-meter.ts';
import { recorderTexts as texts } from './recorder-texts.ts';
import { checkRecording, type Verdict } from './recording-check.ts';
import { decoded, resampled, writeWav } from './to-wav.ts';

/** `url` plays what `file` holds. */
export type Recording = { file: Blob; url: string; ms: number; verdict: Verdict };

/** Why a recording was stopped; `full` after the longest that it may be. */
export type Stopped = 'person' | 'full' | 'call' | 'lost';

export type RecorderState =
  | { is: 'idle' }
  | { is: 'asking' }
  /** So that the person is ready, and the click is not heard. */
  | { is: 'counting'; seconds: number }
  /** `since` by `performance.now()`. */
  | { is: 'recording'; since: number }
  | { is: 'preparing' }
  | { is: 'recorded'; recording: Recording; stopped: Stopped }
  | { is: 'failed'; words: string };

const countFrom = 3;
const second = 1_000;
/** How often the time is drawn. */
const tickMs = 250;
/** More than speech needs: it is coded once more on the server. */
const bitsPerSecond = 128_000;

/**
 * Records from a borrowed microphone, which it gives back at once: when it is stopped, when its host goes, when a call
 * comes. What comes out is a WAV file, whatever this browser's own recorder makes, and a verdict on it.
 */
export class Recorder implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  readonly #onLevel: (level: number) => void;
  #state: RecorderState = { is: 'idle' };
  #loan: MicrophoneLoan | undefined;
  #meter: LevelMeter | undefined;
  #recorder: MediaRecorder | undefined;
  #stopped: Stopped = 'person';
  #frame = 0;
  #timers: ReturnType<typeof setTimeout>[] = [];
  /** Counts beginnings and ends: what comes later than the next of them is not wanted any more. */
  #turn = 0;

  /** `onLevel` is called with 0..1 for each frame while the microphone is open. */
  constructor(host: ReactiveControllerHost & Element, onLevel: (level: number) => void) {
    this.#host = host;
    this.#onLevel = onLevel;
    host.addController(this);
  }

  get state(): RecorderState {
    return this.#state;
  }

  /** Something would be lost by going away. */
  get unsaved(): boolean {
    return ['recording', 'preparing', 'recorded'].includes(this.#state.is);
  }

  hostConnected(): void {
    addEventListener('pagehide', this.discard);
  }

  hostDisconnected(): void {
    removeEventListener('pagehide', this.discard);
    this.discard();
  }

  /** Ask for the microphone, count down, and record for at most `mostMs`. What goes wrong becomes the state. */
  async start(mostMs: number): Promise<void> {
    this.discard();
    const turn = this.#turn;
    if (typeof MediaRecorder === 'undefined') return this.#set({ is: 'failed', words: texts.unsupported });
    this.#set({ is: 'asking' });
    try {
      const loan = await borrowMicrophone(this.#host);
      if (turn !== this.#turn) return loan.track.stop();
      this.#opened(loan);
      this.#count(countFrom, mostMs);
    } catch (error) {
      if (!(error instanceof LoanRefusedError)) throw error;
      if (turn === this.#turn) this.#set({ is: 'failed', words: error.message });
    }
  }

  /** The microphone is off at once; what was recorded comes with the state. */
  stop(why: Stopped = 'person'): void {
    const { is } = this.#state;
    if (is === 'recording') this.#finish(why);
    else if (is === 'counting' && (why === 'call' || why === 'lost')) {
      this.discard();
      this.#set({ is: 'failed', words: texts.notBegun[why] });
    }
  }

  /** Back to the beginning, with the microphone off and nothing kept. May be called at any time. */
  readonly discard = (): void => {
    this.#turn++;
    this.#recorder = undefined;
    this.#close();
    if (this.#state.is === 'recorded') URL.revokeObjectURL(this.#state.recording.url);
    if (this.#state.is !== 'idle') this.#set({ is: 'idle' });
  };

  #opened(loan: MicrophoneLoan): void {
    const turn = this.#turn;
    const stop = (why: Stopped) => () => {
      if (turn === this.#turn) this.stop(why);
    };
    this.#loan = loan;
    loan.recalled.addEventListener('abort', stop('call'));
    loan.track.addEventListener('ended', stop('lost'));
    // The system has given it to something else.
    loan.track.addEventListener('mute', stop('lost'));
    this.#meter = new LevelMeter(loan.track);
    this.#frame = requestAnimationFrame(this.#measure);
  }

  #count(seconds: number, mostMs: number): void {
    this.#set({ is: 'counting', seconds });
    this.#after(second, () => (seconds > 1 ? this.#count(seconds - 1, mostMs) : this.#record(mostMs)));
  }

  #record(mostMs: number): void {
    if (!this.#loan) return;
    this.#recorder = new MediaRecorder(new MediaStream([this.#loan.track]), {
      audioBitsPerSecond: bitsPerSecond,
    });
    const recorder = this.#recorder;
    recorder.addEventListener('dataavailable', ({ data }) => {
      if (recorder !== this.#recorder) return;
      // It stops by itself when the microphone goes, and may be the first to tell.
      if (this.#state.is === 'recording') this.#finish('lost');
      void this.#prepare(data);
    });
    recorder.addEventListener('error', () => {
      if (recorder === this.#recorder) this.stop('lost');
    });
    recorder.start();
    this.#set({ is: 'recording', since: performance.now() });
    this.#after(mostMs, () => this.stop('full'));
    this.#tick();
  }

  #finish(why: Stopped): void {
    this.#stopped = why;
    // All that was recorded comes in one piece.
    if (this.#recorder?.state !== 'inactive') this.#recorder?.stop();
    this.#close();
    this.#set({ is: 'preparing' });
  }

  async #prepare(data: Blob): Promise<void> {
    const turn = this.#turn;
    let next: RecorderState = { is: 'failed', words: texts.broken };
    try {
      const sound = await resampled(await decoded(data), 1);
      const samples = sound.getChannelData(0);
      const file = new Blob([writeWav(sound)], { type: 'audio/wav' });
      const verdict = checkRecording(samples, sound.sampleRate);
      const ms = Math.round(sound.duration * second);
      if (turn !== this.#turn) return;
      const recording = { file, url: URL.createObjectURL(file), ms, verdict };
      next = { is: 'recorded', recording, stopped: this.#stopped };
    } catch {
      // Nothing was in it: stopped in the moment in which it began.
      if (turn !== this.#turn) return;
    }
    this.#set(next);
  }

  #close(): void {
    cancelAnimationFrame(this.#frame);
    for (const timer of this.#timers.splice(0)) clearTimeout(timer);
    this.#meter?.close();
    this.#loan?.track.stop();
    this.#meter = this.#loan = undefined;
  }

  #after(ms: number, act: () => void): void {
    this.#timers.push(setTimeout(act, ms));
  }

  #tick(): void {
    this.#host.requestUpdate();
    this.#after(tickMs, () => this.#tick());
  }

  readonly #measure = () => {
    this.#onLevel(this.#meter?.level ?? 0);
    this.#frame = requestAnimationFrame(this.#measure);
  };

  #set(state: RecorderState): void {
    this.#state = state;
    this.#host.requestUpdate();
  }
}
