/** Business hours: whether a queue is open, and when that changes. Wall-clock times of the queue's zone, through summer time. */
import { Temporal } from 'temporal-polyfill';
import type { BusinessHours, OpenSpan, Weekday } from '../../shared/settings.ts';

/** From (included) to (not included), ms UTC. */
type Interval = readonly [from: number, to: number];

/** Somebody who plans no opening within this many days is closed until further notice. */
const horizonDays = 400;

const weekdays: readonly Weekday[] = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
];

/** Null hours are always open. `at`: ms UTC. */
export function isOpen(hours: BusinessHours | null, at: number): boolean {
  if (hours === null) return true;
  if (hours.closures.some(closure => closure.from <= at && at < closure.to)) return false;
  // Nothing is open across midnight: 24:00 ends a day's last span, 00:00 begins the next day's first.
  return intervalsOf(hours, dateAt(hours, at)).some(([from, to]) => from <= at && at < to);
}

/** When it opens or closes next, ms UTC; null for never within a year. */
export function nextChange(hours: BusinessHours | null, at: number): number | null {
  if (hours === null) return null;
  const now = isOpen(hours, at);
  let date = dateAt(hours, at);
  for (let day = 0; day < horizonDays; day++) {
    const end = startOf(hours, date.add({ days: 1 }));
    const ends = hours.closures.flatMap(({ from, to }) => [from, to]).filter(time => time < end);
    const times = [...intervalsOf(hours, date).flat(), ...ends].filter(time => time > at);
    for (const time of times.sort((a, b) => a - b)) if (isOpen(hours, time) !== now) return time;
    date = date.add({ days: 1 });
  }
  return null;
}

/** When it opens next, ms UTC; null when it is open, or for never within a year. */
export const opensAt = (hours: BusinessHours | null, at: number): number | null =>
  isOpen(hours, at) ? null : nextChange(hours, at);

const dateAt = ({ timeZone }: BusinessHours, at: number): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate();

const startOf = ({ timeZone }: BusinessHours, date: Temporal.PlainDate): number =>
  date.toZonedDateTime(timeZone).epochMilliseconds;

function intervalsOf(hours: BusinessHours, date: Temporal.PlainDate): Interval[] {
  const day = date.toString();
  const holiday = hours.holidays.find(one => one.date === day);
  const weekday = weekdays[date.dayOfWeek - 1] ?? 'monday';
  return (holiday?.open ?? hours.week[weekday]).map(span => intervalOf(hours, date, span));
}

/** A wall-clock time that a change to summer time skips counts as the moment of the change. */
function intervalOf(hours: BusinessHours, date: Temporal.PlainDate, { from, to }: OpenSpan): Interval {
  const at = (time: string) =>
    time === '24:00'
      ? startOf(hours, date.add({ days: 1 }))
      : date.toZonedDateTime({ timeZone: hours.timeZone, plainTime: Temporal.PlainTime.from(time) })
          .epochMilliseconds;
  return [at(from), at(to)];
}
