import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { QueueSheet } from '../../../shared/api/queues.ts';
import type { BusinessHours } from '../../../shared/settings.ts';
import { apiErrorText, ask } from '../../ui/api.ts';
import { icons } from '../../ui/icons.ts';
import { same } from '../form/draft.ts';
import { nearest, type Problem, problemOf } from '../form/problem.ts';
import { hoursInputs } from '../queue/hours.ts';
import { queueStyles } from '../queue/queue-styles.ts';
import { zoneName } from '../queue/zone-name.ts';
import { adminTexts } from '../texts.ts';
import { FirstRunStepElement } from './step.ts';
import { firstRunTexts as texts } from './texts.ts';

/** Opening hours of the shop's first queue, which the button calls. */
export class RepFirstHours extends FirstRunStepElement {
  static override properties = {
    queue: { state: true },
    hours: { state: true },
    problem: { state: true },
    failed: { state: true },
    said: { state: true },
  };
  declare queue: QueueSheet | null;
  declare hours: BusinessHours | null;
  declare problem: Problem | null;
  /** Why the queue could not be read. */
  declare failed: string;
  declare said: string;
  /** The plan that comes back when a plan is chosen again. */
  #plan: BusinessHours | null = null;

  static override styles = [FirstRunStepElement.styles, queueStyles];

  constructor() {
    super();
    this.queue = null;
    this.hours = null;
    this.problem = null;
    this.failed = '';
    this.said = '';
  }

  protected override firstUpdated(_: PropertyValues): void {
    void this.#load();
  }

  async #load(): Promise<void> {
    this.failed = '';
    try {
      const { queues } = await ask('GET /api/queues');
      this.queue = queues.find(({ siteId }) => siteId === this.context.site?.id) ?? null;
      this.hours = this.queue?.settings.hours ?? null;
    } catch (error) {
      this.failed = apiErrorText(error);
    }
  }

  protected override render(): TemplateResult {
    if (this.failed)
      return html`<div class="note bad" role="alert">${icons.warning}<p>${this.failed}</p>
        <button class="button small" @click=${this.#load}>${adminTexts.tryAgain}</button></div>`;
    if (!this.queue) return html`<p class="loading" role="status">${adminTexts.loading}</p>`;
    if (this.hours) this.#plan = this.hours;
    const form = {
      settings: { hours: this.hours },
      problem: this.problem,
      now: Date.now(),
      set: ({ hours }: { hours: BusinessHours | null }) => {
        this.hours = hours;
        this.problem = null;
      },
      say: (words: string) => {
        this.said = words;
      },
      focus: (selector: string) => {
        void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(selector)?.focus());
      },
    };
    return html`${hoursInputs(form, this.#plan)}${this.#zoneOffer()}<p class="hidden" role="status">${this.said}</p>`;
  }

  /** Where the plan is meant elsewhere than where the owner is. */
  #zoneOffer(): TemplateResult | typeof nothing {
    const { hours } = this;
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    if (!hours || hours.timeZone === timeZone) return nothing;
    return html`<div class="actions"><p class="hint">${texts.deviceZone({ zone: zoneName(timeZone) })}</p>
      <button type="button" class="button small" @click=${() => {
        this.hours = { ...hours, timeZone };
      }}>${texts.useDeviceZone}</button></div>`;
  }

  override async save(): Promise<boolean> {
    const { queue, hours } = this;
    if (!queue || same(queue.settings.hours, hours)) return true;
    try {
      await ask('PATCH /api/queues/:queueId', {
        params: { queueId: queue.id },
        body: { settings: { hours } },
      });
      return true;
    } catch (error) {
      const problem = problemOf(error);
      if (!problem.field.startsWith('hours')) throw error;
      this.problem = problem;
      await this.updateComplete;
      const places = nearest(problem.field).map(path =>
        this.renderRoot.querySelector(`[data-field="${CSS.escape(path)}"]`),
      );
      const place = places.find(found => found !== null);
      place?.querySelector<HTMLElement>('[aria-invalid=true], input, select, button')?.focus();
      return false;
    }
  }
}

customElements.define('rep-first-hours', RepFirstHours);
