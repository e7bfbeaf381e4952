import { adminTexts } from '../texts.ts';
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
  return adminTexts.length(countIn(ms, unit), unit);
}

/** The number to show for `ms`; empty for none. */
export const countIn = (ms: number, unit: Unit): string =>
  Number.isNaN(ms) ? '' : String(Math.round((ms / unitMs[unit]) * 1000) / 1000);
