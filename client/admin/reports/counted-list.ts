/** The calls that a figure counts. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { CountedEntry } from '../../../shared/api/reports.ts';
import type { Wanted } from '../../../shared/api/routes.ts';
import { apiErrorText, ask } from '../../ui/api.ts';
import { timer } from '../../ui/durations.ts';
import { icons } from '../../ui/icons.ts';
import { hashOf } from '../../ui/route.ts';
import { base, buttons, card, notes } from '../../ui/styles.ts';
import { facts } from '../../ui/words.ts';
import { adminStyles } from '../admin-styles.ts';
import { momentIn } from './formats.ts';
import { reportTexts as texts } from './texts.ts';

export type CountedWish = Wanted<'GET /api/reports/calls'>['query'];

export class RepCountedList extends LitElement {
  static override properties = {
    wish: { attribute: false },
    label: { type: String },
    timeZone: { type: String },
    entries: { state: true },
    next: { state: true },
    problem: { state: true },
  };
  declare wish: CountedWish;
  declare label: string;
  declare timeZone: string;
  /** Null until the first ones are here. */
  declare entries: CountedEntry[] | null;
  declare next: string | null;
  declare problem: string;

  static override styles = [
    base,
    card,
    buttons,
    notes,
    adminStyles,
    css`
      .top {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem 1rem;
        align-items: center;
        justify-content: space-between;
        padding: 1rem 1.5rem;
      }

      .none {
        padding-block: 1.5rem;
      }

      .times {
        color: var(--ink-2);
        font-size: var(--small);
        text-align: end;
      }

      .more {
        display: flex;
        justify-content: center;
        padding: 1rem;
      }

      @media (max-width: 40rem) {
        .list > li > a {
          grid-template-columns: minmax(0, 1fr);
        }

        .times {
          text-align: start;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.entries = null;
    this.next = null;
    this.problem = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  async focusHeading(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector('h2')?.focus();
  }

  protected override render(): TemplateResult {
    const { entries } = this;
    return html`<section class="card" aria-labelledby="opened">
      <div class="top"><h2 id="opened" tabindex="-1">${this.label}</h2>
        <button class="button small" @click=${() => this.dispatchEvent(new Event('close-list'))}>${texts.close}</button></div>
      ${this.problem ? html`<div class="note bad" role="alert">${icons.warning}<p>${this.problem}</p></div>` : nothing}
      ${entries === null ? nothing : entries.length === 0 ? html`<p class="none">${texts.listNone}</p>` : html`<ol class="list">${entries.map(entry => this.#entry(entry))}</ol>`}
      ${this.next ? html`<div class="more"><button class="button" @click=${() => this.#load()}>${texts.more}</button></div>` : nothing}
    </section>`;
  }

  #entry(entry: CountedEntry): TemplateResult {
    const { callId, at, queueName, repName, outcome, waitedMs, talkMs, missed } = entry;
    const times = facts([
      texts.waited({ time: timer(waitedMs) }),
      talkMs > 0 ? texts.talked({ time: timer(talkMs) }) : null,
      missed > 0 ? texts.missed({ n: missed }) : null,
    ]);
    return html`<li><a href=${hashOf({ at: 'call', id: callId })}>
      <span>${momentIn(this.timeZone)(at)}</span><span class="times figures">${times}</span>
      <span class="about">${facts([queueName, texts.outcomeIs[outcome], repName])}</span>
    </a></li>`;
  }

  async #load(): Promise<void> {
    this.problem = '';
    try {
      const after = this.next ?? undefined;
      const { entries, next } = await ask('GET /api/reports/calls', { query: { ...this.wish, after } });
      this.entries = [...(this.entries ?? []), ...entries];
      this.next = next;
    } catch (error) {
      this.problem = apiErrorText(error);
    }
  }
}

customElements.define('rep-counted-list', RepCountedList);
