/** Lengths of time and sizes of files, in words of a language. */

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

/** `20 seconds`, `1 minute`: in the largest unit that needs no fraction, in seconds where all do. */
export function durationWords(ms: number, tag: string): string {
  const [unit, unitMs] = units.find(([, one]) => ms > 0 && ms % one === 0) ?? ['second', 1_000];
  return new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: 'long' }).format(ms / unitMs);
}

/** `30 MB`, of 1024 × 1024 bytes, rounded down. */
export function sizeWords(bytes: number, tag: string): string {
  const kilobytes = Math.floor(bytes / 1024);
  const [unit, size] =
    kilobytes < 1024 ? ['kilobyte', kilobytes] : ['megabyte', Math.floor(kilobytes / 1024)];
  return new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: 'short' }).format(size);
}
