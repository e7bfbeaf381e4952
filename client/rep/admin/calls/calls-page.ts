import { css, html, nothing, type TemplateResult } from 'lit';
import type { CallSummary } from '../../../../shared/admin.ts';
import type { SiteId } from '../../../../shared/ids.ts';
import { apiErrorText } from '../../api.ts';
import { timer } from '../../durations.ts';
import { icons } from '../../look/icons.ts';
import { base, buttons, card, fields, notes } from '../../look/styles.ts';
import { hashOf } from '../../route.ts';
import { whoIs } from '../../who.ts';
import { adminStyles } from '../admin-styles.ts';
import { bareChoice } from '../form/controls.ts';
import { AdminPage } from '../page.ts';
import { requests } from '../requests.ts';
import { adminTexts as texts } from '../texts.ts';
import { dateTime } from './call-time.ts';
import { outcome } from './story.ts';

type Calls = {
  siteId: SiteId;
  sites: { value: string; label: string }[];
  calls: CallSummary[];
  more: boolean;
};

const pageLength = 25;

/** The newest calls of a shop, and older ones on demand. */
export class RepCallsPage extends AdminPage<Calls> {
  static override properties = { busy: { state: true }, problem: { state: true }, said: { state: true } };
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
    css`
      .calls {
        overflow: clip;
      }

      .calls a {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 0.125rem 1rem;
        align-items: baseline;
        padding: 0.875rem 1.5rem;
        color: inherit;
        text-decoration: none;
      }

      .calls li + li {
        border-top: 1px solid var(--line);
      }

      .calls a:hover {
        background: var(--sunken);
      }

      .calls a:focus-visible {
        outline-offset: -3px;
      }

      .who {
        overflow: hidden;
        font-weight: 600;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      .about,
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

      .none {
        display: grid;
        gap: 0.25rem;
        padding: 3rem 1.5rem;
        color: var(--ink-3);
        text-align: center;
      }

      .none strong {
        color: var(--ink-2);
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
        .calls a {
          grid-template-columns: minmax(0, 1fr);
          padding-inline: 1rem;
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
    this.busy = false;
    this.problem = '';
    this.said = '';
  }

  protected override async load(): Promise<Calls> {
    const queues = await requests.queues();
    const sites = [...new Map(queues.map(queue => [queue.siteId as string, queue.siteName]))].map(
      ([value, label]) => ({ value, label }),
    );
    const siteId = (this.phase.state === 'ready' ? this.phase.data.siteId : sites[0]?.value) as SiteId;
    return { siteId, sites, ...(await this.#page(siteId)) };
  }

  protected override content(data: Calls): TemplateResult {
    const { calls, sites, siteId, more } = data;
    return html`
      <div class="head">
        <div><h1 tabindex="-1">${texts.calls}</h1><p>${texts.callsLead}</p></div>
        ${
          sites.length > 1
            ? bareChoice({
                label: texts.shop,
                value: siteId,
                choices: sites,
                set: value => this.#choose({ ...data, siteId: value as SiteId }),
              })
            : nothing
        }
      </div>
      ${
        calls.length === 0
          ? html`<div class="card none"><strong>${texts.callsNone}</strong><p>${texts.callsNoneLead}</p></div>`
          : html`<ol class="card calls figures" aria-label=${texts.calls}>${calls.map(call => this.#call(call))}</ol>`
      }
      ${this.problem ? html`<div class="note bad" role="alert">${icons.warning}<p>${this.problem}</p></div>` : nothing}
      ${
        more
          ? html`<div class="more"><button class="button" aria-disabled=${this.busy ? 'true' : 'false'} @click=${() => this.#older(data)}>
              ${this.busy ? html`<span class="spinner"></span>` : nothing}${texts.older}</button></div>`
          : nothing
      }
      <p class="hidden" role="status">${this.said}</p>
    `;
  }

  #call(call: CallSummary): TemplateResult {
    const about = [call.queueName, outcome(call), call.repName].filter(Boolean).join(' · ');
    return html`<li><a href=${hashOf({ at: 'call', id: call.callId })}>
      <span class="who">${whoIs(call)}</span>
      <span class="when">${dateTime(call.startedAt)}</span>
      <span class="about">${about}</span>
      <span class="times">${times(call)}</span>
    </a></li>`;
  }

  async #page(siteId: SiteId, last?: CallSummary): Promise<Pick<Calls, 'calls' | 'more'>> {
    const calls = await requests.calls(siteId, pageLength, last);
    return { calls, more: calls.length === pageLength };
  }

  #choose(data: Calls): void {
    this.phase = { state: 'ready', data };
    this.reload();
  }

  async #older(data: Calls): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.problem = '';
    try {
      const { calls, more } = await this.#page(data.siteId, data.calls.at(-1));
      this.phase = { state: 'ready', data: { ...data, calls: [...data.calls, ...calls], more } };
      this.said = `${texts.olderLoaded(calls.length)}. ${more ? '' : texts.oldest}`;
      await this.updateComplete;
      // The button may be gone; reading goes on at the first of those that came.
      this.renderRoot.querySelectorAll<HTMLElement>('.calls a')[data.calls.length]?.focus();
    } catch (error) {
      this.problem = apiErrorText(error);
    }
    this.busy = false;
  }
}

const times = ({ waitedMs, talkedMs }: CallSummary): string =>
  [
    ...(waitedMs === null ? [] : [`${texts.waited} ${timer(waitedMs)}`]),
    ...(talkedMs === null ? [] : [`${texts.talked} ${timer(talkedMs)}`]),
  ].join(' · ');

customElements.define('rep-calls-page', RepCallsPage);
