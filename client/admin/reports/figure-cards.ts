/** The figures of the whole time, each with what it is made of, what it was before, and how it is worked out. */
import { css, html, type TemplateResult } from 'lit';
import type { Report } from '../../../shared/api/reports.ts';
import {
  type CallCount,
  callCounts,
  type MetricName,
  serviceLevels,
} from '../../../shared/report-figures.ts';
import { count, figureOf, made } from './formats.ts';
import { reportTexts as texts } from './texts.ts';

const shown = ['ours', 'asa', 'aht', 'abandonment', 'occupancy'] as const satisfies readonly MetricName[];
const others = serviceLevels.filter(name => name !== 'ours');

export function figureCards({ total, before }: Report): TemplateResult {
  return html`<section aria-labelledby="figures">
    <h2 id="figures">${texts.figures}</h2>
    <ul class="cards">${shown.map(name => one(name, total, before.total))}</ul>
    <details class="card levels">
      <summary>${texts.levels}</summary>
      <ul class="cards">${others.map(name => one(name, total, before.total))}</ul>
    </details>
  </section>`;
}

const one = (
  name: MetricName,
  total: Report['total'],
  before: Report['total'],
) => html`<li class="card figure" data-figure=${name}>
  <h3>${texts.figure[name]}</h3>
  <p class="value figures">${figureOf(name, total)}</p>
  <p class="about figures">${made(name, total)}</p>
  <p class="about figures">${texts.before({ value: figureOf(name, before) })}</p>
  <details><summary>${texts.how}</summary><p class="about">${texts.howIs[name]}</p></details>
</li>`;

export function countList({ total, before }: Report, open: (counted: CallCount) => void): TemplateResult {
  return html`<section class="card counts" aria-labelledby="counts">
    <h2 id="counts">${texts.counts}</h2>
    <p class="hint">${texts.countsLead}</p>
    <ul>${callCounts.map(
      name => html`<li data-count=${name}>
        <span>${texts.countIs[name]}</span>
        ${counted(total[name], texts.openAll({ n: total[name], what: texts.countIs[name] }), () => open(name))}
        <span class="about figures">${texts.before({ value: count(before.total[name]) })}</span>
      </li>`,
    )}
      <li data-count="unmet"><span>${texts.unmet}</span><span class="figures n">${count(total.unmet)}</span>
        <span class="about figures">${texts.before({ value: count(before.total.unmet) })}</span></li>
    </ul>
  </section>`;
}

/** A count that opens its calls; one of none has none to open. */
export const counted = (n: number, label: string, open: () => void): TemplateResult =>
  n === 0
    ? html`<span class="figures n">${count(n)}</span>`
    : html`<button class="link figures n" aria-label=${label} @click=${open}>${count(n)}</button>`;

export const figureStyles = css`
  section > h2 {
    margin-bottom: 0.75rem;
  }

  .cards {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(13rem, 100%), 1fr));
    gap: 0.75rem;
  }

  .figure {
    display: grid;
    gap: 0.125rem;
    align-content: start;
    padding: 0.875rem 1rem;
  }

  .figure h3 {
    color: var(--ink-2);
    font-size: var(--small);
  }

  .figure .value {
    font-size: var(--title);
    font-weight: 650;
  }

  .about {
    color: var(--ink-3);
    font-size: var(--small);
  }

  summary {
    min-height: 1.75rem;
    color: var(--ink-2);
    font-size: var(--small);
    font-weight: 600;
    cursor: pointer;
  }

  .levels {
    margin-block: 0.75rem 1.25rem;
    padding: 0.75rem 1rem;
  }

  .levels[open] > summary {
    margin-bottom: 0.75rem;
  }

  .counts {
    margin-bottom: 1.25rem;
    padding: 1rem 1.5rem;
  }

  .counts h2 {
    margin-bottom: 0.25rem;
  }

  .counts ul {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(17rem, 100%), 1fr));
    gap: 0 2rem;
    margin-top: 0.5rem;
  }

  .counts li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 0 0.75rem;
    align-items: baseline;
    padding-block: 0.375rem;
    border-top: 1px solid var(--line);
  }

  .counts .about {
    grid-column: 1 / -1;
  }

  .n {
    min-width: 1.5rem;
    min-height: 1.5rem;
    text-align: end;
  }
`;
