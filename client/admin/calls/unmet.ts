/** Clicks that led to no call, told by weekday and hour of this browser's zone. Pure. */
import type { UnmetHour } from '../../../shared/api/calls.ts';
import type { UnmetReason } from '../../../shared/domain.ts';

export type Unmet = {
  /** By weekday (0 is Monday) and hour of day. */
  cells: number[][];
  most: number;
  total: number;
  /** The worst hour of the week; null where there is none. */
  worst: { weekday: number; hour: number; count: number } | null;
  /** By reason, the most frequent first. */
  reasons: { reason: UnmetReason; count: number }[];
};

export function sumUnmet(hours: readonly UnmetHour[]): Unmet {
  const cells = Array.from({ length: 7 }, () => Array<number>(24).fill(0));
  const byReason = new Map<UnmetReason, number>();
  for (const { hour: at, reason, count } of hours) {
    const date = new Date(at);
    const row = cells[(date.getDay() + 6) % 7];
    if (row) row[date.getHours()] = (row[date.getHours()] ?? 0) + count;
    byReason.set(reason, (byReason.get(reason) ?? 0) + count);
  }
  let worst: Unmet['worst'] = null;
  cells.forEach((row, weekday) => {
    row.forEach((count, hour) => {
      if (count > (worst?.count ?? 0)) worst = { weekday, hour, count };
    });
  });
  const reasons = [...byReason]
    .map(([reason, count]) => ({ reason, count }))
    .sort((a, b) => b.count - a.count);
  return {
    cells,
    most: Math.max(0, ...cells.flat()),
    total: reasons.reduce((sum, { count }) => sum + count, 0),
    worst,
    reasons,
  };
}
