/** Encodes a piece that loops. */
import { Encoder } from '@evan/opus';
import { samplesPerFrame } from './opus-frame.ts';

/** Frames of the piece's end that are encoded before its beginning and thrown away. */
const leadInFrames = 50;

/**
 * Encoder and decoder both carry state from frame to frame. The end is encoded first, so that the first packet kept
 * is one that follows the last packet: the loop then has no seam.
 * @param samples mono, 48 kHz, -1..1; a whole number of 20 ms frames
 * @param onFrame called after each packet with how many there are
 * @returns one packet for each frame
 */
export function encodeLoop(
  samples: Float32Array,
  bitsPerSecond: number,
  onFrame?: (done: number) => void,
): Uint8Array[] {
  if (samples.length % samplesPerFrame !== 0)
    throw new RangeError('the piece is not a whole number of frames');
  const frames = samples.length / samplesPerFrame;
  const encoder = new Encoder({ channels: 1, sample_rate: 48_000, application: 'audio' });
  encoder.bitrate = bitsPerSecond;
  encoder.signal = 'music';
  // One frame at a time: a copy of a quarter of an hour would be large.
  const pcm = new Int16Array(samplesPerFrame);
  const encode = (frame: number) => {
    for (let i = 0; i < samplesPerFrame; i++) {
      const sample = samples[frame * samplesPerFrame + i]!;
      pcm[i] = Math.round(Math.max(-1, Math.min(1, sample)) * 32_767);
    }
    return Uint8Array.from(encoder.encode(pcm));
  };
  for (let frame = Math.max(0, frames - leadInFrames); frame < frames; frame++) encode(frame);
  return Array.from({ length: frames }, (_, frame) => {
    const packet = encode(frame);
    onFrame?.(frame + 1);
    return packet;
  });
}
