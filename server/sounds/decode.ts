/** What is in an uploaded file, as samples. mediabunny tells and opens the containers; what they carry is decoded here. */
import { Decoder } from '@evan/opus';
import {
  AudioSampleSink,
  BufferSource,
  EncodedPacketSink,
  Input,
  type InputAudioTrack,
  MP3,
  OGG,
  WAVE,
} from 'mediabunny';
import { MPEGDecoder } from 'mpg123-decoder';
import { limits } from '../../shared/limits.ts';
import { adpcmBlocks } from './adpcm.ts';
import { foreignFormat } from './foreign-format.ts';
import { Mono48k, type Sound, sampleRate } from './mono-48k.ts';
import { SoundError } from './problems.ts';
import { readWavFile, type WavFile } from './wav-file.ts';

/** @param done how much of the file is decoded, 0..1 */
type OnProgress = (done: number) => void;

/** Some recorders put MP3 into a WAV file. */
const mp3InWav = 0x55;
/** What mpg123 is given at once, bytes. */
const mp3PieceBytes = 64 * 1024;

/**
 * @returns mono, 48 kHz; -1..1, or beyond it for some floating-point files
 * @throws SoundError for whatever is wrong with the file
 */
export async function decode(file: Uint8Array, onProgress: OnProgress): Promise<Sound> {
  const mixed = new Mono48k();
  const sound = await decodeInto(mixed, file, onProgress);
  const only = mixed.loudestOfCancelled;
  // Decoded once more, instead of keeping every channel of every file: such files are rare.
  return only === null ? sound : decodeInto(new Mono48k(only), file, () => {});
}

async function decodeInto(sound: Mono48k, file: Uint8Array, onProgress: OnProgress): Promise<Sound> {
  try {
    const format = foreignFormat(file);
    if (format) throw new SoundError('other-format', { format });
    const wav = readWavFile(file);
    const adpcm = wav && adpcmBlocks(wav);
    if (adpcm) {
      await decodeAdpcm(wav, adpcm, sound, onProgress);
      return sound.finish();
    }
    if (wav?.tag === mp3InWav) {
      await decodeMp3(wav.data, sound, onProgress);
      return sound.finish();
    }
    using input = new Input({ source: new BufferSource(file), formats: [MP3, WAVE, OGG] });
    if (!(await input.canRead())) throw new SoundError('not-a-sound');
    const track = await input.getPrimaryAudioTrack();
    if (!track) throw new SoundError('not-a-sound');
    if (track.codec === 'mp3') await decodeMp3(file, sound, onProgress);
    else if (track.codec === 'opus') await decodeOpus(track, sound, onProgress);
    else if (track.codec && isPcm.test(track.codec)) await decodePcm(track, sound, onProgress);
    else throw new SoundError('not-a-sound');
    return sound.finish();
  } catch (cause) {
    throw cause instanceof SoundError ? cause : new SoundError('damaged', { cause });
  } finally {
    sound.close();
  }
}

async function decodeAdpcm(
  { data, rate, blockBytes }: WavFile,
  blocks: Iterable<Float32Array[]>,
  sound: Mono48k,
  onProgress: OnProgress,
): Promise<void> {
  let bytes = 0;
  for (const channels of blocks) {
    await sound.add(channels, rate);
    bytes += blockBytes;
    onProgress(Math.min(1, bytes / data.length));
  }
}

/** Encoders put some silence at both ends. */
const toleranceMs = 1_000;
const isPcm = /^(pcm-|ulaw$|alaw$)/;

/** The whole file goes to mpg123, which knows about tags and about the silence that encoders put at both ends. */
async function decodeMp3(file: Uint8Array, sound: Mono48k, onProgress: OnProgress): Promise<void> {
  const decoder = new MPEGDecoder();
  await decoder.ready;
  try {
    for (let from = 0; from < file.length; from += mp3PieceBytes) {
      const piece = decoder.decode(file.subarray(from, from + mp3PieceBytes));
      if (piece.samplesDecoded > 0) await sound.add(piece.channelData, piece.sampleRate);
      onProgress(Math.min(1, (from + mp3PieceBytes) / file.length));
    }
  } finally {
    decoder.free();
  }
}

async function decodePcm(track: InputAudioTrack, sound: Mono48k, onProgress: OnProgress): Promise<void> {
  const seconds = await lengthOf(track);
  for await (const sample of new AudioSampleSink(track).samples()) {
    const channels = Array.from({ length: sample.numberOfChannels }, (_, planeIndex) => {
      const plane = new Float32Array(sample.numberOfFrames);
      sample.copyTo(plane, { format: 'f32-planar', planeIndex });
      return plane;
    });
    const { timestamp, sampleRate: rate } = sample;
    sample.close();
    await sound.add(channels, rate);
    onProgress(Math.min(1, timestamp / seconds));
  }
}

/** Seconds, as the file says it; a long file is refused before it is decoded. What comes out is counted all the same. */
async function lengthOf(track: InputAudioTrack): Promise<number> {
  const seconds = await track.computeDuration();
  if (seconds * 1000 > limits.maxSoundMs + toleranceMs) throw new SoundError('too-long');
  return seconds;
}

/** What the decoder needs to warm up (pre-skip, RFC 7845) is not part of the sound. */
async function decodeOpus(track: InputAudioTrack, sound: Mono48k, onProgress: OnProgress): Promise<void> {
  const count = track.numberOfChannels;
  if (count !== 1 && count !== 2)
    throw new SoundError('other-format', { format: `Ogg Opus with ${count} channels` });
  const seconds = await lengthOf(track);
  const decoder = new Decoder({ channels: count, sample_rate: sampleRate });
  let skip = preSkip((await track.getDecoderConfig())?.description);
  for await (const packet of new EncodedPacketSink(track).packets()) {
    const pcm = decoder.decode(packet.data);
    const samples = new Int16Array(pcm.buffer, pcm.byteOffset, pcm.byteLength / 2);
    const length = samples.length / count;
    const skipped = Math.min(skip, length);
    const channels = Array.from({ length: count }, (_, channel) =>
      Float32Array.from(
        { length: length - skipped },
        (_, i) => samples[(skipped + i) * count + channel]! / 32_768,
      ),
    );
    await sound.add(channels, sampleRate);
    skip -= skipped;
    onProgress(Math.max(0, Math.min(1, packet.timestamp / seconds)));
  }
}

/** Samples at 48 kHz, from the identification header (RFC 7845 section 5.1). */
function preSkip(header: AllowSharedBufferSource | undefined): number {
  if (!header) return 0;
  const view = ArrayBuffer.isView(header)
    ? new DataView(header.buffer, header.byteOffset, header.byteLength)
    : new DataView(header);
  return view.byteLength >= 12 ? view.getUint16(10, true) : 0;
}
