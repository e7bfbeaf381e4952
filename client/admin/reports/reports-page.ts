/** Figures of a time in words, a chart and a table, and the calls that they count. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { Rep } from '../../../shared/api/people.ts';
import type { Report, ReportPartCounts } from '../../../shared/api/reports.ts';
import type { QueueId, RepId, SiteId } from '../../../shared/ids.ts';
import { type CallCount, figure, type MetricName, metricNames } from '../../../shared/report-figures.ts';
import { addressOf, apiErrorText, ask } from '../../ui/api.ts';
import { icons } from '../../ui/icons.ts';
import { hashOf } from '../../ui/route.ts';
import { base, buttons, card, fields, notes } from '../../ui/styles.ts';
import { isolated } from '../../ui/words.ts';
import { adminStyles } from '../admin-styles.ts';
import { choiceInput } from '../form/controls.ts';
import { AdminPage } from '../page.ts';
import { adminTexts } from '../texts.ts';
import './chart.ts';
import './counted-list.ts';
import type { CountedWish, RepCountedList } from './counted-list.ts';
import { countList, figureCards, figureStyles } from './figure-cards.ts';
import { type Choices, filterForm, filterStyles, type ReportWish } from './filter-form.ts';
import { daysOf, partName, written } from './formats.ts';
import { partsTable, tableStyles } from './parts-table.ts';
import { reportTexts as texts } from './texts.ts';

type Shown = { choices: Choices; report: Report; wish: ReportWish };

/** More bars than these tell nobody apart; the table has all. */
const mostBars = 400;
const mostNamed = 20;

export class RepReportsPage extends AdminPage<Shown> {
  static override properties = {
    rep: { attribute: false },
    wish: { state: true },
    shown: { state: true },
    opened: { state: true },
    problem: { state: true },
    said: { state: true },
  };
  declare rep: Rep;
  declare wish: ReportWish;
  /** In the chart. */
  declare shown: MetricName;
  declare opened: { wish: CountedWish; label: string } | null;
  declare problem: string;
  declare said: string;

  static override styles = [
    base,
    card,
    buttons,
    fields,
    notes,
    adminStyles,
    filterStyles,
    figureStyles,
    tableStyles,
    css`
      .parts {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 0.75rem;
        margin-bottom: 1.25rem;
        padding: 1rem 1.5rem;
      }

      .parts > .field {
        max-width: 20rem;
      }
    `,
  ];

  constructor() {
    super();
    this.wish = {
      ...{ period: 'week', from: '', until: '', by: 'day', siteId: '', queueId: '', repId: '' },
      ...{ withinS: 20, shortS: 5 },
    };
    this.shown = 'ours';
    this.opened = null;
    this.problem = '';
    this.said = '';
  }

  protected override async load(): Promise<Shown> {
    const [{ queues }, { reps }, report] = await Promise.all([
      this.rep.may.includes('queues.manage') ? ask('GET /api/queues') : { queues: [] },
      ask('GET /api/team'),
      this.#report(this.wish),
    ]);
    const sites = new Map(queues.map(queue => [queue.siteId as string, queue.siteName]));
    const choices = {
      sites: [...sites].map(([value, label]) => ({ value, label })),
      queues: queues.map(({ id, name, siteId }) => ({ value: id, label: name, siteId })),
      reps: reps.map(({ id, name }) => ({ value: id, label: name })),
    };
    return { choices, report, wish: this.wish };
  }

  protected override content({ choices, report, wish }: Shown): TemplateResult {
    const admin = this.rep.may.includes('queues.manage');
    return html`
      ${admin ? html`<a class="back" href=${hashOf({ at: 'calls' })}>${icons.chevron}${adminTexts.back({ to: adminTexts.calls })}</a>` : nothing}
      <div class="head"><div><h1 tabindex="-1">${texts.title}</h1>
        <p>${texts.lead} ${texts.timesOf({ zone: isolated(report.timeZone) })}</p></div>
        <a class="button small" href=${addressOf('/api/reports.csv', { query: queryOf(wish) })} download>${texts.csv}</a></div>
      ${filterForm(this.wish, choices, change => this.#change(change))}
      ${this.problem ? html`<div class="note bad" role="alert">${icons.warning}<p>${this.problem}</p></div>` : nothing}
      ${figureCards(report)}
      ${this.#parts(report, wish)}
      ${countList(report, counted => this.#open(wish, counted, null))}
      ${
        this.opened
          ? keyed(
              this.opened,
              html`<rep-counted-list .wish=${this.opened.wish} .label=${this.opened.label} .timeZone=${report.timeZone}
                @close-list=${this.#close}></rep-counted-list>`,
            )
          : nothing
      }
      <p class="hidden" role="status">${this.said}</p>
    `;
  }

  #parts(report: Report, wish: ReportWish): TemplateResult {
    const { by } = wish;
    const inTime = by === 'day' || by === 'hour' || by === 'weekday';
    const parts = report.parts.slice(0, inTime ? mostBars : mostNamed);
    return html`<section class="card parts" aria-labelledby="chart">
      <h2 id="chart">${texts.chart}</h2>
      <p class="hint">${daysOf(report)}</p>
      ${choiceInput({
        ...{ path: 'shown', label: texts.shown, value: this.shown, problem: null },
        choices: metricNames.map(value => ({ value, label: texts.figure[value] })),
        set: value => {
          this.shown = value as MetricName;
        },
      })}
      <rep-report-chart .labels=${parts.map(part => partName(by, part))} .values=${parts.map(part => figure(this.shown, part.counts))}
        .write=${(value: number) => written(this.shown, value)}></rep-report-chart>
      ${partsTable(report, by, (counted, part) => this.#open(wish, counted, part))}
    </section>`;
  }

  async #change(change: Partial<ReportWish>): Promise<void> {
    const wish = { ...this.wish, ...change };
    this.wish = wish;
    this.problem = '';
    if (wish.period === 'days' && (!wish.from || !wish.until)) return;
    try {
      const report = await this.#report(wish);
      // Something else was chosen meanwhile.
      if (this.wish !== wish || this.phase.state !== 'ready') return;
      this.phase = { state: 'ready', data: { ...this.phase.data, report, wish } };
      this.opened = null;
      this.said = texts.read({ from: daysOf(report) });
    } catch (error) {
      this.problem = apiErrorText(error);
    }
  }

  #report(wish: ReportWish): Promise<Report> {
    return ask('GET /api/reports', { query: queryOf(wish) });
  }

  async #open(wish: ReportWish, counted: CallCount, part: ReportPartCounts | null): Promise<void> {
    const what = texts.countIs[counted];
    this.opened = {
      wish: { ...queryOf(wish), counted, ...(part ? { key: part.key } : {}) },
      label: part ? texts.openedOf({ part: partName(wish.by, part), what }) : texts.opened({ what }),
    };
    await this.updateComplete;
    await this.renderRoot.querySelector<RepCountedList>('rep-counted-list')?.focusHeading();
  }

  readonly #close = async () => {
    this.opened = null;
    await this.focusHeading();
  };
}

const queryOf = ({ period, from, until, by, siteId, queueId, repId, withinS, shortS }: ReportWish) => ({
  ...{ period, by, withinS, shortS },
  ...(period === 'days' ? { from, until } : {}),
  siteId: (siteId || undefined) as SiteId | undefined,
  queueId: (queueId || undefined) as QueueId | undefined,
  repId: (repId || undefined) as RepId | undefined,
});

customElements.define('rep-reports-page', RepReportsPage);
