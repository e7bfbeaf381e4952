import { css, html, nothing, type TemplateResult } from 'lit';
import type { CallPage, CallSummary, UnmetHour } from '../../../shared/api/calls.ts';
import type { SiteId } from '../../../shared/ids.ts';
import { apiErrorText, ask } from '../../ui/api.ts';
import { blockTexts } from '../../ui/block/texts.ts';
import { timer } from '../../ui/durations.ts';
import { icons } from '../../ui/icons.ts';
import { hashOf } from '../../ui/route.ts';
import { base, buttons, card, fields, notes } from '../../ui/styles.ts';
import { commonTexts } from '../../ui/texts.ts';
import { marksOf, whoIs } from '../../ui/who.ts';
import { list } from '../../ui/words.ts';
import { adminStyles } from '../admin-styles.ts';
import { bareChoice, type Choice } from '../form/controls.ts';
import { AdminPage } from '../page.ts';
import { adminTexts } from '../texts.ts';
import { callSearch, findsAll } from './call-search.ts';
import { dateTime } from './call-time.ts';
import { type CallSearch, searchQuery } from './search-query.ts';
import { outcome } from './story.ts';
import { callsTexts as texts } from './texts.ts';
import { unmetChart, unmetDays, unmetStyles } from './unmet-chart.ts';

type Calls = CallPage & {
  unmet: UnmetHour[];
  sites: Choice[];
  queues: (Choice & { siteId: SiteId })[];
  reps: Choice[];
};

const pageLength = 25;

const everything = { text: '', queueId: '', repId: '', outcome: '', fromDay: '', toDay: '' } as const;

/** The newest calls of a shop, those that somebody looks for, and older ones on demand. */
export class RepCallsPage extends AdminPage<Calls> {
  static override properties = {
    find: { state: true },
    busy: { state: true },
    problem: { state: true },
    said: { state: true },
  };
  /** What is looked for; of no shop before the shops are known. */
  declare find: CallSearch;
  /** What the list was asked for; words that are only typed yet are not in it. */
  #shown: CallSearch = { ...everything, siteId: '' as SiteId };
  declare busy: boolean;
  declare problem: string;
  declare said: string;

  static override styles = [
    base,
    card,
    buttons,
    fields,
    notes,
    adminStyles,
    unmetStyles,
    css`
      .find {
        display: grid;
        gap: 0.75rem;
        margin-bottom: 1.25rem;
        padding: 1rem 1.5rem;
      }

      .blocked {
        display: flex;
        flex-wrap: wrap;
        gap: 0.25rem 1.25rem;
        margin: -0.75rem 0 1.25rem;
      }

      .find .words {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem;
      }

      .find .words input {
        flex: 1 1 14rem;
        min-width: 0;
      }

      .find input {
        min-width: 0;
      }

      .find .choices {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem;
        align-items: end;
      }

      .find .choices > * {
        flex: 1 1 9.5rem;
        min-width: 0;
      }

      /* Its two days stay beside each other. */
      .find .choices .days {
        display: grid;
        flex: 2 1 19rem;
        grid-template-columns: repeat(auto-fit, minmax(min(9.5rem, 100%), 1fr));
        gap: 0.5rem;
      }

      .find .link {
        display: inline-flex;
        gap: 0.375rem;
        align-items: center;
        justify-self: start;
      }

      .calls a {
        align-items: baseline;
      }

      .who {
        overflow: hidden;
        font-weight: 600;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      .when {
        color: var(--ink-3);
        font-size: var(--small);
      }

      .when,
      .times {
        text-align: end;
        white-space: nowrap;
      }

      .times {
        color: var(--ink-2);
        font-size: var(--small);
      }

      .more {
        display: flex;
        justify-content: center;
        margin-top: 1rem;
      }

      .head .select {
        flex: 0 1 14rem;
      }

      @media (max-width: 40rem) {
        .calls > li > a {
          grid-template-columns: minmax(0, 1fr);
        }

        .when,
        .times {
          text-align: start;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.find = { ...everything, siteId: '' as SiteId };
    this.busy = false;
    this.problem = '';
    this.said = '';
  }

  protected override async load(): Promise<Calls> {
    const [{ queues }, { reps: team }] = await Promise.all([ask('GET /api/queues'), ask('GET /api/team')]);
    const sites = [...new Map(queues.map(queue => [queue.siteId as string, queue.siteName]))].map(
      ([value, label]) => ({ value, label }),
    );
    if (!this.find.siteId) this.find = { ...this.find, siteId: (sites[0]?.value ?? '') as SiteId };
    this.#shown = this.find;
    return {
      sites,
      queues: queues.map(({ id, name, siteId }) => ({ value: id, label: name, siteId })),
      reps: team.map(({ id, name }) => ({ value: id, label: name })),
      ...(await this.#page()),
    };
  }

  protected override content(data: Calls): TemplateResult {
    const { calls, sites, next } = data;
    const { find } = this;
    return html`
      <div class="head">
        <div><h1 tabindex="-1">${texts.calls}</h1><p>${texts.callsLead}</p></div>
        ${
          sites.length > 1
            ? bareChoice({
                label: adminTexts.shop,
                value: find.siteId,
                choices: sites,
                set: siteId => this.#search({ ...everything, siteId: siteId as SiteId }),
              })
            : nothing
        }
      </div>
      <p class="blocked"><a class="link" href=${hashOf({ at: 'reports' })}>${adminTexts.reports}</a>
        <a class="link" href=${hashOf({ at: 'blocks' })}>${blockTexts.blockedCallers}</a></p>
      ${unmetChart(data.unmet, find.siteId, unmetSince())}
      ${callSearch({
        find,
        queues: data.queues.filter(queue => queue.siteId === find.siteId),
        reps: data.reps,
        typed: text => {
          this.find = { ...find, text };
        },
        search: change => this.#search({ ...find, ...change }),
      })}
      ${calls.length === 0 ? this.#none(next !== null) : html`<ol class="card list calls figures" aria-label=${texts.calls}>${calls.map(call => this.#call(call))}</ol>`}
      ${this.problem ? html`<div class="note bad" role="alert">${icons.warning}<p>${this.problem}</p></div>` : nothing}
      ${
        next
          ? html`<div class="more"><button class="button" aria-disabled=${this.busy ? 'true' : 'false'} @click=${() => this.#older(data)}>
              ${this.busy ? html`<span class="spinner"></span>` : nothing}${findsAll(this.#shown) ? texts.older : texts.lookOn}</button></div>`
          : nothing
      }
      <p class="hidden" role="status">${this.said}</p>
    `;
  }

  #none(more: boolean): TemplateResult {
    if (findsAll(this.#shown))
      return html`<div class="card none"><strong>${texts.callsNone}</strong><p>${texts.callsNoneLead}</p></div>`;
    return html`<div class="card none"><strong>${texts.nothingFound}</strong>
      <p>${more ? texts.lookedSoFar : texts.nothingFoundLead}</p>
      <p><button class="link" @click=${() => this.#search({ ...everything, siteId: this.find.siteId })}>${texts.showAll}</button></p></div>`;
  }

  #call(call: CallSummary): TemplateResult {
    const marks = marksOf(call, call.startedAt, commonTexts.earlier);
    const about = [call.queueName, outcome(call), list(call.repNames), ...marks].filter(Boolean);
    return html`<li><a href=${hashOf({ at: 'call', id: call.callId })}>
      <span class="who">${whoIs(call)}</span>
      <span class="when">${dateTime(call.startedAt)}</span>
      <span class="about">${about.join(' · ')}</span>
      <span class="times">${times(call)}</span>
    </a></li>`;
  }

  async #page(): Promise<CallPage & { unmet: UnmetHour[] }> {
    const [page, { hours: unmet }] = await Promise.all([
      ask('GET /api/calls', { query: { ...searchQuery(this.#shown), limit: pageLength } }),
      ask('GET /api/unmet-demand', { query: { siteId: this.#shown.siteId, from: unmetSince() } }),
    ]);
    return { ...page, unmet };
  }

  async #search(find: CallSearch): Promise<void> {
    this.find = find;
    this.#shown = find;
    if (this.phase.state !== 'ready') return;
    this.problem = '';
    try {
      const page = await this.#page();
      // Somebody looked for others meanwhile.
      if (this.#shown !== find) return;
      this.phase = { state: 'ready', data: { ...this.phase.data, ...page } };
      this.said = texts.found(page.calls.length, page.next !== null);
    } catch (error) {
      this.problem = apiErrorText(error);
    }
  }

  async #older(data: Calls): Promise<void> {
    if (this.busy || !data.next) return;
    this.busy = true;
    this.problem = '';
    try {
      const { calls, next } = await ask('GET /api/calls', {
        query: {
          ...searchQuery(this.#shown),
          limit: pageLength,
          before: `${data.next.startedAt},${data.next.callId}`,
        },
      });
      this.phase = { state: 'ready', data: { ...data, calls: [...data.calls, ...calls], next } };
      this.said = (next ? texts.olderLoaded : texts.olderLoadedAll)({ n: calls.length });
      await this.updateComplete;
      // The button may be gone; reading goes on at the first of those that came.
      this.renderRoot.querySelectorAll<HTMLElement>('.calls a')[data.calls.length]?.focus();
    } catch (error) {
      this.problem = apiErrorText(error);
    }
    this.busy = false;
  }
}

/** The start of the hour, so that whole hours are counted. */
const unmetSince = () => Math.floor(Date.now() / 3_600_000) * 3_600_000 - unmetDays * 24 * 3_600_000;

const times = ({ waitedMs, talkedMs }: CallSummary): string =>
  [
    texts.waited({ time: timer(waitedMs) }),
    ...(talkedMs === null ? [] : [texts.talked({ time: timer(talkedMs) })]),
  ].join(' · ');

customElements.define('rep-calls-page', RepCallsPage);
