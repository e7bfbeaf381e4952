/** What a benchmark is, and the arithmetic they share. */

/** A ratio's bound: at least or at most this. */
export type Goal = { atLeast: number } | { atMost: number };

export type Result = {
  /** Median over the rounds. */
  value: number;
  /** Half the distance between the quartiles of the rounds. */
  spread: number;
  /** Rounds that counted. */
  rounds: number;
  /** How it came about, for the reader: absolute figures of each contender. */
  note: string;
};

export type Benchmark = {
  /** As in the table of goals: R1, R4, … */
  id: string;
  title: string;
  goal: Goal;
  run: (say: (progress: string) => void) => Promise<Result>;
};

export function meets(goal: Goal, value: number): boolean {
  return 'atLeast' in goal ? value >= goal.atLeast : value <= goal.atMost;
}

/** @param share 0..1; between two values, in proportion */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)] ?? Number.NaN;
  const high = sorted[Math.ceil(at)] ?? Number.NaN;
  return low + (high - low) * (at - Math.floor(at));
}

export const median = (values: readonly number[]) => quantile(values, 0.5);
export const spread = (values: readonly number[]) => (quantile(values, 0.75) - quantile(values, 0.25)) / 2;

/** Contenders in turn, each round the other way round, so that what drifts on the machine hits all alike. */
export function turns<T>(contenders: readonly T[], round: number): T[] {
  return round % 2 === 0 ? [...contenders] : [...contenders].reverse();
}
