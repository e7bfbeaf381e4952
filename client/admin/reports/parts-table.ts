/** The parts of a report as a table, whose counts open their calls. */
import { css, html, type TemplateResult } from 'lit';
import type { Report, ReportPart, ReportPartCounts } from '../../../shared/api/reports.ts';
import type { CallCount, MetricName } from '../../../shared/report-figures.ts';
import { counted } from './figure-cards.ts';
import { count, figureOf, partName } from './formats.ts';
import { reportTexts as texts } from './texts.ts';

const countColumns = ['entered', 'answered', 'abandoned', 'missed'] as const satisfies readonly CallCount[];
const figureColumns = [
  ...(['ours', 'asa', 'aht', 'abandonment', 'occupancy'] as const),
] as const satisfies readonly MetricName[];

export function partsTable(
  { parts, total }: Report,
  by: ReportPart,
  open: (counted: CallCount, part: ReportPartCounts | null) => void,
): TemplateResult {
  const row = (name: string, part: Pick<ReportPartCounts, 'counts'>, of: ReportPartCounts | null) => html`<tr>
    <th scope="row" dir="auto">${name}</th>
    ${countColumns.map(column => {
      const n = part.counts[column];
      const what = texts.countIs[column];
      const label = of ? texts.open({ n, what, part: name }) : texts.openAll({ n, what });
      return html`<td>${counted(n, label, () => open(column, of))}</td>`;
    })}
    <td>${count(part.counts.unmet)}</td>
    ${figureColumns.map(column => html`<td>${figureOf(column, part.counts)}</td>`)}
  </tr>`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${texts.table}>
    <table class="figures">
      <thead><tr>
        <th scope="col">${texts.byIs[by]}</th>
        ${countColumns.map(column => html`<th scope="col">${texts.countIs[column]}</th>`)}
        <th scope="col">${texts.unmet}</th>
        ${figureColumns.map(column => html`<th scope="col">${texts.figure[column]}</th>`)}
      </tr></thead>
      <tbody>${parts.map(part => row(partName(by, part), part, part))}</tbody>
      <tfoot>${row(texts.total, { counts: total }, null)}</tfoot>
    </table>
  </div>`;
}

export const tableStyles = css`
  .scroll {
    position: relative;
    max-width: 100%;
    max-height: 32rem;
    overflow: auto;
  }

  table {
    width: 100%;
    border-collapse: collapse;
    font-size: var(--small);
  }

  th,
  td {
    padding: 0.375rem 0.75rem;
    text-align: end;
    vertical-align: bottom;
  }

  tbody tr,
  tfoot tr {
    border-top: 1px solid var(--line);
  }

  th[scope='row'],
  th:first-child {
    max-width: 18rem;
    overflow-wrap: anywhere;
    font-weight: 600;
    text-align: start;
  }

  thead th {
    position: sticky;
    top: 0;
    min-width: 5.5rem;
    background: var(--card);
    color: var(--ink-2);
    font-weight: 600;
  }

  tfoot {
    font-weight: 650;
  }
`;
