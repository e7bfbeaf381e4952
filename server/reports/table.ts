/** The parts of a report as a table for a spreadsheet: the counts and the figures that are made of them. */
import type { Report } from '../../shared/api/reports.ts';
import { type Counts, figure, type MetricName, metricNames, metrics } from '../../shared/report-figures.ts';
import { byteOrderMark, csvLine } from '../calls/history/csv.ts';

const countColumns: Record<keyof Counts, string> = {
  entered: 'Calls in line',
  answered: 'Answered',
  answeredInTime: 'Answered in time',
  abandoned: 'Abandoned',
  turnedAway: 'Of these turned away by the line',
  shortAbandoned: 'Left at once',
  abandonedInTime: 'Left in time',
  leftInTime: 'Out of the line in time',
  movedOn: 'Moved to another queue',
  removed: 'Removed by a rep',
  callbacks: 'Callbacks asked for',
  handled: 'Handled',
  missed: 'Offers not answered',
  waitedMs: 'Waited, answered calls (s)',
  talkMs: 'Talked (s)',
  wrapMs: 'After-call work (s)',
  unmet: 'Clicks without a call',
  handlingMs: 'Reps busy (s)',
  idleMs: 'Reps idle (s)',
};
const figureColumns: Record<MetricName, string> = {
  ours: 'Service level',
  asterisk: 'Service level (Asterisk)',
  asteriskAbandoned: 'Service level (Asterisk, abandoned in time)',
  amazon: 'Service level (Amazon Connect)',
  genesys: 'Service level (Genesys)',
  genesysFlowOut: 'Service level (Genesys, flow-outs)',
  genesysShort: 'Service level (Genesys, short abandons)',
  genesysBoth: 'Service level (Genesys, flow-outs and short abandons)',
  asa: 'Average speed of answer (s)',
  aht: 'Average handle time (s)',
  abandonment: 'Abandonment',
  occupancy: 'Occupancy',
};

export function reportTable({ parts, total }: Report, by: string): string {
  const counted = Object.keys(countColumns) as (keyof Counts)[];
  const line = (name: string, counts: Counts) =>
    csvLine([
      name,
      ...counted.map(column => {
        const value = counts[column];
        return value === null || !column.endsWith('Ms') ? value : Math.round(value / 1000);
      }),
      ...metricNames.map(name => {
        const value = figure(name, counts);
        if (value === null) return null;
        return metrics[name].is === 'time'
          ? Math.round(value / 100) / 10
          : Math.round(value * 10_000) / 10_000;
      }),
    ]);
  return [
    byteOrderMark + csvLine([by, ...Object.values(countColumns), ...Object.values(figureColumns)]),
    ...parts.map(({ key, name, counts }) => line(name || key, counts)),
    line('Total', total),
  ].join('');
}
