/** Remembers what was seen a short while ago, within a bound. */

/**
 * @param options.forMs how long a thing counts as seen
 * @param options.most things remembered; the oldest is forgotten for a new one
 */
export function recentlySeen(options: { forMs: number; most: number; now: () => number }): {
  /** True the first time, and again once the while is over. */
  isNew(key: string): boolean;
} {
  const { forMs, most, now } = options;
  /** In the order of their times. */
  const seen = new Map<string, number>();
  return {
    isNew(key) {
      const at = now();
      const last = seen.get(key);
      // A clock that was set back does not make a while longer than it is.
      if (last !== undefined && at - last < forMs && at >= last) return false;
      seen.delete(key);
      const [oldest] = seen.keys();
      if (seen.size >= most && oldest !== undefined) seen.delete(oldest);
      seen.set(key, at);
      return true;
    },
  };
}
