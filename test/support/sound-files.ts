/** Sound files as merchants upload them, and what a listener hears of the result. */
import { Decoder, Encoder } from '@evan/opus';
import { BufferTarget, EncodedAudioPacketSource, EncodedPacket, OggOutputFormat, Output } from 'mediabunny';

const frame = 960;

/** @param level amplitude, 0..1 */
export function tone(
  frequencyHz: number,
  seconds: number,
  { rate = 48_000, level = 0.3 } = {},
): Float32Array {
  return Float32Array.from(
    { length: Math.round(rate * seconds) },
    (_, i) => Math.sin((2 * Math.PI * frequencyHz * i) / rate) * level,
  );
}

/** Samples as each kind of WAV file keeps them. */
const kinds = {
  u8: {
    tag: 1,
    bytes: 1,
    write: (to: Buffer, at: number, x: number) => to.writeUInt8(round(x, 127) + 128, at),
  },
  s16: {
    tag: 1,
    bytes: 2,
    write: (to: Buffer, at: number, x: number) => to.writeInt16LE(round(x, 32_767), at),
  },
  s24: {
    tag: 1,
    bytes: 3,
    write: (to: Buffer, at: number, x: number) => to.writeIntLE(round(x, 8_388_607), at, 3),
  },
  s32: {
    tag: 1,
    bytes: 4,
    write: (to: Buffer, at: number, x: number) => to.writeInt32LE(round(x, 2_147_483_647), at),
  },
  f32: { tag: 3, bytes: 4, write: (to: Buffer, at: number, x: number) => to.writeFloatLE(x, at) },
  f64: { tag: 3, bytes: 8, write: (to: Buffer, at: number, x: number) => to.writeDoubleLE(x, at) },
} as const;
export type WavKind = keyof typeof kinds;
export const wavKinds = Object.keys(kinds) as WavKind[];
const round = (sample: number, most: number) => Math.round(Math.max(-1, Math.min(1, sample)) * most);

/** @param channels of equal length, -1..1 */
export function wav(
  channels: readonly Float32Array[],
  { kind = 's16', rate = 48_000 }: { kind?: WavKind; rate?: number } = {},
): Buffer<ArrayBuffer> {
  const { tag, bytes, write } = kinds[kind];
  const [first = new Float32Array()] = channels;
  const block = channels.length * bytes;
  const file = Buffer.alloc(44 + first.length * block);
  file.write('RIFF', 0, 'ascii');
  file.writeUInt32LE(file.length - 8, 4);
  file.write('WAVEfmt ', 8, 'ascii');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(tag, 20);
  file.writeUInt16LE(channels.length, 22);
  file.writeUInt32LE(rate, 24);
  file.writeUInt32LE(rate * block, 28);
  file.writeUInt16LE(block, 32);
  file.writeUInt16LE(bytes * 8, 34);
  file.write('data', 36, 'ascii');
  file.writeUInt32LE(first.length * block, 40);
  for (let i = 0; i < first.length; i++)
    for (const [at, channel] of channels.entries()) write(file, 44 + i * block + at * bytes, channel[i]!);
  return file;
}

/**
 * @param samples mono, 48 kHz
 * @param channels in the file; with two, both have the same sound
 * @param preSkip samples that a player leaves out at the beginning
 */
export async function oggOpus(
  samples: Float32Array,
  { channels = 1, preSkip = 0 }: { channels?: 1 | 2; preSkip?: number } = {},
): Promise<Uint8Array> {
  const target = new BufferTarget();
  const output = new Output({ format: new OggOutputFormat(), target });
  const source = new EncodedAudioPacketSource('opus');
  output.addAudioTrack(source);
  await output.start();
  const head = Buffer.alloc(19);
  head.write('OpusHead', 'ascii');
  head.writeUInt8(1, 8);
  head.writeUInt8(channels, 9);
  head.writeUInt16LE(preSkip, 10);
  head.writeUInt32LE(48_000, 12);
  const meta = {
    decoderConfig: { codec: 'opus', numberOfChannels: channels, sampleRate: 48_000, description: head },
  };
  const encoder = new Encoder({ channels, sample_rate: 48_000, application: 'audio' });
  for (let at = 0; at + frame <= samples.length; at += frame) {
    const pcm = Int16Array.from({ length: frame * channels }, (_, i) =>
      round(samples[at + Math.floor(i / channels)]!, 32_767),
    );
    const packet = Uint8Array.from(encoder.encode(pcm));
    await source.add(new EncodedPacket(packet, 'key', at / 48_000, frame / 48_000), meta);
  }
  await output.finalize();
  return new Uint8Array(target.buffer!);
}

/** What a listener hears of mono packets of 20 ms: 48 kHz, -1..1. */
export function decodePackets(packets: readonly Uint8Array[]): Float32Array {
  const decoder = new Decoder({ channels: 1, sample_rate: 48_000 });
  const sound = new Float32Array(packets.length * frame);
  packets.forEach((packet, at) => {
    const pcm = decoder.decode(packet);
    const samples = new Int16Array(pcm.buffer, pcm.byteOffset, frame);
    sound.set(
      Float32Array.from(samples, sample => sample / 32_768),
      at * frame,
    );
  });
  return sound;
}
