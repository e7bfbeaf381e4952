/** How costs grow with the size of a shop: no goals, but lines for the page of figures. */
import type { Say } from './benchmark.ts';

export type GrowthPoint = readonly [size: number, value: number];
export type GrowthLine = { label: string; unit: string; points: readonly GrowthPoint[] };
export type GrowthResult = {
  lines: Record<string, GrowthLine>;
  /** Why it was not measured further. */
  ended: string;
};

export type Growth = {
  id: string;
  title: string;
  /** What there are more and more of. */
  of: string;
  run: (say: Say) => Promise<GrowthResult>;
};

/** The value of a line at some size: between two points in proportion, beyond the last one as from the first to it. */
export function valueAt(points: readonly GrowthPoint[], size: number): number {
  const after = points.findIndex(([at]) => at >= size);
  const [from, to] =
    after === -1
      ? [points[0], points.at(-1)]
      : after === 0
        ? [points[0], points[0]]
        : [points[after - 1], points[after]];
  if (!from || !to) return Number.NaN;
  const [[x0, y0], [x1, y1]] = [from, to];
  return x1 === x0 ? y0 : y0 + ((y1 - y0) * (size - x0)) / (x1 - x0);
}
