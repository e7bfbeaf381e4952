/**
 * Years of calls through the real matcher and the real estimate, held against queueing theory; drawn in
 * `bench-queue.svg`. Seeds are fixed, so that the figures move only when the code does.
 */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { answeredWithin, erlangA, meanWait } from '../support/erlang.ts';
import { type SimulationResult, simulate } from '../support/simulation.ts';
import { type Benchmark, median, once, percent, type Result, spread } from './benchmark.ts';
import { chart } from './chart.ts';

const minute = 60_000;
const withinMs = 20_000;
const reps = 5;
const handleMs = 4 * minute;
const patienceMs = 5 * minute;
const calls = 1_000_000;

type Run = { load: number; seen: SimulationResult; waitMs: number; off: number[] };
type Runs = { patient: Run[]; impatient: Run[] };

/** `load`: work that comes, per rep; 1 is all that they can do. */
const queueAt = (load: number) => ({ reps, handleMs, betweenCallsMs: handleMs / (reps * load) });
const off = (seen: number, expected: number) => Math.abs(seen / expected - 1);

function run(say: (progress: string) => void): Runs {
  const patient = [0.5, 0.6, 0.7, 0.8].map((load, index) => {
    const queue = queueAt(load);
    const seen = simulate({ ...queue, calls, seed: 10 + index, withinMs });
    const waitMs = meanWait(queue);
    say(`load ${load}, nobody gives up: ${seconds(seen.meanWaitMs)}, Erlang C ${seconds(waitMs)}`);
    return {
      load,
      seen,
      waitMs,
      off: [off(seen.meanWaitMs, waitMs), off(seen.answeredWithin, answeredWithin(queue, withinMs))],
    };
  });
  const impatient = [0.8, 1, 1.2].map((load, index) => {
    const queue = queueAt(load);
    const seen = simulate({ ...queue, patienceMs, calls, seed: 20 + index, withinMs });
    const theory = erlangA(queue, patienceMs, withinMs);
    say(`load ${load}, callers give up: ${seconds(seen.meanWaitMs)}, Erlang A ${seconds(theory.meanWaitMs)}`);
    return {
      load,
      seen,
      waitMs: theory.meanWaitMs,
      off: [
        off(seen.meanWaitMs, theory.meanWaitMs),
        off(seen.answeredWithin, theory.answeredWithin),
        off(seen.gaveUp, theory.gaveUp),
      ],
    };
  });
  return { patient, impatient };
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

/** One set of runs serves all three figures. */
const simulated = once(async say => {
  const done = run(say);
  await draw(done);
  return done;
});

async function draw({ patient, impatient }: Runs): Promise<void> {
  const loads = (from: number, to: number) =>
    Array.from({ length: 41 }, (_, i) => from + ((to - from) * i) / 40);
  const minutes = (ms: number) => ms / minute;
  const busiest = patient.at(-1)?.seen.estimate.calibration ?? [];
  const told = busiest.filter(({ calls }) => calls > 500);
  const furthest = Math.max(...told.map(({ shownMinutes }) => shownMinutes));
  const svg = chart([
    {
      title: `Mean wait, ${reps} reps, calls of ${handleMs / minute} minutes`,
      x: 'load per rep',
      y: 'minutes',
      series: [
        {
          label: 'Erlang C',
          colour: 'pale-blue',
          as: 'line',
          points: loads(0.3, 0.82).map(load => [load, minutes(meanWait(queueAt(load)))]),
        },
        {
          label: `Erlang A, patience ${patienceMs / minute} minutes`,
          colour: 'pale-orange',
          as: 'line',
          points: loads(0.3, 1.25).map(load => [
            load,
            minutes(erlangA(queueAt(load), patienceMs, withinMs).meanWaitMs),
          ]),
        },
        {
          label: 'simulated, nobody gives up',
          colour: 'blue',
          as: 'dots',
          points: patient.map(({ load, seen }) => [load, minutes(seen.meanWaitMs)]),
        },
        {
          label: 'simulated, callers give up',
          colour: 'orange',
          as: 'dots',
          points: impatient.map(({ load, seen }) => [load, minutes(seen.meanWaitMs)]),
        },
      ],
    },
    {
      title: 'What callers were told, and how long they waited (load 0.8)',
      x: 'middle of the range told, minutes',
      y: 'mean true wait, minutes',
      series: [
        {
          label: 'as told',
          colour: 'pale-blue',
          as: 'line',
          points: [
            [0, 0],
            [furthest, furthest],
          ],
        },
        {
          label: 'callers',
          colour: 'blue',
          as: 'dots',
          points: told.map(({ shownMinutes, meanWaitMs }) => [shownMinutes, minutes(meanWaitMs)]),
        },
      ],
    },
  ]);
  await writeFile(path.join(import.meta.dirname, '../../bench-queue.svg'), svg);
}

const figure = (
  id: string,
  title: string,
  goal: Benchmark['goal'],
  read: (runs: Runs) => { values: number[]; value: number; note: string },
): Benchmark => ({
  id,
  title,
  goal,
  async run(say): Promise<Result> {
    const { values, value, note } = read(await simulated(say));
    // The worst of the cases, not their median.
    return { value, spread: spread(values), rounds: values.map(one => ({ value: one, figures: {} })), note };
  },
});

export const q1 = figure(
  'Q1',
  'queue: simulated over Erlang C and A, the worst of waits and shares',
  { atMost: 1.03 },
  ({ patient, impatient }) => {
    const values = [...patient, ...impatient].flatMap(one => one.off).map(deviation => 1 + deviation);
    return {
      values,
      value: Math.max(...values),
      note: `median off by ${percent(median(values) - 1)}, ${calls / 1e6} million calls each`,
    };
  },
);

export const q2 = figure(
  'Q2',
  'estimate: middle of what was told over the true wait, the worst',
  { atMost: 1.1 },
  ({ patient, impatient }) => {
    const biases = [...patient, ...impatient].map(({ seen }) => seen.estimate.bias);
    const values = biases.map(bias => 1 + Math.abs(bias));
    return {
      values,
      value: Math.max(...values),
      note: `bias from ${percent(Math.min(...biases))} to ${percent(Math.max(...biases))}; bench-queue.svg`,
    };
  },
);

export const q3 = figure(
  'Q3',
  'estimate: true waits within the range told, the worst share',
  { atLeast: 0.8 },
  ({ patient, impatient }) => {
    const values = [...patient, ...impatient].map(({ seen }) => seen.estimate.coverage);
    return { values, value: Math.min(...values), note: `up to ${percent(Math.max(...values))}` };
  },
);
