import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Benchmark, judge, loadFault } from '../../bench/benchmark.ts';
import { allMet, beginReport, choose, measure, type Report, writeReport } from '../../bench/report.ts';
import { resultsTable } from '../../bench/results-table.ts';

const measuring = (id: string, value: number): Benchmark => ({
  id,
  title: `of ${id}`,
  goal: { atMost: 1 },
  run: async () => judge([{ value, figures: { ours: [value, value], bare: 1 } }], 'as measured'),
});
const failing = (id: string): Benchmark => ({
  ...measuring(id, 0),
  run: () => Promise.reject(new Error('cc is not installed')),
});

const hanging = (id: string): Benchmark => ({ ...measuring(id, 0), run: () => new Promise(() => {}) });

async function run(benchmarks: readonly Benchmark[], mostMs?: number): Promise<Report> {
  const report = beginReport();
  await measure(report, benchmarks, { say: () => undefined, tidy: async () => undefined, mostMs });
  return report;
}

test('D13 benchmarks are chosen by id, with those whose id goes on with a letter; an unknown name is refused', () => {
  const all = ['R1', 'R1b', 'R11', 'R11b'].map(id => measuring(id, 1));
  const chosen = (...names: string[]) => choose(all, names).map(({ id }) => id);
  expect(chosen()).toEqual(['R1', 'R1b', 'R11', 'R11b']);
  expect(chosen('r1')).toEqual(['R1', 'R1b']);
  expect(chosen('R11B', 'R1')).toEqual(['R1', 'R1b', 'R11b']);
  expect(() => chosen('R1', 'R2')).toThrow('There is no benchmark R2. There are: R1, R1b, R11, R11b.');
  expect(() => chosen('')).toThrow('There is no benchmark');
});

test('D14 what cannot be measured is told with its reason, meets no goal and leaves the others their results', async () => {
  const report = await run([measuring('A', 0.5), failing('B'), measuring('C', 0.25)]);
  expect(report.benchmarks).toMatchObject({
    A: { value: 0.5, met: true },
    B: { failed: 'cc is not installed' },
    C: { value: 0.25, met: true },
  });
  expect(allMet(report)).toBe(false);
  expect(resultsTable(report)).toMatch(/^B .*FAILED .*cc is not installed$/m);
  expect(allMet(await run([measuring('A', 0.5)]))).toBe(true);
  expect(allMet(await run([measuring('A', 1.5)]))).toBe(false);
});

test('D19 a benchmark that hangs is given up and told so, and the others are measured', async () => {
  const report = await run([hanging('A'), measuring('B', 0.5)], 20);
  expect(report.benchmarks).toMatchObject({
    A: { failed: 'It did not end within 0.0 minutes' },
    B: { value: 0.5, met: true },
  });
});

test('D15 a round that does not count keeps its reason and moves no figure; without one that counts there is no figure', async () => {
  expect(loadFault({ load: 0.85, lost: 0.01 })).toBeUndefined();
  expect(loadFault({ load: 0.86, lost: 0 })).toContain('86.0 % of its core');
  expect(loadFault({ load: 0.5, lost: 0.66 })).toContain('66.0 % was not delivered');

  const figures = { ours: 1 };
  const overloaded = { value: 9, figures, discounted: 'the load used 99.0 % of its core' };
  const result = judge([{ value: 2, figures }, overloaded, { value: 2, figures }], '');
  expect(result).toMatchObject({ value: 2, spread: 0 });
  expect(result.rounds).toHaveLength(3);
  const table = resultsTable(await run([{ ...measuring('A', 1), run: async () => result }]));
  expect(table).toContain('2 of 3');
  expect(table).toContain('A, round 2 does not count: the load used 99.0 % of its core');
  expect(() => judge([overloaded], '')).toThrow('No round counts: the load used 99.0 % of its core');
});

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'talk-to-us-report-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('D16 a partial run leaves the full report as it is; each keeps every round, commit, machine and load', async () => {
  await writeFile(path.join(folder, 'bench-results.json'), 'the full one');
  const report = await run([measuring('A', 1)]);
  expect(await writeReport(report, { folder, partial: true })).toBe('bench-results.partial.json');
  expect(await readFile(path.join(folder, 'bench-results.json'), 'utf8')).toBe('the full one');

  await writeReport(report, { folder, partial: false });
  const written = JSON.parse(await readFile(path.join(folder, 'bench-results.json'), 'utf8')) as Report;
  expect(written).toEqual(report);
  expect(written).toMatchObject({
    commit: expect.stringMatching(/^([\da-f]{40}|unknown)$/),
    dirty: expect.any(Boolean),
    machine: { node: process.version, cores: expect.any(Number), cpu: expect.any(String) },
    load: { before: [expect.any(Number), expect.any(Number), expect.any(Number)] },
    benchmarks: { A: { rounds: [{ figures: { ours: [1, 1], bare: 1 } }] } },
  });
  expect(written.load.after).toHaveLength(3);
  expect(Date.parse(written.date)).not.toBeNaN();
});
