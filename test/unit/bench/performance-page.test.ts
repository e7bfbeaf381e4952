import { expect, test } from 'vitest';
import { capacity } from '../../bench/capacity.ts';
import type { GrowthLine, GrowthPoint } from '../../bench/growth.ts';
import { valueAt } from '../../bench/growth.ts';
import { performancePage } from '../../bench/performance-page.ts';
import type { Report } from '../../bench/report.ts';

const line = (unit: string, ...points: GrowthPoint[]): GrowthLine => ({
  label: `a line of ${unit}`,
  unit,
  points,
});
/** 1 % of a core and 1 MiB for each call; 2 ms for each start. */
const lines = {
  calls: {
    worker: line('% of a core', [10, 10], [100, 100]),
    node: line('% of a core', [10, 0], [100, 0]),
    memory: line('MiB', [0, 100], [100, 200]),
  },
  reps: { start: line('ms of CPU', [10, 2], [1_000, 2]) },
};
const round = (value: number, discounted?: string) => ({ value, figures: { ours: value }, discounted });
const load: [number, number, number] = [0.1, 0.2, 0.3];

const report = (): Report => ({
  ...{ date: '2026-11-26T20:00:00.000Z', commit: '0123456789abcdef', dirty: false, seconds: 600 },
  machine: { cpu: 'Some CPU', cores: 2, memoryGiB: 4, kernel: '6.1', node: 'v24.0.0' },
  load: { before: load, after: load },
  benchmarks: {
    R1: {
      ...{ title: 'one & all', goal: { atLeast: 0.98 }, seconds: 1, met: true, value: 0.99, spread: 0.01 },
      ...{ rounds: [round(0.99), round(0.5, 'the load used 90.0 % of its core')], note: 'ours 1, bare 1' },
    },
    R13: {
      ...{ title: 'stall', goal: { atMost: 20 }, unit: 'ms', seconds: 1, met: false, value: 30, spread: 1 },
      ...{ rounds: [round(30)], note: '' },
    },
    R2: { title: 'two', goal: { atLeast: 2.2 }, seconds: 1, failed: 'janus is not installed\nat …' },
  },
  growth: {
    G1: { title: 'calls', of: 'calls', seconds: 1, ended: 'at 150 the load used 99 %', lines: lines.calls },
    G2: { title: 'waiting', of: 'shoppers', seconds: 1, failed: 'no socket' },
    G3: { title: 'reps', of: 'reps', seconds: 1, ended: 'measured to 1,000', lines: lines.reps },
  },
});

test('D17 the page of figures has each of them, met, missed or not measured, with commit, machine, charts and rounds that do not count', () => {
  const { markdown, images } = performancePage(report());
  expect(markdown).toContain('0123456789ab');
  expect(markdown).not.toContain('in no commit');
  expect(performancePage({ ...report(), dirty: true }).markdown).toContain('in no commit');
  expect(markdown).toMatch(/\| Some CPU, 2 cores, 4 GiB, Linux 6\.1, Node 24\.0\.0 /);
  expect(markdown).toMatch(/^\| R1 .*\| >= 0\.98 .*\| 0\.990 .*\| 1 of 2 .*\| met /m);
  expect(markdown).toMatch(/^\| R13 .*\| <= 20 ms .*\| 30\.0 ms .*\| \*\*missed\*\* /m);
  expect(markdown).toMatch(/^\| R2 .*\| not measured .*\| janus is not installed +\|$/m);
  expect(markdown).toContain('- R1, round 2 does not count: the load used 90.0 % of its core');
  expect(markdown).toContain('Not measured: no socket');
  for (const [name, svg] of Object.entries(images)) {
    expect(markdown).toContain(`(images/${name})`);
    expect(svg).toContain('prefers-color-scheme:dark');
    expect(svg).not.toMatch(/NaN|undefined|one & all/);
  }
  expect(Object.keys(images)).toHaveLength(2);
});

test('D18 how many calls one machine carries, and what ends there, follows from what was measured', () => {
  const machine = { cores: 2, memoryGiB: 4 };
  expect(capacity(machine, lines).first).toEqual({ calls: 80, why: 'the media worker has its core in use' });
  expect(performancePage(report()).markdown).toContain('**About 80 calls at once**');
  // Four cores: three workers.
  expect(capacity({ ...machine, cores: 4 }, lines).first.calls).toBe(240);
  const costly = { ...lines, reps: { start: line('ms of CPU', [10, 2_000], [1_000, 2_000]) } };
  expect(capacity(machine, costly).first).toEqual({ calls: 48, why: 'the Node process has its core in use' });
  // 80 % of a GiB is 819 MiB, 100 of which are there without any call.
  const roomy = { ...lines.calls, worker: line('% of a core', [10, 0.1], [100, 1]) };
  expect(capacity({ cores: 2, memoryGiB: 1 }, { ...lines, calls: roomy }).first).toEqual({
    calls: 719,
    why: 'the memory is full',
  });
  const { growth, ...others } = report();
  const withoutReps = performancePage({ ...others, growth: { G1: growth.G1! } });
  expect(withoutReps.markdown).not.toContain('calls at once');
  expect(
    valueAt(
      [
        [10, 1],
        [20, 3],
      ],
      15,
    ),
  ).toBe(2);
  expect(
    valueAt(
      [
        [10, 1],
        [20, 3],
      ],
      30,
    ),
  ).toBe(5);
  expect(
    valueAt(
      [
        [10, 1],
        [20, 3],
      ],
      5,
    ),
  ).toBe(1);
});
