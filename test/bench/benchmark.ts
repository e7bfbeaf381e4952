/** What a benchmark is, and the arithmetic they share. */

/** A ratio's bound: at least or at most this. */
export type Goal = { atLeast: number } | { atMost: number };

/** One comparison of the contenders with each other. */
export type Round = {
  /** The ratio that this round alone would give, or whatever the goal is about. */
  value: number;
  /** What was measured of each contender, by name; several measurements as a list, in their order. */
  figures: Readonly<Record<string, number | readonly number[]>>;
  /** Why the round does not count. */
  discounted?: string | undefined;
};

export type Result = {
  /** Median over the rounds that count. */
  value: number;
  /** Half the distance between the quartiles of the rounds that count. */
  spread: number;
  /** All of them, those that do not count too. */
  rounds: readonly Round[];
  /** How it came about, for the reader: absolute figures of each contender. */
  note: string;
};

export type Say = (progress: string) => void;

export type Benchmark = {
  /** As in the table of goals: R1, R4, R4b, … */
  id: string;
  title: string;
  goal: Goal;
  /** Of the value, when it is no ratio. */
  unit?: 'ms' | 'statements';
  /** Throws when it cannot be measured: a missing tool is a failure, never a skip. */
  run: (say: Say) => Promise<Result>;
};

export function meets(goal: Goal, value: number): boolean {
  return 'atLeast' in goal ? value >= goal.atLeast : value <= goal.atMost;
}

export const counting = (rounds: readonly Round[]) => rounds.filter(round => round.discounted === undefined);

/** What the rounds that count say together. Throws when none does. */
export function judge(rounds: readonly Round[], note: string): Result {
  const values = counting(rounds).map(({ value }) => value);
  if (values.length === 0)
    throw new Error(
      `No round counts: ${[...new Set(rounds.map(({ discounted }) => discounted))].join('; ')}`,
    );
  return { value: median(values), spread: spread(values), rounds, note };
}

/** A load that takes more of its own core than this, or loses more packets than that, measures itself. */
const mostLoad = 0.85;
const mostLost = 0.01;

/**
 * Why a round under such a load does not count; undefined when it does.
 * @param load share of its core that the generator used, 0..1
 * @param lost share of what should have been delivered, 0..1; what the generator was late with is lost too
 */
export function loadFault({ load, lost }: { load: number; lost: number }): string | undefined {
  if (load > mostLoad) return `the load used ${percent(load)} of its core, more than ${percent(mostLoad)}`;
  if (lost > mostLost) return `${percent(lost)} was not delivered, more than ${percent(mostLost)}`;
  return undefined;
}

export const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/** One measurement that several benchmarks read: it is made once. */
export function once<T>(measure: (say: Say) => Promise<T>): (say: Say) => Promise<T> {
  let measured: Promise<T> | undefined;
  return say => {
    measured ??= measure(say);
    return measured;
  };
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
