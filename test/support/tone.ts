/** A tone to send and a meter for what arrives, over @roamhq/wrtc's raw audio. */
import wrtc from '@roamhq/wrtc';

const { RTCAudioSink, RTCAudioSource } = wrtc.nonstandard;
const sampleRate = 48_000;
const blockMs = 10;
/** 60 dB below full scale: codecs give zeros for silence. */
const faintest = 33;

/** A microphone that hums. */
export class ToneSource {
  readonly track: MediaStreamTrack;
  readonly #source = new RTCAudioSource();
  readonly #timer: NodeJS.Timeout;
  #frequencyHz: number;
  #amplitude: number;
  #phase = 0;
  #next = performance.now();

  /** @param level amplitude, 0..1 of full scale */
  constructor(frequencyHz: number, level: number) {
    this.#frequencyHz = frequencyHz;
    this.#amplitude = level;
    this.track = this.#source.createTrack();
    this.#timer = setInterval(() => this.#push(), blockMs);
  }

  set(frequencyHz: number, level: number): void {
    this.#frequencyHz = frequencyHz;
    this.#amplitude = level;
  }

  close(): void {
    clearInterval(this.#timer);
    this.track.stop();
  }

  /** As many blocks as are due; after a stall of the test process only the newest few. */
  #push(): void {
    const now = performance.now();
    this.#next = Math.max(this.#next, now - 5 * blockMs);
    for (; this.#next <= now; this.#next += blockMs) {
      const samples = new Int16Array((sampleRate * blockMs) / 1000);
      for (let i = 0; i < samples.length; i++) {
        samples[i] = Math.round(Math.sin(this.#phase) * this.#amplitude * 32_767);
        this.#phase = (this.#phase + (2 * Math.PI * this.#frequencyHz) / sampleRate) % (2 * Math.PI);
      }
      this.#source.onData({
        samples,
        sampleRate,
        bitsPerSample: 16,
        channelCount: 1,
        numberOfFrames: samples.length,
      });
    }
  }
}

/** What a meter read over one window. */
export type Measurement = {
  /** RMS relative to full scale, dB; a full-scale sine is -3. -Infinity for silence or no audio at all. */
  levelDb: number;
  /** The same over the loudest 20 ms of the window: the level of a tone, whatever gaps are around it. */
  loudestDb: number;
  /** The strongest frequency, Hz; 0 when silent. */
  frequencyHz: number;
  /** RMS of that one frequency, dB as above. */
  at: (frequencyHz: number) => number;
};

/** Keeps the last second of a track's sound. */
export class ToneMeter {
  readonly #sink: InstanceType<typeof RTCAudioSink>;
  readonly #ring = new Float32Array(sampleRate);
  #written = 0;
  /** When sound first came, by `performance.now`. */
  soundSince: number | undefined;

  constructor(track: MediaStreamTrack) {
    this.#sink = new RTCAudioSink(track);
    this.#sink.ondata = ({ samples, channelCount = 1, sampleRate: rate }: SinkData) => {
      if (samples.some(sample => Math.abs(sample) > faintest)) this.soundSince ??= performance.now();
      const step = rate / sampleRate;
      const frames = samples.length / channelCount;
      for (let i = 0; i < frames / step; i++) {
        this.#ring[this.#written++ % this.#ring.length] =
          samples[Math.floor(i * step) * channelCount]! / 32_768;
      }
    };
  }

  /** @param windowMs how far back to listen, at most 1000 */
  measure(windowMs = 170): Measurement {
    const length = Math.min(Math.round((windowMs / 1000) * sampleRate), this.#written, this.#ring.length);
    const window = new Float32Array(length);
    for (let i = 0; i < length; i++) {
      window[i] = this.#ring[(this.#written - length + i) % this.#ring.length]!;
    }
    return measureSamples(window);
  }

  close(): void {
    this.#sink.stop();
  }
}

/** Level and pitch of mono samples, 48 kHz, -1..1. */
export function measureSamples(window: Float32Array): Measurement {
  const levelDb = level(window);
  const part = (sampleRate * 20) / 1000;
  let loudestDb = Number.NEGATIVE_INFINITY;
  for (let from = 0; from + part <= window.length; from += part / 4)
    loudestDb = Math.max(loudestDb, level(window.subarray(from, from + part)));
  let faded: Float64Array | undefined;
  let frequencyHz: number | undefined;
  return {
    levelDb,
    loudestDb,
    // Looked for only when somebody asks: it takes longer than all else here.
    get frequencyHz() {
      faded ??= hann(window);
      frequencyHz ??= levelDb > -70 ? strongest(faded) : 0;
      return frequencyHz;
    },
    at(hertz) {
      faded ??= hann(window);
      return 20 * Math.log10(amplitude(faded, hertz) / Math.SQRT2);
    },
  };
}

function level(samples: Float32Array): number {
  let squares = 0;
  for (const sample of samples) squares += sample * sample;
  return samples.length === 0 ? Number.NEGATIVE_INFINITY : 10 * Math.log10(squares / samples.length);
}

type SinkData = { samples: Int16Array; channelCount?: number; sampleRate: number };

/** The samples faded in and out by a Hann window. */
function hann(samples: Float32Array): Float64Array {
  return Float64Array.from(samples, (value, i) => value * (1 - Math.cos((2 * Math.PI * i) / samples.length)));
}

/** Amplitude of one frequency of samples that are faded, by Goertzel's method. */
function amplitude(faded: Float64Array, frequencyHz: number, rate = sampleRate): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * frequencyHz) / rate);
  let before = 0;
  let last = 0;
  for (let i = 0; i < faded.length; i++) {
    const value = faded[i]! + coefficient * last - before;
    before = last;
    last = value;
  }
  const power = last * last + before * before - coefficient * last * before;
  return (2 * Math.sqrt(Math.max(0, power))) / faded.length;
}

/** A quarter of the samples, which tell all below 6 kHz. */
const thinned = (samples: Float64Array) =>
  Float64Array.from(
    { length: Math.floor(samples.length / 4) },
    (_, i) => (samples[4 * i]! + samples[4 * i + 1]! + samples[4 * i + 2]! + samples[4 * i + 3]!) / 4,
  );

/** The strongest frequency between 50 and 4000 Hz, to about 1 Hz: a coarse look, then finer ones around the best. */
function strongest(faded: Float64Array): number {
  const samples = thinned(faded);
  let best = 0;
  let from = 50;
  let to = 4_000;
  for (let step = sampleRate / Math.max(faded.length, 1) / 1.5; ; step /= 4) {
    let most = -1;
    for (let hertz = from; hertz <= to; hertz += step) {
      const strength = amplitude(samples, hertz, sampleRate / 4);
      if (strength > most) {
        most = strength;
        best = hertz;
      }
    }
    if (step < 1) return best;
    from = best - step;
    to = best + step;
  }
}
