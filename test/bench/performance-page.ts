/** `docs/performance.md` and its charts, from a run of everything. Pure. */
import { assumptions, type Capacity, capacity, mediaCores } from './capacity.ts';
import { type Colour, chart, type Panel } from './chart.ts';
import { goalChart } from './goal-chart.ts';
import type { GrowthLine } from './growth.ts';
import { goalText, type Page, type Report, valueText } from './report.ts';
import { countText, discounted } from './results-table.ts';

const images = { goals: 'performance-goals.svg', growth: 'performance-growth.svg' };
/** What the page needs by name; the report has them under these ids. */
const growthIds = { calls: 'G1', waiting: 'G2', reps: 'G3' } as const;
type Lines = Record<string, GrowthLine>;

export function performancePage(report: Report): Page {
  const { date, commit, dirty, machine, load, seconds } = report;
  const { cpu, cores, memoryGiB, kernel, node } = machine;
  const loads = (all: readonly number[]) => all.map(one => one.toFixed(2)).join(', ');
  const markdown = [
    '# Performance',
    'Written by `npm run bench`, which measures each figure against a yardstick in the same run, on the same machine. Servers under test have one core, whoever puts load on them the other; what a contender costs is read from the operating system. Rounds go by turns, and one in which the load itself was the bottleneck does not count.',
    table(
      ['', ''],
      [
        ['measured', `${date.slice(0, 16).replace('T', ' ')} UTC, in ${Math.round(seconds / 60)} minutes`],
        ['commit', `${commit.slice(0, 12)}${dirty ? ', with changes that are in no commit' : ''}`],
        ['machine', `${cpu}, ${cores} cores, ${memoryGiB} GiB, Linux ${kernel}, Node ${node.slice(1)}`],
        ['load average', `${loads(load.before)} before, ${loads(load.after)} after`],
      ],
    ),
    '## Figures',
    `![Each figure as a share of what its goal allows](images/${images.goals})`,
    table(['id', 'what', 'goal', 'value', 'spread', 'rounds', '', 'absolute'], figures(report)),
    ...section('### Rounds that do not count', discounted(report.benchmarks)),
    '## How costs grow',
    ...growth(report),
  ];
  return {
    markdown: `${markdown.join('\n\n')}\n`,
    images: { [images.goals]: goalChart(report), ...growthChart(report) },
  };
}

const figures = ({ benchmarks }: Report) =>
  Object.entries(benchmarks).map(([id, entry]) => {
    const goal = goalText(entry.goal, entry.unit);
    if ('failed' in entry)
      return [id, entry.title, goal, '', '', '', 'not measured', entry.failed.split('\n')[0] ?? ''];
    const { title, unit, value, spread, rounds, met, note } = entry;
    return [
      ...[id, title, goal, valueText(value, unit), `± ${valueText(spread, unit)}`, countText(rounds)],
      ...[met ? 'met' : '**missed**', note],
    ];
  });

const section = (title: string, lines: readonly string[]) =>
  lines.length === 0 ? [] : [title, lines.map(line => `- ${line}`).join('\n')];

function growth(report: Report): string[] {
  const parts: string[] = [];
  const known = Object.values(report.growth).filter(entry => !('failed' in entry));
  if (known.length > 0) parts.push(`![Costs over sizes](images/${images.growth})`);
  for (const entry of Object.values(report.growth)) {
    parts.push(`### ${capital(entry.title)}`);
    if ('failed' in entry) {
      parts.push(`Not measured: ${entry.failed.split('\n')[0]}`);
      continue;
    }
    const lines = Object.values(entry.lines);
    const sizes = [...new Set(lines.flatMap(line => line.points.map(([size]) => size)))].sort(
      (a, b) => a - b,
    );
    const value = (line: GrowthLine, size: number) => line.points.find(([at]) => at === size)?.[1];
    parts.push(
      table(
        [entry.of, ...lines.map(({ label, unit }) => `${label}, ${unit}`)],
        sizes.map(size => [size.toLocaleString('en'), ...lines.map(line => plain(value(line, size)))]),
      ),
      `${capital(entry.ended)}.`,
    );
  }
  const found = capacityOf(report);
  if (found) parts.push('### What that means for one machine', ...inWords(report, found));
  return parts;
}

/** Null where one of the lines was not measured. */
function capacityOf({ machine, growth }: Report): Capacity | null {
  const lines = (id: string): Lines | null => {
    const entry = growth[id];
    return entry && !('failed' in entry) ? entry.lines : null;
  };
  const { worker, node, memory } = lines(growthIds.calls) ?? {};
  const { start } = lines(growthIds.reps) ?? {};
  if (!worker || !node || !memory || !start) return null;
  return capacity(machine, { calls: { worker, node, memory }, reps: { start } });
}

function inWords({ machine, growth }: Report, { limits, first }: Capacity): string[] {
  const waiting = growth[growthIds.waiting];
  const cost = waiting && !('failed' in waiting) ? waiting.lines.cpu?.points.at(-1) : undefined;
  const about = ({ calls }: { calls: number }) => Number(calls.toPrecision(2)).toLocaleString('en');
  const media = mediaCores(machine);
  const words = [
    `**About ${about(first)} calls at once** on a machine like this one, with ${media === 1 ? 'one core' : `${media} cores`} for media and one for everything else: then ${first.why}.`,
    table(
      ['calls', 'what ends there'],
      [...limits].sort((a, b) => a.calls - b.calls).map(limit => [about(limit), limit.why]),
    ),
    assumptions,
  ];
  if (cost)
    words.push(
      `A place in the line that moves is told to everybody behind it: with ${cost[0].toLocaleString('en')} waiting that takes ${plain(cost[1])} ms of the Node process's core, at most once a second, ${(cost[1] / 10).toFixed(1)} % of it.`,
    );
  return words;
}

function growthChart({ growth }: Report): Record<string, string> {
  const colours: Colour[] = ['blue', 'orange', 'green', 'purple'];
  const panels = Object.values(growth).flatMap((entry): Panel[] => {
    if ('failed' in entry) return [];
    // Each unit has an axis of its own.
    const byUnit = Map.groupBy(Object.values(entry.lines), ({ unit }) => unit);
    return [...byUnit].map(([unit, lines]) => ({
      title: `${lines.map(({ label }) => label).join(', ')}`,
      x: entry.of,
      y: unit,
      series: lines.map(({ label, points }, index) => ({
        ...{ label, points, as: 'both' as const },
        colour: colours[index % colours.length] ?? 'blue',
      })),
    }));
  });
  return panels.length === 0 ? {} : { [images.growth]: chart(panels, 2) };
}

const plain = (value: number | undefined) =>
  value === undefined ? '' : value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(2);

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** Padded as the formatter wants it. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map(row => row.map(cell => cell.replaceAll('|', '\\|')));
  const widths = head.map((_, i) => Math.max(3, ...cells.map(row => row[i]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  const [first = [], ...others] = cells;
  return [line(first), line(widths.map(width => '-'.repeat(width))), ...others.map(line)].join('\n');
}
