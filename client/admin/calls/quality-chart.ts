import { css, html, nothing, svg, type TemplateResult } from 'lit';
import type { CallQuality } from '../../../shared/api/calls.ts';
import { tag } from '../../ui/words.ts';
import { timeOfDay } from './call-time.ts';
import { callsTexts as texts } from './texts.ts';

/** In units of the picture; it is as wide as there is room. */
const [width, height] = [600, 120];
/** Mean opinion scores at the edges, and the one below which a line is called poor. */
const [worst, best, poor] = [1, 4.5, 3];

/** A line for each side of the call, or nothing for a call of which nothing was measured. */
export function qualityChart(sides: readonly CallQuality[]): TemplateResult | typeof nothing {
  const all = sides.flatMap(side => side.points);
  if (all.length === 0) return nothing;
  const from = Math.min(...all.map(point => point.at));
  const until = Math.max(...all.map(point => point.at), from + 1);
  const x = (at: number) => ((at - from) / (until - from)) * width;
  const y = (mos: number) => height - ((Math.max(worst, mos) - worst) / (best - worst)) * height;
  const line = ({ points }: CallQuality) =>
    points.map(point => `${x(point.at).toFixed(1)},${y(point.mos).toFixed(1)}`).join(' ');
  return html`<section class="card group quality" aria-labelledby="quality">
    <h2 id="quality">${texts.quality}</h2>
    <figure>
      <svg viewBox="0 -4 ${width} ${height + 8}" preserveAspectRatio="none" aria-hidden="true">
        <line class="poor" x1="0" x2=${width} y1=${y(poor)} y2=${y(poor)} />
        ${sides.map((side, index) => svg`<polyline data-side=${index % 4} points=${line(side)} />`)}
      </svg>
      <div class="times figures"><time>${timeOfDay(from)}</time><span>${texts.poorBelow}</span><time>${timeOfDay(until)}</time></div>
      <figcaption><ul>${sides.map(
        (side, index) => html`<li data-side=${index % 4}>${heard(side)}</li>`,
      )}</ul></figcaption>
    </figure>
  </section>`;
}

const score = new Intl.NumberFormat(tag, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat(tag, { style: 'percent', minimumFractionDigits: 1 });

/** The figures of a side, in a sentence. */
function heard({ repName, points }: CallQuality): string {
  const scores = points.map(point => point.mos);
  const figures = {
    mean: score.format(mean(scores)),
    best: score.format(best),
    least: score.format(Math.min(...scores)),
    ms: Math.round(mean(points.map(point => point.rttMs))),
    loss: percent.format(mean(points.map(point => point.lossPercent)) / 100),
  };
  return repName === null ? texts.qualityOfShopper(figures) : texts.qualityOf({ ...figures, who: repName });
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

export const qualityStyles = css`
  .quality figure {
    margin: 0;
  }

  .quality svg {
    display: block;
    width: 100%;
    height: 7.5rem;
    border-block: 1px solid var(--line);
    overflow: visible;
  }

  .quality polyline {
    fill: none;
    stroke: var(--accent);
    stroke-width: 2px;
    stroke-linejoin: round;
    vector-effect: non-scaling-stroke;
  }

  /* Told apart without colours too. */
  .quality polyline[data-side='1'] {
    stroke: var(--ink);
    stroke-dasharray: 6 4;
  }

  .quality polyline[data-side='2'] {
    stroke: var(--ink-3);
    stroke-dasharray: 2 3;
  }

  .quality polyline[data-side='3'] {
    stroke: var(--ink-3);
  }

  .quality .poor {
    stroke: var(--ink-3);
    vector-effect: non-scaling-stroke;
  }

  /* Time runs from left to right in a picture of it, in Arabic too; so do the moments at its ends. */
  .quality .times {
    display: flex;
    gap: 0.75rem;
    justify-content: space-between;
    direction: ltr;
    text-align: center;
    padding-block: 0.25rem 0.75rem;
    color: var(--ink-3);
    font-size: var(--small);
  }

  /* Each of them reads as its own letters do. */
  .quality .times > * {
    unicode-bidi: plaintext;
  }

  .quality time {
    flex: none;
  }

  .quality li {
    display: flex;
    gap: 0.5rem;
    align-items: baseline;
  }

  .quality li::before {
    flex: none;
    width: 1.5rem;
    border-top: 2px solid var(--accent);
    transform: translateY(-0.25rem);
    content: '';
  }

  .quality li[data-side='1']::before {
    border-top: 2px dashed var(--ink);
  }

  .quality li[data-side='2']::before {
    border-top: 2px dotted var(--ink-3);
  }

  .quality li[data-side='3']::before {
    border-top-color: var(--ink-3);
  }

  @media (forced-colors: active) {
    .quality polyline {
      stroke: CanvasText;
    }
  }
`;
