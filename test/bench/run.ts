/**
 * `npm run bench` prints a table and writes `bench-results.json`; `npm run bench -- R4` runs only the ones named and
 * keeps the others' last results. Exit code 1 when a goal is missed.
 */
import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Benchmark, meets, type Result } from './benchmark.ts';
import { cores } from './contender.ts';
import { q1, q2, q3 } from './queue-theory.ts';
import { r1 } from './r1-media.ts';
import { r4 } from './r4-setup.ts';
import { r8, r8Postgres } from './r8-routing.ts';
import { r11, r11Call } from './r11-bytes.ts';

const benchmarks: readonly Benchmark[] = [r1, r4, r8, r8Postgres, r11, r11Call, q1, q2, q3];

type Report = Record<string, Result & { goal: string }>;

const reportPath = path.join(import.meta.dirname, '../../bench-results.json');
const goalText = ({ goal }: Benchmark) =>
  'atLeast' in goal ? `>= ${goal.atLeast.toFixed(2)}` : `<= ${goal.atMost.toFixed(2)}`;
const say = (text: string) => process.stderr.write(`${text}\n`);

const named = process.argv.slice(2).map(id => id.toUpperCase());
const unknown = named.filter(id => !benchmarks.some(benchmark => benchmark.id.toUpperCase() === id));
if (unknown.length > 0) {
  say(
    `There is no benchmark ${unknown.join(', ')}. There are: ${benchmarks.map(({ id }) => id).join(', ')}.`,
  );
  process.exit(2);
}

pinToLoadCore();
const report: Report = named.length > 0 ? await lastReport() : {};
const chosen = benchmarks.filter(({ id }) => named.length === 0 || named.includes(id.toUpperCase()));
for (const benchmark of chosen) {
  say(`${benchmark.id}  ${benchmark.title}`);
  const result = await benchmark.run(progress => say(`    ${progress}`));
  report[benchmark.id] = { ...result, goal: goalText(benchmark) };
}
await writeFile(reportPath, `${JSON.stringify(report, null, 2)}\n`);
process.stdout.write(`\n${table(chosen)}\nWritten to bench-results.json.\n`);
process.exit(chosen.every(({ id, goal }) => meets(goal, report[id]!.value)) ? 0 : 1);

function table(shown: readonly Benchmark[]): string {
  const rows = shown.map(benchmark => {
    const { value, spread, rounds, note } = report[benchmark.id]!;
    const met = meets(benchmark.goal, value) ? 'met' : 'MISSED';
    return [
      benchmark.id,
      value.toFixed(3),
      `± ${spread.toFixed(3)}`,
      goalText(benchmark),
      met,
      String(rounds),
      note,
    ];
  });
  const head = ['id', 'ratio', 'spread', 'goal', '', 'rounds', 'how'];
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map(row => row[i]!.length)));
  return [head, ...rows]
    .map(row =>
      row
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** The servers under test have the other core to themselves. */
function pinToLoadCore(): void {
  const pinned = spawnSync('taskset', ['-acp', String(cores.load), String(process.pid)]);
  if (pinned.status === 0) return;
  say(
    'The benchmarks need "taskset" (package util-linux) and at least two cores, so that load and servers do not share one.',
  );
  process.exit(2);
}

async function lastReport(): Promise<Report> {
  const text = await readFile(reportPath, 'utf8').catch(() => '{}');
  return JSON.parse(text) as Report;
}
