/** Figures, parts and times of reports as the reader's language writes them. */
import type { Report, ReportPart, ReportPartCounts } from '../../../shared/api/reports.ts';
import { type Counts, figure, type MetricName, metrics, sumOf } from '../../../shared/report-figures.ts';
import { timer } from '../../ui/durations.ts';
import { isolated, tag } from '../../ui/words.ts';
import { reportTexts as texts } from './texts.ts';

const percent = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 1 });
const whole = new Intl.NumberFormat(tag);

export const count = (n: number | null): string => (n === null ? texts.none : whole.format(n));

/** Of `metrics`; null is nothing that could be told. */
export function written(name: MetricName, value: number | null): string {
  if (value === null) return texts.none;
  return metrics[name].is === 'share' ? percent.format(value) : timer(value);
}

export const figureOf = (name: MetricName, counts: Counts): string => written(name, figure(name, counts));

/** What was divided by what. */
export function made(name: MetricName, counts: Counts): string {
  const { is, over, by } = metrics[name];
  const [a, b] = [sumOf(counts, over), sumOf(counts, by)];
  if (a === null || b === null) return texts.none;
  if (name === 'occupancy') return texts.busyOf({ busy: timer(a), idle: timer(b - a) });
  return is === 'time' ? texts.mean({ time: timer(a), n: b }) : texts.of({ over: a, by: b });
}

const inUtc = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(tag, { ...options, timeZone: 'UTC' });
const date = inUtc({ dateStyle: 'medium' });
const hour = inUtc({ hour: 'numeric' });
const weekday = inUtc({ weekday: 'long' });
const languages = new Intl.DisplayNames(tag, { type: 'language' });

/** Keys are days and hours without a zone; read as UTC they are written as they are. */
export function partName(by: ReportPart, { key, name }: Pick<ReportPartCounts, 'key' | 'name'>): string {
  switch (by) {
    case 'day':
      return date.format(Date.parse(key));
    case 'hour':
      return hour.format(Number(key) * 3_600_000);
    case 'weekday':
      // 5 January 1970 was a Monday.
      return weekday.format((Number(key) + 3) * 86_400_000);
    case 'page':
      return key === '' ? texts.noPage : key === '*' ? texts.otherPages : isolated(key);
    case 'language':
      return key === '' ? texts.noLanguage : (languages.of(key) ?? key);
    case 'rep':
      return key === '' ? texts.nobody : isolated(name);
    case 'site':
    case 'queue':
      return isolated(name);
  }
}

/** The days of a report, in its own zone. */
export function daysOf({ time: { from, until }, timeZone }: Report): string {
  return new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeZone }).formatRange(from, until - 1);
}

/** When something happened, in the zone of the report. */
export const momentIn = (timeZone: string): ((at: number) => string) => {
  const format = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short', timeZone });
  return at => format.format(at);
};
