import type { BusinessHours, Weekday } from '../../../shared/settings.ts';
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

/** Whether it is open and until when, as one sentence: "Open now, closes today at 18:00." */
export function openSentence(hours: BusinessHours | null, at: number): string {
  if (hours === null) return texts.alwaysOpenNow;
  const open = isOpen(hours, at);
  const change = nextChange(hours, at, open);
  if (change === null) return open ? texts.openForNow : texts.closedForNow;
  const when = whenWords(change, at, hours.timeZone);
  return open ? texts.openUntil({ when }) : texts.closedUntil({ when });
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

/** `today at 18:00`, `tomorrow at 09:00`, `on Monday at 09:00`, `on 24 December at 09:00`. */
function whenWords(then: number, now: number, timeZone: string): string {
  const [date = '', time = ''] = wallClock(then, timeZone).split('T');
  const today = wallClock(now, timeZone).slice(0, 10);
  if (date === today) return texts.todayAt({ time });
  if (date === dateAfter(today, 1)) return texts.tomorrowAt({ time });
  const near = date < dateAfter(today, 7);
  const day = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'UTC',
    ...(near ? { weekday: 'long' } : { day: 'numeric', month: 'long' }),
  }).format(Date.parse(`${date}T00:00:00Z`));
  return texts.onDayAt({ day, time });
}
