import { limits } from '../../../shared/limits.ts';

/** How files begin that the server converts itself: WAV, MP3 with and without a tag (bare AAC has layer 0), Ogg Opus. */
const converted = /^(RIFF|ID3|OggS.{24}OpusHead|\xff[\xe2-\xef\xf2-\xf7\xfa-\xff])/s;

const headerBytes = 44;
/** Samples per second; the first at which the sound is small enough to be sent. */
const rates = [48_000, 32_000, 16_000];

/**
 * A sound that the server does not convert, as a WAV file, decoded by this browser: they all know AAC, in which telephones
 * record, and most know FLAC. What neither knows is given back as it is, for the server to say what it is.
 */
export async function toWav(file: File): Promise<File> {
  const head = new Uint8Array(await file.slice(0, 36).arrayBuffer());
  if (converted.test(String.fromCharCode(...head))) return file;
  try {
    const sound = await decoded(file);
    const channels = Math.min(2, sound.numberOfChannels);
    const bytesAt = (rate: number) => headerBytes + 2 * channels * Math.ceil(sound.duration * rate);
    const rate = rates.find(one => bytesAt(one) <= limits.maxSoundUploadBytes);
    if (!rate) return file;
    const wav = writeWav(await resampled(sound, channels, rate));
    return new File([wav], file.name, { type: 'audio/wav' });
  } catch {
    return file;
  }
}

/** What this browser knows how to decode, with its own channels, at 48 kHz. Rejects with whatever is wrong with it. */
export const decoded = async (file: Blob): Promise<AudioBuffer> =>
  new OfflineAudioContext(1, 1, rates[0]!).decodeAudioData(await file.arrayBuffer());

/** Mixed or spread to that many channels. */
export async function resampled(
  sound: AudioBuffer,
  channels: number,
  rate = rates[0]!,
): Promise<AudioBuffer> {
  const context = new OfflineAudioContext(channels, Math.ceil(sound.duration * rate), rate);
  const source = new AudioBufferSourceNode(context, { buffer: sound });
  source.connect(context.destination);
  source.start();
  return context.startRendering();
}

/** 16-bit PCM, little-endian, channels interleaved, after the 44 bytes of a plain RIFF header. */
export function writeWav(sound: AudioBuffer): ArrayBuffer {
  const { numberOfChannels: channels, sampleRate, length } = sound;
  const dataBytes = 2 * channels * length;
  const view = new DataView(new ArrayBuffer(headerBytes + dataBytes));
  const text = (at: number, letters: string) =>
    new Uint8Array(view.buffer, at).set([...letters].map(letter => letter.charCodeAt(0)));
  text(0, 'RIFF');
  view.setUint32(4, headerBytes - 8 + dataBytes, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * 2 * channels, true);
  view.setUint16(32, 2 * channels, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, dataBytes, true);
  for (let channel = 0; channel < channels; channel++) {
    const samples = sound.getChannelData(channel);
    for (let index = 0; index < length; index++) {
      const sample = Math.max(-1, Math.min(1, samples[index] ?? 0));
      view.setInt16(headerBytes + 2 * (index * channels + channel), Math.round(sample * 0x7fff), true);
    }
  }
  return view.buffer;
}
