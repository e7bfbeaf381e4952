import { tag } from '../../ui/words.ts';
import { type Unit, unitMs } from './units.ts';

/** The largest of `units` that needs no fraction; the smallest where all do. 90 s are 90 seconds, 120 s are 2 minutes. */
export function unitFor(ms: number, units: readonly Unit[]): Unit {
  const bySize = units.toSorted((a, b) => unitMs[b] - unitMs[a]);
  const fitting = bySize.find(unit => ms > 0 && ms % unitMs[unit] === 0);
  return fitting ?? bySize.at(-1) ?? 'second';
}

/** What was typed, as ms. Not a number where it was none: the server says so in words. */
export const msOf = (typed: string, unit: Unit): number =>
  typed.trim() === '' ? Number.NaN : Math.round(Number(typed) * unitMs[unit]);

/** `20 seconds`, `1 minute`. */
export function inWords(ms: number): string {
  const unit = unitFor(ms, ['second', 'minute', 'hour', 'day']);
  return Number.isNaN(ms) ? `… ${unitWord(Number.NaN, unit)}` : format(unit).format(countOf(ms, unit));
}

const format = (unit: Unit) => new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: 'long' });

/** The unit alone, as it stands beside that many; beside none yet, as beside many. */
export function unitWord(count: number, unit: Unit): string {
  const partsOf = (n: number) => format(unit).formatToParts(n);
  const parts = partsOf(Number.isNaN(count) ? 100 : count);
  // Arabic says one and two with the unit alone, which does not stand beside a number.
  const beside = parts.some(part => part.type === 'integer') ? parts : partsOf(100);
  return beside.find(part => part.type === 'unit')?.value ?? unit;
}

const countOf = (ms: number, unit: Unit) => Math.round((ms / unitMs[unit]) * 1000) / 1000;

/** The number to show for `ms`; empty for none. */
export const countIn = (ms: number, unit: Unit): string =>
  Number.isNaN(ms) ? '' : String(countOf(ms, unit));
