/** What becomes of the figures' reports: a row for each figure that there is, reported or not. */
import { type FigureId, figures, type Report } from '../support/figures.ts';

export type Verdict = 'met' | 'MISSED' | 'not asked';
export type Row = { id: FigureId; what: string; goal: string; reached: string; verdict: Verdict };

/** A test that was run, and what it reported. */
export type Ran = { passed: boolean; reports: readonly Report[] };

/** A figure that nothing reported is missed: the test that should have may have failed before, or not been found. */
export function verdicts(wanted: readonly FigureId[], ran: readonly Ran[]): Row[] {
  return wanted.map(id => {
    const reports = ran.flatMap(({ passed, reports }) =>
      reports.filter(report => report.id === id).map(report => ({ ...report, passed })),
    );
    const reached = [...new Set(reports.map(report => report.reached))].join('; ') || 'nothing was reported';
    return { id, ...figures[id], reached, verdict: verdict(reports) };
  });
}

function verdict(reports: readonly (Report & { passed: boolean })[]): Verdict {
  if (reports.length === 0 || reports.some(({ passed }) => !passed)) return 'MISSED';
  return reports.every(({ asked }) => asked) ? 'met' : 'not asked';
}

export function table(rows: readonly Row[]): string {
  const lines = [
    ['figure', 'what', 'goal', 'reached', ''],
    ...rows.map(({ id, what, goal, reached, verdict }) => [id, what, goal, reached, verdict]),
  ];
  const widths = lines[0]!.map((_, i) => Math.max(...lines.map(line => line[i]!.length)));
  return lines
    .map(line =>
      line
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
