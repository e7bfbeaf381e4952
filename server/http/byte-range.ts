/** The part of a file that a request asks for (RFC 9110 section 14). */

/** Both ends are included. */
export type ByteRange = { from: number; to: number };

/**
 * One range is understood; for none, several, or what is no range of bytes, the whole file is the right answer.
 * @param size of the whole file, bytes
 * @returns null for the whole file, `beyond` where the file has no such part
 */
export function readRange(header: string, size: number): ByteRange | 'beyond' | null {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header);
  const [, first = '', last = ''] = match ?? [];
  if (!match || (first === '' && last === '')) return null;
  if (first === '') return suffix(Number(last), size);
  const from = Number(first);
  const to = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== '' && Number(last) < from) return null;
  return from < size ? { from, to } : 'beyond';
}

function suffix(length: number, size: number): ByteRange | 'beyond' {
  return length > 0 && size > 0 ? { from: Math.max(0, size - length), to: size - 1 } : 'beyond';
}
