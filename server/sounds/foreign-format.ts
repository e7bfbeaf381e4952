/** Which kind of sound a file holds that is not converted here, so that its owner is told what to look for. */
import { readWavFile } from './wav-file.ts';

/** Kinds of samples in WAV files that are converted: PCM, both ADPCMs, floating point, A-law, mu-law, MP3. */
const known = new Set([0x01, 0x02, 0x03, 0x06, 0x07, 0x11, 0x55]);
const wavKinds: Partial<Record<number, string>> = {
  16: 'WAV with OKI ADPCM',
  20: 'WAV with G.723 ADPCM',
  34: 'WAV with TrueSpeech',
  49: 'WAV with GSM 6.10',
  64: 'WAV with G.721 ADPCM',
  66: 'WAV with G.723.1',
  69: 'WAV with G.726 ADPCM',
  80: 'WAV with MPEG layer 1 or 2',
  100: 'WAV with G.726 ADPCM',
  131: 'WAV with G.729',
  255: 'WAV with AAC',
  352: 'WAV with Windows Media Audio',
  353: 'WAV with Windows Media Audio',
  354: 'WAV with Windows Media Audio',
  8192: 'WAV with AC-3',
};

/** How files begin: at which byte, with what. The first that fits counts. */
const beginnings: readonly [name: string, at: number, start: string | RegExp][] = [
  ['FLAC', 0, 'fLaC'],
  ['AMR', 0, '#!AMR'],
  ['AIFF', 0, /^FORM.{4}AIF[FC]/s],
  ['CAF (Core Audio)', 0, 'caff'],
  ['AU', 0, '.snd'],
  ['Windows Media', 0, '\x30\x26\xb2\x75\x8e\x66\xcf\x11'],
  ['RealAudio', 0, '.RMF'],
  ['WavPack', 0, 'wvpk'],
  ["Monkey's Audio", 0, 'MAC '],
  ['MIDI', 0, 'MThd'],
  ['WebM or Matroska', 0, '\x1a\x45\xdf\xa3'],
  ['large WAV (RF64)', 0, 'RF64'],
  ['Ogg Vorbis', 28, '\x01vorbis'],
  ['Ogg FLAC', 28, '\x7fFLAC'],
  ['Ogg Speex', 28, 'Speex   '],
  // Twelve set bits, and layer 0, which no MPEG audio has.
  ['AAC', 0, /^\xff[\xf0\xf1\xf8\xf9]/],
];

/** The name of the format; null for what is converted, and for what nobody knows. */
export function foreignFormat(file: Uint8Array): string | null {
  const wav = readWavFile(file);
  if (wav) {
    if (known.has(wav.tag)) return null;
    return wavKinds[wav.tag] ?? `WAV of the unusual kind 0x${wav.tag.toString(16)}`;
  }
  const head = Buffer.from(file.buffer, file.byteOffset, Math.min(64, file.length)).toString('latin1');
  if (head.startsWith('ftyp', 4)) return insideMp4(file, head);
  const found = beginnings.find(([, at, start]) =>
    typeof start === 'string' ? head.startsWith(start, at) : start.test(head.slice(at)),
  );
  return found?.[0] ?? null;
}

/** MP4 is a family: the entry of the track says what is in it, somewhere in the file. */
function insideMp4(file: Uint8Array, head: string): string {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.length);
  if (bytes.includes('alac')) return 'M4A (Apple Lossless)';
  if (bytes.includes('samr') || bytes.includes('sawb') || head.startsWith('3g', 8)) return '3GP (AMR)';
  return 'M4A (AAC)';
}
