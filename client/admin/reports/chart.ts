/** Bars, one for each part of a report. What they tell stands in the table beside them. */
import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import uPlot from 'uplot';
import { base } from '../../ui/styles.ts';

const height = 240;

export class RepReportChart extends LitElement {
  static override properties = {
    labels: { attribute: false },
    values: { attribute: false },
    write: { attribute: false },
  };
  declare labels: readonly string[];
  /** Null where there is none. */
  declare values: readonly (number | null)[];
  /** A value at the axis. */
  declare write: (value: number) => string;
  #plot: uPlot | null = null;
  readonly #resized = new ResizeObserver(() => this.#fit());
  /** The theme is an attribute of the page, or the system's. */
  readonly #themed = new MutationObserver(() => this.#plot?.redraw());
  readonly #dark = matchMedia('(prefers-color-scheme: dark)');

  // Of uPlot's own sheet, what places the canvas: legend, cursor and selection are not shown.
  static override styles = [
    base,
    css`
      /* Time runs from left to right, as in every other picture of it here. */
      .plot {
        direction: ltr;
        height: ${height}px;
        overflow: hidden;
        color: var(--accent);
        background: none;
      }

      .ink {
        color: var(--ink-3);
      }

      .line {
        color: var(--line);
      }

      .u-wrap {
        position: relative;
        user-select: none;
      }

      .u-over,
      .u-under,
      .u-axis {
        position: absolute;
      }

      canvas {
        position: relative;
        display: block;
        width: 100%;
        height: 100%;
      }

      @media (forced-colors: active) {
        .plot {
          color: Highlight;
        }

        .ink,
        .line {
          color: CanvasText;
        }
      }
    `,
  ];

  protected override render(): TemplateResult {
    return html`<div class="plot" aria-hidden="true"></div><span class="ink"></span><span class="line"></span>`;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resized.observe(this);
    this.#themed.observe(document.documentElement, { attributes: true });
    this.#dark.addEventListener('change', this.#redraw);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
    this.#themed.disconnect();
    this.#dark.removeEventListener('change', this.#redraw);
    this.#plot?.destroy();
    this.#plot = null;
  }

  readonly #redraw = () => this.#plot?.redraw();

  protected override updated(_changed: PropertyValues<this>): void {
    this.#plot?.destroy();
    const place = this.renderRoot.querySelector<HTMLElement>('.plot')!;
    this.#plot = new uPlot(this.#options(place), this.#data(), place);
  }

  #data(): uPlot.AlignedData {
    return [this.labels.map((_, index) => index), [...this.values]];
  }

  #fit(): void {
    const width = this.clientWidth;
    if (width > 0) this.#plot?.setSize({ width, height });
  }

  #options(place: HTMLElement): uPlot.Options {
    // Canvas knows no custom properties; what they come to is read off elements whenever it is drawn.
    const colourOf = (name: string) => () =>
      getComputedStyle(this.renderRoot.querySelector(name) ?? place).color;
    const [accent, ink, line] = [colourOf('.plot'), colourOf('.ink'), colourOf('.line')];
    const font = `12px ${getComputedStyle(place).fontFamily}`;
    const axis = { stroke: ink, font, ticks: { show: false }, grid: { stroke: line, width: 1 } };
    return {
      ...{ width: Math.max(200, this.clientWidth), height, padding: [12, 8, 0, 0] },
      legend: { show: false },
      cursor: { show: false },
      scales: {
        x: { time: false, range: (_, least, most) => [least - 0.5, most + 0.5] },
        y: { range: (_, __, most) => [0, most > 0 ? most * 1.05 : 1] },
      },
      axes: [
        {
          ...axis,
          grid: { show: false },
          size: 32,
          space: 72,
          incrs: [1, 2, 3, 4, 6, 7, 14, 28, 56, 91, 182],
          values: (_, splits) => splits.map(at => this.labels[at] ?? ''),
        },
        { ...axis, size: 64, values: (_, splits) => splits.map(value => this.write(value)) },
      ],
      series: [
        {},
        {
          fill: accent,
          stroke: accent,
          width: 0,
          points: { show: false },
          paths: uPlot.paths.bars!({ size: [0.7, 48], radius: 0.1 }),
        },
      ],
    };
  }
}

customElements.define('rep-report-chart', RepReportChart);
