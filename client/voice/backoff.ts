import { limits } from '../../shared/limits.ts';

/**
 * How long to wait before attempt number `attempt` (0 is the first), milliseconds: doubling from
 * `reconnectFirstMs` up to `reconnectMostMs`, plus up to half of it again by chance, so that a
 * thousand browsers that lost the same server do not come back in the same instant.
 */
export function reconnectDelay(attempt: number, random: () => number): number {
  const base = Math.min(limits.reconnectMostMs, limits.reconnectFirstMs * 2 ** Math.min(attempt, 30));
  return base * (1 + random() / 2);
}
