import type { BusinessHours, OpenSpan, Weekday } from '../../../shared/settings.ts';
import { weekdays } from './open-now.ts';

/** What somebody starts from who wants opening hours. */
export function usualHours(timeZone: string): BusinessHours {
  const workday = [{ from: '09:00', to: '18:00' }];
  return {
    timeZone,
    week: {
      monday: workday,
      tuesday: workday,
      wednesday: workday,
      thursday: workday,
      friday: workday,
      saturday: [],
      sunday: [],
    },
    holidays: [],
    closures: [],
  };
}

/** The week with Monday's times on the other days; with `workdays` only until Friday. */
export function likeMonday(week: BusinessHours['week'], which: 'workdays' | 'all'): BusinessHours['week'] {
  const days = which === 'all' ? weekdays : weekdays.slice(0, 5);
  return { ...week, ...Object.fromEntries(days.map((day: Weekday) => [day, [...week.monday]])) };
}

/** One more opening time: after the last one of the day, as far as the day allows. */
export function nextSpan(spans: readonly OpenSpan[]): OpenSpan {
  const last = spans.at(-1)?.to;
  if (last === undefined) return { from: '09:00', to: '18:00' };
  const hour = Number(last.slice(0, 2)) + 1;
  return hour >= 23 ? { from: '', to: '' } : { from: `${String(hour).padStart(2, '0')}:00`, to: '24:00' };
}

/** The end of a day is 24:00 to the server and 00:00 on a clock. */
export const shownEnd = (to: string): string => (to === '24:00' ? '00:00' : to);
export const writtenEnd = (shown: string): string => (shown === '00:00' ? '24:00' : shown);
