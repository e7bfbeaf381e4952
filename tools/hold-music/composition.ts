/**
 * The default hold music, written for this product: sixteen slow bars in D major for electric piano, a far pad, bass
 * and a sparse vibraphone. It loops without a seam. The same input gives the same samples every time.
 */
import { loudnessDb } from '../../server/music/default-piece.ts';
import { bass, electricPiano, pad, play, sampleRate, vibraphone } from './instruments.ts';
import { reverberate } from './reverb.ts';

/** Seconds. 75 beats a minute: 16 bars of 4 are 51.2 s, a whole number of 20 ms frames. */
const beat = 0.8;
const beatsPerBar = 4;

/** A bar of harmony: bass note, then the chord from low to high, as MIDI note numbers. */
type Bar = readonly [bass: number, ...chord: number[]];

const dMajor9: Bar = [38, 57, 61, 64, 66];
const bMinor9: Bar = [35, 57, 61, 62, 66];
const gMajor9: Bar = [43, 57, 59, 62, 66];
const a9sus: Bar = [45, 55, 59, 62, 64];
const a7: Bar = [45, 55, 59, 61, 64];
const fSharpMinor7: Bar = [42, 57, 61, 64, 66];
const eMinor9: Bar = [40, 55, 59, 62, 66];
const gOverA: Bar = [45, 55, 59, 62, 66];

const harmony: readonly Bar[] = [
  ...[dMajor9, bMinor9, gMajor9, a9sus],
  ...[dMajor9, fSharpMinor7, gMajor9, a7],
  ...[bMinor9, fSharpMinor7, eMinor9, gOverA],
  ...[gMajor9, fSharpMinor7, eMinor9, a9sus],
];

/** Vibraphone: bar, beat in the bar, note, length in beats. Long rests: one should be able to think. */
const melody: readonly (readonly [bar: number, at: number, note: number, length: number])[] = [
  ...([
    [0, 2, 78, 1],
    [0, 3, 76, 1],
    [1, 0, 74, 3],
  ] as const),
  ...([
    [2, 1.5, 71, 0.5],
    [2, 2, 74, 1],
    [2, 3, 76, 1],
    [3, 0, 76, 2.5],
  ] as const),
  ...([
    [4, 2, 78, 0.5],
    [4, 2.5, 81, 1.5],
    [5, 0, 78, 1.5],
    [5, 2, 76, 2],
  ] as const),
  ...([
    [6, 1, 74, 1],
    [6, 2, 71, 2],
    [7, 0, 73, 3],
  ] as const),
  ...([
    [8, 2, 74, 1],
    [8, 3, 76, 1],
    [9, 0, 73, 3],
  ] as const),
  ...([
    [10, 1, 71, 1],
    [10, 2, 74, 1],
    [10, 3, 78, 1],
    [11, 0, 76, 3],
  ] as const),
  ...([
    [12, 1.5, 78, 0.5],
    [12, 2, 79, 1],
    [12, 3, 78, 1],
    [13, 0, 76, 2.5],
  ] as const),
  ...([
    [14, 1, 74, 1],
    [14, 2, 71, 1],
    [14, 3, 69, 1],
    [15, 0, 71, 2],
    [15, 2, 69, 2],
  ] as const),
];

/** Electric piano: beats within the bar, which chord tone is struck there, semitones above it; rocking. */
const figure = [
  [0, 0, 0],
  [0.5, 2, 0],
  [1, 1, 12],
  [1.5, 3, 0],
  [2, 0, 12],
  [2.5, 2, 12],
  [3, 1, 12],
  [3.5, 3, 0],
] as const;

/** The reverb's share next to the dry sound. */
const room = 0.55;

/** @returns mono samples at 48 kHz, -1..1, RMS at `loudnessDb`, never clipping */
export function compose(): Float32Array {
  const samples = new Float32Array(Math.round(harmony.length * beatsPerBar * beat * sampleRate));
  const vary = variation();
  harmony.forEach(([root, ...chord], bar) => {
    const start = bar * beatsPerBar * beat;
    for (const note of chord) play(samples, pad, note + 12, start - 0.3, beatsPerBar * beat, 0.028);
    play(samples, bass, root, start, 2.4 * beat, 0.11);
    play(samples, bass, root + (bar % 2 === 0 ? 7 : 12), start + 2.5 * beat, 1.2 * beat, 0.06);
    for (const [at, tone, above] of figure) {
      const accent = at === 0 ? 1.15 : 0.85;
      const time = start + at * beat + vary(0.007);
      play(samples, electricPiano, chord[tone]! + above, time, 1.6 * beat, 0.11 * accent * (1 + vary(0.12)));
    }
  });
  for (const [bar, at, note, length] of melody) {
    const time = (bar * beatsPerBar + at) * beat + vary(0.01);
    play(samples, vibraphone, note, time, length * beat, 0.17 * (1 + vary(0.1)));
  }
  const wet = reverberate(samples);
  for (let i = 0; i < samples.length; i++) samples[i] = samples[i]! + wet[i]! * room;
  return toLoudness(samples);
}

function toLoudness(samples: Float32Array): Float32Array {
  let squares = 0;
  for (const sample of samples) squares += sample * sample;
  const gain = 10 ** (loudnessDb / 20) / Math.sqrt(squares / samples.length);
  // A soft knee instead of clipping; at this loudness only the rare peak comes near it.
  return samples.map(sample => Math.tanh(sample * gain * 0.8) / 0.8);
}

/** Small deviations as a player has them, the same every time (mulberry32). */
function variation(): (most: number) => number {
  let state = 0x7a1c;
  return most => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (((t ^ (t >>> 14)) >>> 0) / 2 ** 31 - 1) * most;
  };
}
