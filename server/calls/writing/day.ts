/** The day that counts of "today" belong to. */
const calendar = new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit' });
let known = { from: 0, to: 0, day: '' };

/**
 * YYYY-MM-DD in the server's time zone.
 *
 * @param now ms UTC
 */
export function dayOf(now: number): string {
  if (now < known.from || now >= known.to) {
    // Time zones begin their days at whole quarters of an hour.
    const quarter = 15 * 60_000;
    const from = Math.floor(now / quarter) * quarter;
    known = { from, to: from + quarter, day: calendar.format(now) };
  }
  return known.day;
}
