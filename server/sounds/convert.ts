/** From an uploaded file to what is kept: a WebM file with one mono Opus track, which loops without a seam. */
import { encodeLoop } from '../music/encode-loop.ts';
import { writeWebmOpus } from '../music/opus-file.ts';
import { samplesPerFrame } from '../music/opus-frame.ts';
import { decode } from './decode.ts';
import { soundLimits } from './limits.ts';
import { bringToLoudness } from './loudness.ts';
import { SoundError } from './problems.ts';

/** `ms`: how long it plays, without the silence that fills the last frame. */
export type Converted = { audio: Uint8Array; ms: number };

/** Decoding, and bringing to another rate, takes about this share of the time. */
const decodingShare = 0.7;

/**
 * @param onProgress called often, with 0..1
 * @throws SoundError for whatever is wrong with the file
 */
export async function convert(file: Uint8Array, onProgress: (done: number) => void): Promise<Converted> {
  const { samples, ms } = await decode(file, done => onProgress(done * decodingShare));
  if (ms === 0) throw new SoundError('damaged');
  if (ms < soundLimits.shortestMs) throw new SoundError('too-short');
  bringToLoudness(samples);
  const frames = samples.length / samplesPerFrame;
  const packets = encodeLoop(samples, soundLimits.bitsPerSecond, done =>
    onProgress(decodingShare + (1 - decodingShare) * (done / frames)),
  );
  return { audio: await writeWebmOpus(packets), ms };
}
