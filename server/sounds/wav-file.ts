/** What stands in the head of a WAV file (RIFF, RFC 2361): the kind of its samples, and where they are. */

export type WavFile = {
  /** What Microsoft registered for the kind of samples: 1 is PCM. */
  tag: number;
  channels: number;
  rate: number;
  blockBytes: number;
  /** What a kind of samples adds to the head; empty for most. */
  extra: DataView;
  /** Of each channel, as the file says; null where it does not. */
  sampleCount: number | null;
  data: Uint8Array;
};

const extensible = 0xff_fe;

/** Null for what is no WAV file, or has no head that can be read. */
export function readWavFile(file: Uint8Array): WavFile | null {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const text = (at: number) => String.fromCharCode(...file.subarray(at, at + 4));
  if (text(0) !== 'RIFF' || text(8) !== 'WAVE') return null;
  let head: Omit<WavFile, 'data' | 'sampleCount'> | null = null;
  let sampleCount: number | null = null;
  for (let at = 12; at + 8 <= file.length; ) {
    const bytes = view.getUint32(at + 4, true);
    const from = at + 8;
    if (text(at) === 'fmt ' && bytes >= 16 && from + bytes <= file.length) {
      const format = new DataView(view.buffer, view.byteOffset + from, bytes);
      const tag = format.getUint16(0, true);
      head = {
        // The extensible kind has the true one at the beginning of a GUID.
        tag: tag === extensible && bytes >= 26 ? format.getUint16(24, true) : tag,
        channels: format.getUint16(2, true),
        rate: format.getUint32(4, true),
        blockBytes: format.getUint16(12, true),
        extra: new DataView(format.buffer, format.byteOffset + Math.min(18, bytes), Math.max(0, bytes - 18)),
      };
    }
    if (text(at) === 'fact' && bytes >= 4 && from + 4 <= file.length)
      sampleCount = view.getUint32(from, true);
    // Recorders that were cut off leave no size, or one that is too large.
    if (text(at) === 'data') return head && { ...head, sampleCount, data: file.subarray(from, from + bytes) };
    // Chunks begin at even places.
    at = from + bytes + (bytes % 2);
  }
  return null;
}
