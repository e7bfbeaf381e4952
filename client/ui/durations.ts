/** `1:02:03`, `12:34` or `0:07`; a negative span counts as none. Whole seconds, rounded down. */
export function timer(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (n: number) => String(n).padStart(2, '0');
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** Whole seconds left until `dueAt`, rounded up so that a countdown shows 1 until it is over. */
export function secondsLeft(dueAt: number, now: number): number {
  return Math.max(0, Math.ceil((dueAt - now) / 1000));
}

/** How much of a span is left, 1 at `from` and 0 at `dueAt`. */
export function shareLeft(from: number, dueAt: number, now: number): number {
  if (dueAt <= from) return 0;
  return Math.min(1, Math.max(0, (dueAt - now) / (dueAt - from)));
}
