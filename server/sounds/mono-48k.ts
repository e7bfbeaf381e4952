/** Gathers decoded sound of any sampling rate as mono at 48 kHz, up to the longest that is taken. */
import libsamplerate from '@alexanderolsen/libsamplerate-js';
import { limits } from '../../shared/limits.ts';
import { samplesPerFrame } from '../music/opus-frame.ts';
import { soundLimits } from './limits.ts';
import { SoundError } from './problems.ts';

export const sampleRate = 48_000;
const mostSamples = (limits.maxSoundMs / 1000) * sampleRate;
/** Converted at once: far below where libsamplerate would split it by itself. */
const blockSamples = 8_192;
/** Floating-point files may go above full scale; what is further out than this is no sound. */
const mostAmplitude = 100;
const { create, ConverterType } = libsamplerate;
type Resampler = Awaited<ReturnType<typeof create>>;

/** Samples of whole 20 ms frames, and how long the sound itself is. */
export type Sound = { samples: Float32Array; ms: number };

/** A mix with less than this share of the channels' mean power is what is left of channels that cancel each other. */
const cancelledShare = 0.1;

export class Mono48k {
  /** The one channel that is taken; null mixes all. */
  readonly #only: number | null;
  /** Sums of squares: of each channel, and of the mix. */
  readonly #powers: number[] = [];
  #mixPower = 0;
  #samples = new Float32Array(sampleRate);
  #length = 0;
  #rate = 0;
  #resampler: Resampler | undefined;
  /** Samples that came in, at their own rate. */
  #taken = 0;

  constructor(only: number | null = null) {
    this.#only = only;
  }

  /**
   * Where channels cancel each other, as with a plug that is wired the wrong way round, the loudest of them; null
   * otherwise. Told of the whole sound: changing over within it would be heard.
   */
  get loudestOfCancelled(): number | null {
    const sum = this.#powers.reduce((total, power) => total + power, 0);
    if (!(this.#mixPower < (sum / this.#powers.length) * cancelledShare)) return null;
    return this.#powers.indexOf(Math.max(...this.#powers));
  }

  /**
   * @param channels of equal length, -1..1; mixed to one
   * @throws SoundError `too-long`; `damaged` for a rate that no recording has, or that changes on the way
   */
  async add(channels: readonly Float32Array[], rate: number): Promise<void> {
    const mono = this.#mix(channels);
    if (mono.length === 0) return;
    if (this.#rate === 0) await this.#begin(rate);
    if (rate !== this.#rate) throw new SoundError('damaged');
    this.#taken += mono.length;
    for (let from = 0; from < mono.length; from += blockSamples)
      this.#resample(mono.subarray(from, from + blockSamples));
  }

  /** All that was added, filled up with silence to whole 20 ms frames. Nothing can be added afterwards. */
  finish(): Sound {
    if (this.#resampler) {
      const wanted = Math.round((this.#taken * sampleRate) / this.#rate);
      // The filter still holds the last few milliseconds: silence behind them pushes them out.
      for (let pushes = 0; this.#length < wanted && pushes < 4; pushes++)
        this.#resample(new Float32Array(Math.ceil(this.#rate / 50)));
      this.#length = Math.min(this.#length, wanted);
    }
    this.close();
    const ms = Math.round((this.#length * 1000) / sampleRate);
    this.#append(new Float32Array((samplesPerFrame - (this.#length % samplesPerFrame)) % samplesPerFrame));
    return { samples: this.#samples.subarray(0, this.#length), ms };
  }

  /** Idempotent. */
  close(): void {
    this.#resampler?.destroy();
    this.#resampler = undefined;
  }

  async #begin(rate: number): Promise<void> {
    if (!(rate >= soundLimits.lowestRate && rate <= soundLimits.highestRate)) throw new SoundError('damaged');
    this.#rate = rate;
    if (rate !== sampleRate)
      this.#resampler = await create(1, rate, sampleRate, {
        converterType: ConverterType.SRC_SINC_MEDIUM_QUALITY,
      });
  }

  #resample(block: Float32Array): void {
    this.#append(this.#resampler ? this.#resampler.full(block) : block);
  }

  #append(block: Float32Array): void {
    const length = this.#length + block.length;
    // What the filter's end adds is no reason to refuse a sound that fits exactly.
    if (length > mostSamples + sampleRate / 10) throw new SoundError('too-long');
    if (length > this.#samples.length) {
      const larger = new Float32Array(Math.max(length, this.#samples.length * 2));
      larger.set(this.#samples.subarray(0, this.#length));
      this.#samples = larger;
    }
    this.#samples.set(block, this.#length);
    this.#length = length;
  }

  #mix(channels: readonly Float32Array[]): Float32Array {
    const chosen = this.#only === null ? channels : channels.slice(this.#only, this.#only + 1);
    const [first = new Float32Array()] = chosen;
    return first.map((_, i) => {
      let sum = 0;
      for (const [at, channel] of chosen.entries()) {
        const sample = clean(channel[i]!);
        sum += sample;
        this.#powers[at] = (this.#powers[at] ?? 0) + sample * sample;
      }
      const mean = sum / chosen.length;
      this.#mixPower += mean * mean;
      return mean;
    });
  }
}

/** A value that is no number (floating-point files can hold such) is silence, and none is far out of range. */
const clean = (sample: number) =>
  Number.isFinite(sample) ? Math.max(-mostAmplitude, Math.min(mostAmplitude, sample)) : 0;
