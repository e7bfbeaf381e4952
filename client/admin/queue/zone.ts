/** Wall-clock times of a time zone, by what the browser knows of it. A wall-clock time is text, `2030-05-06T09:00`. */

const formats = new Map<string, Intl.DateTimeFormat>();

/** @throws RangeError for an unknown zone */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB-u-ca-gregory-nu-latn', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    formats.set(timeZone, format);
  }
  return format;
}

/** What a clock on the wall there shows at `at`, ms UTC. */
export function wallClock(at: number, timeZone: string): string {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
}

/** `Date.parse` is generous with what is no date: the form is looked at first. */
const utc = (wall: string) =>
  /^\d{4,}-\d\d-\d\dT\d\d:\d\d$/.test(wall) ? Date.parse(`${wall}:00Z`) : Number.NaN;

/** When the wall there shows that, ms UTC. A time that summer time skips counts as the moment of the change. */
export function momentOf(wall: string, timeZone: string): number {
  const asUtc = utc(wall);
  if (Number.isNaN(asUtc)) return Number.NaN;
  // The zone's offset a day before and a day after: one of them is in force at that time.
  const offsets = [-86_400_000, 86_400_000].map(by => utc(wallClock(asUtc + by, timeZone)) - (asUtc + by));
  const times = offsets.map(offset => asUtc - offset);
  const exact = times.filter(time => wallClock(time, timeZone) === wall).sort((a, b) => a - b)[0];
  return exact ?? skipped(Math.min(...times), Math.max(...times), wall, timeZone);
}

/** The first minute between the two at which the clock there is past `wall`. */
function skipped(from: number, to: number, wall: string, timeZone: string): number {
  const minute = 60_000;
  let [before, after] = [from, to];
  while (after - before > minute) {
    const middle = Math.floor((before + after) / 2 / minute) * minute;
    if (wallClock(middle, timeZone) < wall) before = middle;
    else after = middle;
  }
  return after;
}

/** The date `days` after `date`, both `2030-05-06`. */
export const dateAfter = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
