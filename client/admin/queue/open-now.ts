import type { BusinessHours, Weekday } from '../../../shared/settings.ts';
import { tag } from '../../ui/words.ts';
import { queueTexts as texts } from './texts.ts';
import { dateAfter, momentOf, wallClock } from './zone.ts';

export const weekdays: readonly Weekday[] = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
];

/** A change later than this many days away is not told: "until further notice" says as much. */
const horizonDays = 60;

/** Null hours are always open. `at`: ms UTC. The server decides by the same rules; this is its preview. */
export function isOpen(hours: BusinessHours | null, at: number): boolean {
  if (hours === null) return true;
  if (hours.closures.some(closure => closure.from <= at && at < closure.to)) return false;
  return spansOn(hours, wallClock(at, hours.timeZone).slice(0, 10)).some(
    ([from, to]) => from <= at && at < to,
  );
}

/** Whether it is open and until when, as one sentence: "Open now, closes today at 6:00 PM." */
export function openSentence(hours: BusinessHours | null, at: number): string {
  if (hours === null) return texts.alwaysOpenNow;
  const open = isOpen(hours, at);
  const change = nextChange(hours, at, open);
  if (change === null) return open ? texts.openForNow : texts.closedForNow;
  return changeWords(open ? texts.openUntil : texts.closedUntil, change, at, hours.timeZone);
}

function nextChange(hours: BusinessHours, at: number, open: boolean): number | null {
  const today = wallClock(at, hours.timeZone).slice(0, 10);
  const edges = hours.closures.flatMap(({ from, to }) => [from, to]);
  for (let day = 0; day < horizonDays; day++) {
    const date = dateAfter(today, day);
    const end = momentOf(`${dateAfter(date, 1)}T00:00`, hours.timeZone);
    const times = [...spansOn(hours, date).flat(), ...edges.filter(time => time < end)].filter(
      time => time > at,
    );
    const change = times.sort((a, b) => a - b).find(time => isOpen(hours, time) !== open);
    if (change !== undefined) return change;
  }
  return null;
}

function spansOn(hours: BusinessHours, date: string): [from: number, to: number][] {
  const weekday = weekdays[(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7] ?? 'monday';
  const holiday = hours.holidays.find(one => one.date === date);
  const moment = (time: string) =>
    time === '24:00'
      ? momentOf(`${dateAfter(date, 1)}T00:00`, hours.timeZone)
      : momentOf(`${date}T${time}`, hours.timeZone);
  return (holiday?.open ?? hours.week[weekday]).map(span => [moment(span.from), moment(span.to)]);
}

/** The sentence for a change at `then`: today, tomorrow, on a day of this week, or on a date. */
function changeWords(says: typeof texts.openUntil, then: number, now: number, timeZone: string): string {
  const [date = '', clock = ''] = wallClock(then, timeZone).split('T');
  const time = timeOfDay(clock);
  const today = wallClock(now, timeZone).slice(0, 10);
  if (date === today) return says.today({ time });
  if (date === dateAfter(today, 1)) return says.tomorrow({ time });
  const day = (shown: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(tag, { timeZone: 'UTC', ...shown }).format(Date.parse(`${date}T00:00:00Z`));
  return date < dateAfter(today, 7)
    ? says.weekday({ day: day({ weekday: 'long' }), time })
    : says.date({ day: day({ day: 'numeric', month: 'long' }), time });
}

/** `18:00` as the person's language writes it; as it is where it is no time yet. */
export function timeOfDay(clock: string): string {
  const at = Date.parse(`1970-01-01T${clock}Z`);
  if (Number.isNaN(at)) return clock;
  return new Intl.DateTimeFormat(tag, { timeZone: 'UTC', hour: 'numeric', minute: '2-digit' }).format(at);
}
