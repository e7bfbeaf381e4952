/** Brings a sound to the loudness of the hold music that comes with the product. */
import { loudnessDb } from '../music/default-piece.ts';
import { soundLimits } from './limits.ts';
import { SoundError } from './problems.ts';

/** 20 ms at 48 kHz. */
const frameSamples = 960;
const decibels = (power: number) => 10 * Math.log10(power);
const factor = (db: number) => 10 ** (db / 20);

/**
 * Changes the samples in place: RMS to -20 dBFS as that of the default piece, pauses left out, so that a merchant's
 * loud file does not shout and a quiet recording is understood. One gain for the whole sound, and no limiter: where the
 * loudest moment would come above -3 dBFS the sound stays softer instead of being distorted.
 * @throws SoundError `silent`
 */
export function bringToLoudness(samples: Float32Array): void {
  let peak = 0;
  for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
  if (peak < factor(soundLimits.silenceDb)) throw new SoundError('silent');
  const gain = Math.min(
    factor(loudnessDb - soundingDb(samples)),
    factor(soundLimits.peakDb) / peak,
    factor(soundLimits.mostGainDb),
  );
  for (let i = 0; i < samples.length; i++) samples[i]! *= gain;
}

/** RMS of what is not a pause, dBFS. */
function soundingDb(samples: Float32Array): number {
  const powers: number[] = [];
  let loudest = 0;
  for (let from = 0; from < samples.length; from += frameSamples) {
    const frame = samples.subarray(from, from + frameSamples);
    let squares = 0;
    for (const sample of frame) squares += sample * sample;
    powers.push(squares / frame.length);
    loudest = Math.max(loudest, squares / frame.length);
  }
  const least = loudest * 10 ** (-soundLimits.pauseDb / 10);
  const sounding = powers.filter(power => power >= least);
  return decibels(sounding.reduce((sum, power) => sum + power, 0) / sounding.length);
}
