/** Which time a report is about, in days of a time zone, through both changes of summer time. Pure. */
import { Temporal } from 'temporal-polyfill';
import type { ReportPeriod } from '../../shared/api/reports.ts';
import { quarterMs } from '../calls/figures/write.ts';

/** From (included) to (not included), ms UTC. */
export type Span = { from: number; until: number };
/** `before`: the period before, as much of it as has gone by of this one. */
export type Period = Span & { before: Span };

type Wish = { period: ReportPeriod; from?: string | undefined; until?: string | undefined };

export function periodOf(wish: Wish, timeZone: string, now: number): Period {
  const clock = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone);
  const today = clock.toPlainDate();
  const { from, until, back } = daysOf(wish, today);
  const start = (date: Temporal.PlainDate) => date.toZonedDateTime(timeZone).epochMilliseconds;
  const span = { from: start(from), until: start(until) };
  const runs = span.from <= now && now < span.until;
  const before = {
    from: start(from.subtract(back)),
    // By the clock on the wall: up to ten in the morning is compared with up to ten in the morning.
    until: runs
      ? Math.min(wholeQuarter(clock.subtract(back).epochMilliseconds), span.from)
      : start(until.subtract(back)),
  };
  return { ...span, before };
}

/** Figures are kept by the quarter of an hour. */
const wholeQuarter = (at: number) => Math.ceil(at / quarterMs) * quarterMs;

function daysOf({ period, ...days }: Wish, today: Temporal.PlainDate) {
  switch (period) {
    case 'today':
      return { from: today, until: today.add({ days: 1 }), back: { days: 1 } };
    case 'week': {
      const from = today.subtract({ days: today.dayOfWeek - 1 });
      return { from, until: from.add({ weeks: 1 }), back: { weeks: 1 } };
    }
    case 'month': {
      const from = today.with({ day: 1 });
      return { from, until: from.add({ months: 1 }), back: { months: 1 } };
    }
    case 'days': {
      const [a, b] = [days.from, days.until].map(day =>
        day === undefined ? today : Temporal.PlainDate.from(day),
      ) as [Temporal.PlainDate, Temporal.PlainDate];
      const [from, last] = Temporal.PlainDate.compare(a, b) <= 0 ? [a, b] : [b, a];
      const until = last.add({ days: 1 });
      return { from, until, back: { days: from.until(until).days } };
    }
  }
}

/** What a moment is called in that zone. */
export type Called = { day: string; hour: string; weekday: string };

/** A report asks for each quarter of an hour of its time, so that the zone is asked once a day where its clocks do not change. */
export function calendar(timeZone: string): (at: number) => Called {
  const offset = (at: number) =>
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).offsetNanoseconds / 1e6;
  /** By day of UTC; null for one in which clocks change. */
  const offsets = new Map<number, number | null>();
  const names = new Map<number, string>();
  const offsetOn = (day: number) => {
    const known = offsets.get(day);
    if (known !== undefined) return known;
    const begins = offset(day * dayMs);
    const steady = begins === offset((day + 1) * dayMs - 1) ? begins : null;
    offsets.set(day, steady);
    return steady;
  };
  return at => {
    const local = at + (offsetOn(Math.floor(at / dayMs)) ?? offset(at));
    const day = Math.floor(local / dayMs);
    const name = names.get(day) ?? new Date(day * dayMs).toISOString().slice(0, 10);
    names.set(day, name);
    // 1 January 1970 was a Thursday.
    const weekday = String(((day + 3) % 7) + 1);
    return { day: name, hour: String(Math.floor((local - day * dayMs) / hourMs)), weekday };
  };
}

const hourMs = 60 * 60_000;
const dayMs = 24 * hourMs;

/** Each day of that time, as `calendar` tells it. */
export function daysIn({ from, until }: Span, timeZone: string): string[] {
  const days: string[] = [];
  let day = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(timeZone).toPlainDate();
  while (day.toZonedDateTime(timeZone).epochMilliseconds < until) {
    days.push(day.toString());
    day = day.add({ days: 1 });
  }
  return days;
}
