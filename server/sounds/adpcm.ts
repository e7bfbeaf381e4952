/** The two kinds of ADPCM in WAV files, four bits a sample: Microsoft's and that of the IMA (Microsoft's multimedia standards update). */
import { SoundError } from './problems.ts';
import type { WavFile } from './wav-file.ts';

/** One block as samples of each channel, -1..1. A block that is cut off gives what is there. */
type DecodeBlock = (block: DataView, channels: number) => Float32Array[];

/** @returns null when the file holds something else */
export function adpcmBlocks(wav: WavFile): Generator<Float32Array[]> | null {
  switch (wav.tag) {
    case 0x02:
      return blocks(wav, microsoft(wav), 7 * wav.channels);
    case 0x11:
      return blocks(wav, ima, 4 * wav.channels);
    default:
      return null;
  }
}

function* blocks(
  { data, channels, blockBytes, sampleCount }: WavFile,
  decode: DecodeBlock,
  headBytes: number,
) {
  if (channels < 1 || channels > 2 || blockBytes < headBytes) throw new SoundError('damaged');
  // The last block is filled up; the file says how much of it is sound.
  let left = sampleCount || Number.POSITIVE_INFINITY;
  for (let at = 0; at + headBytes <= data.length && left > 0; at += blockBytes) {
    const block = data.subarray(at, at + blockBytes);
    const decoded = decode(new DataView(block.buffer, block.byteOffset, block.length), channels);
    yield decoded.map(samples => samples.subarray(0, left));
    left -= decoded[0]!.length;
  }
}

const to16Bits = (sample: number) => Math.max(-32_768, Math.min(32_767, sample));

const adaption = [230, 230, 230, 230, 307, 409, 512, 614, 768, 614, 512, 409, 307, 230, 230, 230];
const usualCoefficients = [
  [256, 0],
  [512, -256],
  [0, 0],
  [192, 64],
  [240, 0],
  [460, -208],
  [392, -232],
] as const;

/** Each sample is guessed from the two before it, by weights that the block chooses; four bits correct the guess. */
function microsoft({ extra }: WavFile): DecodeBlock {
  const count = extra.byteLength >= 4 ? Math.min(extra.getUint16(2, true), (extra.byteLength - 4) >> 2) : 0;
  const own = Array.from({ length: count }, (_, i) => [
    extra.getInt16(4 + i * 4, true),
    extra.getInt16(6 + i * 4, true),
  ]);
  const coefficients = own.length > 0 ? own : usualCoefficients;
  return (block, channels) => {
    const states = Array.from({ length: channels }, (_, channel) => ({
      weights: coefficients[block.getUint8(channel)] ?? [0, 0],
      delta: block.getInt16(channels + channel * 2, true),
      last: block.getInt16(channels * 3 + channel * 2, true),
      before: block.getInt16(channels * 5 + channel * 2, true),
    }));
    const first = channels * 7;
    const length = 2 + Math.floor(((block.byteLength - first) * 2) / channels);
    const samples = states.map(({ last, before }) => {
      const all = new Float32Array(length);
      all[0] = before / 32_768;
      all[1] = last / 32_768;
      return all;
    });
    for (let i = 0; i < (length - 2) * channels; i++) {
      const byte = block.getUint8(first + (i >> 1));
      const bits = i % 2 === 0 ? byte >> 4 : byte & 15;
      const state = states[i % channels]!;
      const guess = (state.last * state.weights[0]! + state.before * state.weights[1]!) >> 8;
      state.before = state.last;
      state.last = to16Bits(guess + (bits < 8 ? bits : bits - 16) * state.delta);
      state.delta = Math.max(16, (adaption[bits]! * state.delta) >> 8);
      samples[i % channels]![2 + Math.floor(i / channels)] = state.last / 32_768;
    }
    return samples;
  };
}

const stepIndexes = [-1, -1, -1, -1, 2, 4, 6, 8];
/** 7 to 32,767, each a tenth more than the one before. */
const steps = [
  ...[7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66, 73, 80],
  ...[88, 97, 107, 118, 130, 143, 157, 173, 190, 209, 230, 253, 279, 307, 337, 371, 408, 449, 494, 544, 598],
  ...[658, 724, 796, 876, 963, 1060, 1166, 1282, 1411, 1552, 1707, 1878, 2066, 2272, 2499, 2749, 3024, 3327],
  ...[3660, 4026, 4428, 4871, 5358, 5894, 6484, 7132, 7845, 8630, 9493, 10442, 11487, 12635, 13899, 15289],
  ...[16818, 18500, 20350, 22385, 24623, 27086, 29794, 32767],
];

/** Each sample differs from the one before it by a step that grows and shrinks. Channels change every four bytes. */
const ima: DecodeBlock = (block, channels) => {
  const first = channels * 4;
  const groups = Math.floor((block.byteLength - first) / first);
  return Array.from({ length: channels }, (_, channel) => {
    const samples = new Float32Array(1 + groups * 8);
    let sample = block.getInt16(channel * 4, true);
    let index = Math.min(88, block.getUint8(channel * 4 + 2));
    samples[0] = sample / 32_768;
    for (let i = 0; i < groups * 8; i++) {
      const byte = block.getUint8(first + (i >> 3) * first + channel * 4 + ((i & 7) >> 1));
      const bits = i % 2 === 0 ? byte & 15 : byte >> 4;
      const step = steps[index]!;
      let change = step >> 3;
      if (bits & 4) change += step;
      if (bits & 2) change += step >> 1;
      if (bits & 1) change += step >> 2;
      sample = to16Bits(bits & 8 ? sample - change : sample + change);
      index = Math.max(0, Math.min(88, index + stepIndexes[bits & 7]!));
      samples[1 + i] = sample / 32_768;
    }
    return samples;
  });
};
