/** The results as text for a terminal. */
import { counting } from './benchmark.ts';
import { goalText, type Report, valueText } from './report.ts';

export function resultsTable({ benchmarks }: Report): string {
  const rows = Object.entries(benchmarks).map(([id, entry]) => {
    const goal = goalText(entry.goal, entry.unit);
    if ('failed' in entry) return [id, '', '', goal, 'FAILED', '', entry.failed.split('\n')[0] ?? ''];
    const { value, spread, rounds, note, met, unit } = entry;
    return [
      id,
      valueText(value, unit),
      `± ${valueText(spread, unit)}`,
      goal,
      met ? 'met' : 'MISSED',
      countText(rounds),
      note,
    ];
  });
  const head = ['id', 'value', 'spread', 'goal', '', 'rounds', 'how'];
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map(row => (row[i] ?? '').length)));
  const lines = [head, ...rows].map(row =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [...lines, ...discounted(benchmarks)].join('\n');
}

/** How many count, and of how many if that is not all. */
export const countText = (rounds: Parameters<typeof counting>[0]) => {
  const counts = counting(rounds).length;
  return counts === rounds.length ? String(counts) : `${counts} of ${rounds.length}`;
};

/** A line for each round that does not count. */
export function discounted(benchmarks: Report['benchmarks']): string[] {
  return Object.entries(benchmarks).flatMap(([id, entry]) =>
    'failed' in entry
      ? []
      : entry.rounds.flatMap((round, index) =>
          round.discounted === undefined
            ? []
            : [`${id}, round ${index + 1} does not count: ${round.discounted}`],
        ),
  );
}
