/**
 * What is counted, and what becomes of the counts: every figure with its formula. A call counts once in each line that it
 * entered, where and when it entered it, as soon as it is over. Pure.
 */

/** Counts of calls in a line; each can be opened as a list of those calls. */
export const callCounts = [
  'entered',
  'answered',
  'answeredInTime',
  'abandoned',
  'turnedAway',
  'shortAbandoned',
  'abandonedInTime',
  'leftInTime',
  'movedOn',
  'removed',
  'callbacks',
  'handled',
  'missed',
] as const;
export type CallCount = (typeof callCounts)[number];

/** Sums of times of these calls, ms. */
export const timeSums = ['waitedMs', 'talkMs', 'wrapMs'] as const;

/**
 * `waitedMs` is of answered calls, `talkMs` and `wrapMs` are of handled ones. Null: nothing that can be told of this part, as
 * of clicks that led to no call by rep.
 */
export type Counts = Record<CallCount | (typeof timeSums)[number], number> & {
  /** Clicks that led to no call. */
  unmet: number | null;
  /** Of the reps: busy with calls, and available without being rung or busy, ms. */
  handlingMs: number | null;
  idleMs: number | null;
};

export const noCounts = (): Counts => ({
  ...(Object.fromEntries([...callCounts, ...timeSums].map(name => [name, 0])) as Record<
    CallCount | (typeof timeSums)[number],
    number
  >),
  ...{ unmet: null, handlingMs: null, idleMs: null },
});

const countNames = Object.keys(noCounts()) as (keyof Counts)[];

/** Adds to the first one. */
export function addCounts(to: Counts, more: Partial<Counts>): void {
  for (const name of countNames) {
    const value = more[name];
    if (value !== undefined && value !== null) to[name] = (to[name] ?? 0) + value;
  }
}

/** Figures that the product's own documents and others define differently; see `metrics`. */
export const serviceLevels = [
  'ours',
  'asterisk',
  'asteriskAbandoned',
  'amazon',
  'genesys',
  'genesysFlowOut',
  'genesysShort',
  'genesysBoth',
] as const;
export const metricNames = [...serviceLevels, 'asa', 'aht', 'abandonment', 'occupancy'] as const;
export type MetricName = (typeof metricNames)[number];

/** A sum of counts; those in `less` are taken off. */
type Sum = { of: readonly (keyof Counts)[]; less?: readonly (keyof Counts)[] };
/** `share`: between 0 and 1; `time`: mean, ms. */
export type Metric = { is: 'share' | 'time'; over: Sum; by: Sum };

const inTime = { of: ['answeredInTime'] } as const;
/** Offered: answered, abandoned, or gone elsewhere; a wish to be called back is none of these. */
const flowOut = ['movedOn', 'removed'] as const;

export const metrics: Record<MetricName, Metric> = {
  ours: { is: 'share', over: inTime, by: { of: ['answered', 'abandoned'], less: ['shortAbandoned'] } },
  asterisk: { is: 'share', over: inTime, by: { of: ['answered'] } },
  asteriskAbandoned: {
    is: 'share',
    over: { of: ['answeredInTime', 'abandonedInTime'] },
    by: { of: ['answered', 'abandoned'] },
  },
  amazon: { is: 'share', over: { of: ['leftInTime'] }, by: { of: ['entered'] } },
  genesys: { is: 'share', over: inTime, by: { of: ['answered'] } },
  genesysFlowOut: { is: 'share', over: inTime, by: { of: ['answered', ...flowOut] } },
  genesysShort: { is: 'share', over: inTime, by: { of: ['answered', 'shortAbandoned'] } },
  genesysBoth: { is: 'share', over: inTime, by: { of: ['answered', ...flowOut, 'shortAbandoned'] } },
  asa: { is: 'time', over: { of: ['waitedMs'] }, by: { of: ['answered'] } },
  aht: { is: 'time', over: { of: ['talkMs', 'wrapMs'] }, by: { of: ['handled'] } },
  abandonment: {
    is: 'share',
    over: { of: ['abandoned'] },
    by: { of: ['answered', 'abandoned', ...flowOut] },
  },
  occupancy: { is: 'share', over: { of: ['handlingMs'] }, by: { of: ['handlingMs', 'idleMs'] } },
};

/** Null where one of them cannot be told. */
export const sumOf = (counts: Counts, { of, less = [] }: Sum): number | null => {
  let sum = 0;
  for (const name of of) {
    const value = counts[name];
    if (value === null) return null;
    sum += value;
  }
  for (const name of less) sum -= counts[name] ?? 0;
  return sum;
};

/** Null where there is nothing that it could be a part of. */
export function figure(name: MetricName, counts: Counts): number | null {
  const { over, by } = metrics[name];
  const [a, b] = [sumOf(counts, over), sumOf(counts, by)];
  return a === null || b === null || b <= 0 ? null : a / b;
}
