/** Three soft instruments as sums of decaying sine partials, rendered into a buffer that wraps around (a loop). */

export const sampleRate = 48_000;

type Partial = {
  /** Multiple of the note's frequency. */
  ratio: number;
  gain: number;
  /** Time for the partial to fall by 60 dB, seconds, at middle C; lower notes ring longer. */
  decay: number;
};

export type Instrument = {
  partials: readonly Partial[];
  /** Seconds of a smooth rise. */
  attack: number;
  /** Seconds from the end of the note to silence. */
  release: number;
};

/** An electric piano's tine: a strong fundamental, and a short bell on the hammer's blow. */
export const electricPiano: Instrument = {
  partials: [
    { ratio: 1, gain: 1, decay: 6 },
    { ratio: 2, gain: 0.42, decay: 3.2 },
    { ratio: 3, gain: 0.18, decay: 1.8 },
    { ratio: 4, gain: 0.1, decay: 1.1 },
    { ratio: 5, gain: 0.04, decay: 0.7 },
    { ratio: 7.03, gain: 0.05, decay: 0.22 },
  ],
  attack: 0.006,
  release: 0.35,
};

/** A vibraphone struck with soft mallets: the fourth partial is what makes it one. */
export const vibraphone: Instrument = {
  partials: [
    { ratio: 1, gain: 1, decay: 5 },
    { ratio: 2, gain: 0.08, decay: 2 },
    { ratio: 4, gain: 0.16, decay: 1.4 },
    { ratio: 9.9, gain: 0.03, decay: 0.2 },
  ],
  attack: 0.008,
  release: 0.9,
};

/** Strings far away: each partial twice, a little apart, which beats slowly. */
export const pad: Instrument = {
  partials: [
    { ratio: 0.9988, gain: 0.5, decay: 60 },
    { ratio: 1.0012, gain: 0.5, decay: 60 },
    { ratio: 1.998, gain: 0.16, decay: 60 },
    { ratio: 2.002, gain: 0.16, decay: 60 },
    { ratio: 3.001, gain: 0.09, decay: 60 },
    { ratio: 4.003, gain: 0.04, decay: 60 },
  ],
  attack: 0.9,
  release: 1.4,
};

export const bass: Instrument = {
  partials: [
    { ratio: 1, gain: 1, decay: 5 },
    { ratio: 2, gain: 0.35, decay: 2.5 },
    { ratio: 3, gain: 0.08, decay: 1.2 },
  ],
  attack: 0.015,
  release: 0.25,
};

/** Frequency of a MIDI note number, Hz; 69 is A at 440. */
const frequency = (note: number) => 440 * 2 ** ((note - 69) / 12);

/**
 * Adds one note. What rings past the end of the buffer goes on at its beginning.
 * @param start seconds; may be slightly negative
 * @param length seconds until the key is let go
 */
export function play(
  out: Float32Array,
  { partials, attack, release }: Instrument,
  note: number,
  start: number,
  length: number,
  gain: number,
): void {
  const held = Math.round(length * sampleRate);
  const total = held + Math.round(release * sampleRate);
  const rise = Math.max(1, Math.round(attack * sampleRate));
  const shape = new Float32Array(total).fill(gain);
  for (let i = 0; i < Math.min(rise, total); i++) shape[i] = gain * smooth(i / rise);
  for (let i = held; i < total; i++) shape[i] = shape[i]! * smooth((total - i) / (total - held));
  for (const partial of partials) {
    const hertz = frequency(note) * partial.ratio;
    if (hertz > 9_000) continue;
    // Two-term recurrence for a sine (no call per sample), its decay folded in:
    // y[n] = 2 r cos(w) y[n-1] - r² y[n-2]
    const omega = (2 * Math.PI * hertz) / sampleRate;
    const seconds = partial.decay * Math.min(2, Math.sqrt(261.6 / frequency(note)));
    const r = 10 ** (-3 / (seconds * sampleRate));
    const a = 2 * r * Math.cos(omega);
    const b = -r * r;
    let before = (-Math.sin(omega) / r) * partial.gain;
    let now = 0;
    let at = (Math.round(start * sampleRate) + out.length) % out.length;
    for (let i = 0; i < total; i++) {
      out[at] = out[at]! + now * shape[i]!;
      if (++at === out.length) at = 0;
      const next = a * now + b * before;
      before = now;
      now = next;
    }
  }
}

/** 0..1 to 0..1 with flat ends, so that rises and falls do not click. */
const smooth = (x: number) => x * x * (3 - 2 * x);
