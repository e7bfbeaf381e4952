/** Whether a recording can be used, before it is saved. The server brings it to the loudness of all sounds; this is what it cannot mend. */

export type Verdict = 'good' | 'short' | 'silent' | 'quiet' | 'clipped';

/** Shorter is a click too many, ms. The server takes nothing below 200. */
const shortestMs = 500;
const frameMs = 20;
/** Nothing but the noise of a room, or of a microphone that is muted: the loudest frame, dBFS. */
const silenceDb = -50;
/** Raised to the usual loudness, such a voice would bring much of its noise along, dBFS. */
const quietDb = -42;
/** Frames quieter than the loudest by more than this are pauses, dB; as the server has it. */
const pauseDb = 30;
/** A sample this far out is at the end of what can be recorded, a little less since it was coded in between. */
const fullScale = 0.985;
/** Samples of a frame that are, and frames that have as many: one plosive does no harm, a second of crackling does. */
const clippedSamples = 4;
const clippedMs = 100;

const decibels = (power: number) => 10 * Math.log10(power + 1e-12);

/** @param samples mono, -1..1 or a little beyond */
export function checkRecording(samples: Float32Array, rate: number): Verdict {
  if ((samples.length / rate) * 1_000 < shortestMs) return 'short';
  const size = Math.round((rate * frameMs) / 1_000);
  const powers: number[] = [];
  let clipped = 0;
  for (let from = 0; from + size <= samples.length; from += size) {
    let squares = 0;
    let far = 0;
    for (const sample of samples.subarray(from, from + size)) {
      squares += sample * sample;
      if (Math.abs(sample) >= fullScale) far++;
    }
    powers.push(squares / size);
    if (far >= clippedSamples) clipped++;
  }
  const loudest = Math.max(...powers);
  if (decibels(loudest) < silenceDb) return 'silent';
  if (clipped * frameMs >= clippedMs) return 'clipped';
  const sounding = powers.filter(power => power >= loudest * 10 ** (-pauseDb / 10));
  const mean = sounding.reduce((sum, power) => sum + power, 0) / sounding.length;
  return decibels(mean) < quietDb ? 'quiet' : 'good';
}
