import { css, html, nothing, type TemplateResult } from 'lit';
import type { UnmetHour } from '../../../shared/api/calls.ts';
import type { SiteId } from '../../../shared/ids.ts';
import { list, tag } from '../../ui/words.ts';
import { callsTexts as texts } from './texts.ts';
import { sumUnmet, type Unmet } from './unmet.ts';

/** Days that the report looks back. */
export const unmetDays = 28;

// 5 January 1970 was a Monday.
const weekday = (style: 'short' | 'long') => {
  const format = new Intl.DateTimeFormat(tag, { weekday: style, timeZone: 'UTC' });
  return (day: number) => format.format((4 + day) * 24 * 60 * 60 * 1000);
};
const hourFormat = new Intl.DateTimeFormat(tag, { hour: 'numeric', timeZone: 'UTC' });
const clock = (hour: number) => hourFormat.format(hour * 60 * 60 * 1000);

const figure = new Intl.NumberFormat(tag);
const short = weekday('short');
const long = weekday('long');

/** Missed clicks as a week of hours, darker where there were more; nothing where there were none. */
export function unmetChart(
  hours: readonly UnmetHour[],
  siteId: SiteId,
  from: number,
): TemplateResult | typeof nothing {
  const unmet = sumUnmet(hours);
  if (unmet.total === 0 || !unmet.worst) return nothing;
  const { worst, total, reasons } = unmet;
  const why = list(reasons.map(({ reason, count }) => texts.unmetReason[reason]({ n: count })));
  const query = new URLSearchParams({ siteId, from: String(from) });
  return html`<details class="card unmet">
    <summary><h2>${texts.unmet({ n: total })}</h2>
      <span class="hint">${texts.unmetWorst(worst.count, total, long(worst.weekday), clock(worst.hour), clock(worst.hour + 1))}</span></summary>
    <div class="inside">
      <p class="hint">${texts.unmetLead({ days: unmetDays, reasons: why })}</p>
      <div class="scroll" tabindex="0" role="region" aria-label=${texts.unmetTable}>${table(unmet)}</div>
      <a class="link" href="/api/unmet-demand.csv?${query}" download>${texts.csv}</a>
    </div>
  </details>`;
}

const table = ({ cells, most }: Unmet) => html`<table class="figures">
  <thead><tr><td></td>${cells[0]?.map((_, hour) => html`<th scope="col"><span class=${hour % 3 === 0 ? '' : 'hidden'}>${figure.format(hour)}</span></th>`)}</tr></thead>
  <tbody>${cells.map(
    (row, day) =>
      html`<tr><th scope="row">${short(day)}</th>${row.map(
        count =>
          html`<td data-level=${level(count, most)}>${count > 0 ? figure.format(count) : html`<span class="hidden">${figure.format(0)}</span>`}</td>`,
      )}</tr>`,
  )}</tbody>
</table>`;

/** 0 for none, 1 to 4 by share of the worst hour. */
const level = (count: number, most: number) => (count === 0 ? 0 : Math.ceil((count / most) * 4));

export const unmetStyles = css`
  .unmet {
    margin-bottom: 1.25rem;
    padding: 1rem 1.5rem;
  }

  .unmet h2 {
    display: inline;
    font-size: var(--body);
  }

  .unmet summary .hint {
    display: block;
  }

  .unmet .inside {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.75rem;
    justify-items: start;
    padding-top: 0.75rem;
  }

  /*
   * What is hidden in it scrolls along, instead of making the page wide. The hours of the day run from left to right in
   * Arabic too, as in every other picture of time here, and the first ones are in sight.
   */
  .unmet .scroll {
    position: relative;
    direction: ltr;
    max-width: 100%;
    overflow-x: auto;
  }

  .unmet table {
    border-spacing: 2px;
    font-size: 0.75rem;
  }

  .unmet th {
    padding-inline-end: 0.25rem;
    color: var(--ink-3);
    font-weight: 400;
    text-align: start;
  }

  .unmet tbody td {
    min-width: 1.5rem;
    height: 1.5rem;
    border-radius: 4px;
    background: var(--sunken);
    color: var(--ink);
    text-align: center;
  }

  .unmet [data-level='1'] {
    background: color-mix(in srgb, var(--accent) 15%, var(--card));
  }

  .unmet [data-level='2'] {
    background: color-mix(in srgb, var(--accent) 28%, var(--card));
  }

  .unmet [data-level='3'] {
    background: color-mix(in srgb, var(--accent) 40%, var(--card));
  }

  .unmet [data-level='4'] {
    font-weight: 700;
    background: color-mix(in srgb, var(--accent) 50%, var(--card));
  }
`;
