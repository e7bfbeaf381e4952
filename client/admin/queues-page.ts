import { css, html, nothing, type TemplateResult } from 'lit';
import type { ListedQueue } from '../../shared/api/queues.ts';
import type { Availability } from '../../shared/domain.ts';
import type { SiteId } from '../../shared/ids.ts';
import { ask } from '../ui/api.ts';
import { icons } from '../ui/icons.ts';
import { hashOf } from '../ui/route.ts';
import { base, buttons, card, fields, notes } from '../ui/styles.ts';
import { adminStyles } from './admin-styles.ts';
import { choiceInput, textInput } from './form/controls.ts';
import { type Problem, problemOf } from './form/problem.ts';
import { AdminPage } from './page.ts';
import { adminTexts as texts } from './texts.ts';

type Adding = { name: string; siteId: SiteId; busy: boolean; problem: Problem | null };

/** What a click would get, by more than its colour. */
const pictures: Record<Availability, TemplateResult> = {
  open: icons.check,
  busy: icons.headset,
  closed: icons.moon,
  'no-rep': icons.warning,
  'queue-full': icons.people,
};

/** How old the list may be while it is looked at. */
const refreshMs = 20_000;

/** Every queue at a glance, and adding one. */
export class RepQueuesPage extends AdminPage<ListedQueue[]> {
  static override properties = { adding: { state: true } };
  /** Null while the form is closed. */
  declare adding: Adding | null;
  #refreshing: ReturnType<typeof setInterval> | undefined;

  static override styles = [
    base,
    card,
    buttons,
    fields,
    notes,
    adminStyles,
    css`
      .queues a {
        align-items: center;
      }

      .name {
        font-weight: 650;
        font-size: var(--large);
        overflow-wrap: anywhere;
      }

      .about {
        grid-column: 1 / -1;
      }

      form {
        margin-bottom: 1.25rem;
      }
    `,
  ];

  constructor() {
    super();
    this.adding = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#refreshing = setInterval(() => this.#refresh(), refreshMs);
    document.addEventListener('visibilitychange', this.#refresh);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#refreshing);
    document.removeEventListener('visibilitychange', this.#refresh);
  }

  /** Who is there changes meanwhile. What cannot be read now is read the next time. */
  readonly #refresh = async (): Promise<void> => {
    if (document.hidden || this.phase.state !== 'ready') return;
    const data = await listQueues().catch(() => null);
    if (data && this.phase.state === 'ready') this.phase = { state: 'ready', data };
  };

  protected override load(): Promise<ListedQueue[]> {
    return listQueues();
  }

  protected override content(queues: ListedQueue[]): TemplateResult {
    const several = sitesOf(queues).length > 1;
    return html`
      <div class="head">
        <div><h1 tabindex="-1">${texts.queues}</h1><p>${texts.queuesLead}</p></div>
        ${
          this.adding
            ? nothing
            : html`<button class="button primary" @click=${() => this.#open(queues)}>${icons.plus}${texts.addQueue}</button>`
        }
      </div>
      ${this.adding ? this.#form(this.adding, queues) : nothing}
      <ul class="card list queues">${queues.map(queue => this.#queue(queue, several))}</ul>
    `;
  }

  #queue(queue: ListedQueue, several: boolean): TemplateResult {
    const { availability } = queue;
    const about = [
      ...(several ? [queue.siteName] : []),
      texts.strategyIs[queue.settings.strategy],
      texts.members({ n: queue.members.length }),
    ];
    return html`<li><a href=${hashOf({ at: 'queue', id: queue.id })}>
      <span class="name">${queue.name}</span>
      <span class="status" data-is=${availability}>${pictures[availability]}${texts.queueIs[availability]}</span>
      <span class="about">${about.join(' · ')}</span>
    </a></li>`;
  }

  #form({ name, siteId, busy, problem }: Adding, queues: ListedQueue[]): TemplateResult {
    const sites = sitesOf(queues);
    return html`<form class="card group" novalidate @submit=${this.#add}>
      <div><h2>${texts.addQueue}</h2><p>${texts.addQueueLead}</p></div>
      <div class="grid">
        ${textInput({ path: 'name', label: texts.queueName, problem, value: name, maxLength: 80, set: value => this.#change({ name: value }) })}
        ${
          sites.length > 1
            ? choiceInput({
                path: 'siteId',
                label: texts.queueSite,
                problem,
                value: siteId,
                choices: sites,
                set: value => this.#change({ siteId: value as SiteId }),
              })
            : nothing
        }
      </div>
      ${problem && problem.field !== 'name' ? html`<div class="note bad" role="alert">${icons.warning}<p>${problem.message}</p></div>` : nothing}
      <div class="dialog-actions">
        <button type="button" class="button quiet" @click=${this.#close}>${texts.cancel}</button>
        <button class="button primary" aria-disabled=${busy ? 'true' : 'false'}>
          ${busy ? html`<span class="spinner"></span>` : nothing}${texts.createQueue}
        </button>
      </div>
    </form>`;
  }

  async #open(queues: ListedQueue[]): Promise<void> {
    const siteId = queues[0]?.siteId;
    if (!siteId) return;
    this.adding = { name: '', siteId, busy: false, problem: null };
    await this.updateComplete;
    this.#input()?.focus();
  }

  async #close(): Promise<void> {
    this.adding = null;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.head .button')?.focus();
  }

  #change(change: Partial<Adding>): void {
    if (this.adding) this.adding = { ...this.adding, ...change };
  }

  async #add(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (!this.adding || this.adding.busy) return;
    const { siteId, name } = this.adding;
    this.#change({ busy: true, problem: null });
    try {
      const { queue } = await ask('POST /api/queues', { body: { siteId, name } });
      location.hash = hashOf({ at: 'queue', id: queue.id });
    } catch (error) {
      this.#change({ busy: false, problem: problemOf(error) });
      await this.updateComplete;
      this.#input()?.focus();
    }
  }

  #input(): HTMLInputElement | null {
    return this.renderRoot.querySelector<HTMLInputElement>('form input');
  }
}

/** Each site has a queue at all times, so that the queues name them all. */
const sitesOf = (queues: ListedQueue[]) =>
  [...new Map(queues.map(queue => [queue.siteId, queue.siteName]))].map(([value, label]) => ({
    value,
    label,
  }));

customElements.define('rep-queues-page', RepQueuesPage);

const listQueues = async (): Promise<ListedQueue[]> => (await ask('GET /api/queues')).queues;
