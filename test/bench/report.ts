/** What a run of the benchmarks leaves: every round, and what machine, commit and load it was measured on. */
import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { cpus, loadavg, release, totalmem } from 'node:os';
import path from 'node:path';
import { type Benchmark, type Goal, meets, type Result, type Say } from './benchmark.ts';
import type { Growth, GrowthResult } from './growth.ts';

export type Machine = { cpu: string; cores: number; memoryGiB: number; kernel: string; node: string };
type Load = [oneMinute: number, fiveMinutes: number, fifteenMinutes: number];

export type Entry = Pick<Benchmark, 'title' | 'goal' | 'unit'> & { seconds: number } & (
    | (Result & { met: boolean })
    | { failed: string }
  );

export type GrowthEntry = Pick<Growth, 'title' | 'of'> & { seconds: number } & (
    | GrowthResult
    | { failed: string }
  );

export type Report = {
  /** ISO 8601, when it began. */
  date: string;
  commit: string;
  /** The tree had changes that are in no commit. */
  dirty: boolean;
  machine: Machine;
  load: { before: Load; after: Load };
  seconds: number;
  /** By id. */
  benchmarks: Record<string, Entry>;
  growth: Record<string, GrowthEntry>;
};

/** Markdown, and SVG by file name. */
export type Page = { markdown: string; images: Record<string, string> };

const root = path.join(import.meta.dirname, '../..');

/** What git says; null where the project was downloaded without its history. */
function git(...args: string[]): string | null {
  try {
    return execFileSync('git', args, {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return null;
  }
}

/** What is known before anything is measured; the rest is filled in by `measure`. */
export function beginReport(): Report {
  const load = loadavg() as Load;
  return {
    date: new Date().toISOString(),
    commit: git('rev-parse', 'HEAD') ?? 'unknown',
    dirty: git('status', '--porcelain') !== '',
    machine: {
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      memoryGiB: Math.round(totalmem() / 2 ** 30),
      kernel: release(),
      node: process.version,
    },
    load: { before: load, after: load },
    seconds: 0,
    benchmarks: {},
    growth: {},
  };
}

/** One that takes longer hangs: none has taken a third of it. */
const longestMs = 15 * 60_000;

type MeasureOptions = {
  say: Say;
  /** After each one: nothing that it started is left. */
  tidy: () => Promise<void>;
  mostMs?: number | undefined;
};

/** Runs one after the other into the report. One that fails or hangs is noted with its reason; the others go on. */
export async function measure(
  report: Report,
  chosen: readonly (Benchmark | Growth)[],
  { say, tidy, mostMs = longestMs }: MeasureOptions,
): Promise<void> {
  const began = performance.now();
  for (const one of chosen) {
    const { id, title } = one;
    say(`${id}  ${title}`);
    const since = performance.now();
    const seconds = () => Math.round((performance.now() - since) / 1000);
    const progress: Say = text => say(`    ${text}`);
    try {
      if ('goal' in one) {
        const { goal, unit } = one;
        const result = await within(mostMs, one.run(progress));
        const about = { title, goal, ...(unit ? { unit } : {}), seconds: seconds() };
        report.benchmarks[id] = { ...about, ...result, met: meets(goal, result.value) };
      } else {
        const result = await within(mostMs, one.run(progress));
        report.growth[id] = { title, of: one.of, ...result, seconds: seconds() };
      }
    } catch (error) {
      const failed = error instanceof Error ? error.message : String(error);
      say(`    FAILED: ${error instanceof Error ? error.stack : failed}`);
      if ('goal' in one) {
        const { goal, unit } = one;
        report.benchmarks[id] = { title, goal, ...(unit ? { unit } : {}), seconds: seconds(), failed };
      } else report.growth[id] = { title, of: one.of, seconds: seconds(), failed };
    } finally {
      await tidy();
    }
  }
  report.load.after = loadavg() as Load;
  report.seconds = Math.round((performance.now() - began) / 1000);
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new Error(`It did not end within ${(ms / 60_000).toFixed(1)} minutes`);
    timer = setTimeout(() => reject(error), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Whether every goal was reached; what could not be measured reaches none. */
export const allMet = ({ benchmarks, growth }: Report) =>
  Object.values(benchmarks).every(entry => !('failed' in entry) && entry.met) &&
  Object.values(growth).every(entry => !('failed' in entry));

/**
 * Only a run of everything replaces the full report; a partial one has a file of its own, so that figures of two runs never
 * stand side by side. Returns the file's name.
 */
export async function writeReport(
  report: Report,
  { folder = root, partial }: { folder?: string; partial: boolean },
): Promise<string> {
  const file = partial ? 'bench-results.partial.json' : 'bench-results.json';
  await writeFile(path.join(folder, file), `${JSON.stringify(report, null, 2)}\n`);
  return file;
}

/** The page of figures with its charts, where people read it. */
export async function writePage({ markdown, images }: Page, docs = path.join(root, 'docs')): Promise<void> {
  await writeFile(path.join(docs, 'performance.md'), markdown);
  for (const [name, svg] of Object.entries(images)) await writeFile(path.join(docs, 'images', name), svg);
}

/**
 * The benchmarks that are meant: by its id, or all whose id goes on with a letter, so that `r4` is R4 and R4b while `R1` is
 * not R11. All of them when nothing is named.
 * @throws Error that names what there is
 */
export function choose<T extends { id: string }>(benchmarks: readonly T[], names: readonly string[]): T[] {
  if (names.length === 0) return [...benchmarks];
  const meant = (name: string) => (id: string) =>
    id.toUpperCase().startsWith(name.toUpperCase()) && !/^\d/.test(id.slice(name.length));
  const unknown = names.filter(name => name === '' || !benchmarks.some(({ id }) => meant(name)(id)));
  if (unknown.length > 0)
    throw new Error(
      `There is no benchmark ${unknown.join(', ')}. There are: ${benchmarks.map(({ id }) => id).join(', ')}.`,
    );
  return benchmarks.filter(({ id }) => names.some(name => meant(name)(id)));
}

export const goalText = (goal: Goal, unit?: string) => {
  const [sign, bound] = 'atLeast' in goal ? ['>=', goal.atLeast] : ['<=', goal.atMost];
  return unit ? `${sign} ${bound} ${unit}` : `${sign} ${bound.toFixed(2)}`;
};

export const valueText = (value: number, unit?: string) =>
  unit === undefined ? value.toFixed(3) : unit === 'ms' ? `${value.toFixed(1)} ms` : String(value);
