import { html, nothing, type TemplateResult } from 'lit';
import type { TeamMember } from '../../../shared/api/people.ts';
import { apiErrorText, ask } from '../../ui/api.ts';
import { icons } from '../../ui/icons.ts';
import { list } from '../../ui/words.ts';
import { cardsInput } from '../form/controls.ts';
import '../team/invitation.ts';
import type { TeamQueue } from '../team/people.ts';
import { adminTexts } from '../texts.ts';
import { FirstRunStepElement } from './step.ts';
import { firstRunTexts as texts } from './texts.ts';

type Loaded = { members: TeamMember[]; queues: TeamQueue[] };

/** The owner alone, or others too, who are sent links. */
export class RepFirstPeople extends FirstRunStepElement {
  static override properties = {
    loaded: { state: true },
    failed: { state: true },
    others: { state: true },
  };
  declare loaded: Loaded | null;
  declare failed: string;
  declare others: boolean;

  constructor() {
    super();
    this.loaded = null;
    this.failed = '';
    this.others = false;
  }

  protected override firstUpdated(): void {
    void this.#load();
  }

  async #load(): Promise<void> {
    this.failed = '';
    try {
      const [{ reps }, { queues }, { sites }] = await Promise.all([
        ask('GET /api/team'),
        ask('GET /api/queues'),
        ask('GET /api/sites'),
      ]);
      const { accountId } = this.context;
      const own = new Set(sites.filter(site => site.accountId === accountId).map(({ id }) => id));
      this.loaded = {
        members: reps.filter(rep => rep.accountId === accountId && !rep.disabled),
        queues: queues
          .filter(({ siteId }) => own.has(siteId))
          .map(({ id, name }) => ({ id, name, accountId })),
      };
      this.others = this.loaded.members.length > 1;
    } catch (error) {
      this.failed = apiErrorText(error);
    }
  }

  protected override render(): TemplateResult {
    if (this.failed)
      return html`<div class="note bad" role="alert">${icons.warning}<p>${this.failed}</p>
        <button class="button small" @click=${this.#load}>${adminTexts.tryAgain}</button></div>`;
    if (!this.loaded) return html`<p class="loading" role="status">${adminTexts.loading}</p>`;
    const { members, queues } = this.loaded;
    const names = list(members.map(({ name }) => name));
    return html`${cardsInput<'alone' | 'others'>({
      path: 'who',
      label: texts.of.people.title,
      value: this.others ? 'others' : 'alone',
      choices: [
        { value: 'alone', ...texts.alone },
        { value: 'others', ...texts.others },
      ],
      problem: null,
      set: who => {
        this.others = who === 'others';
      },
    })}
    ${members.length > 1 ? html`<p class="hint">${texts.onTeam({ names })}</p>` : nothing}
    ${
      this.others
        ? html`<rep-invitation .accounts=${[{ id: this.context.accountId, name: '', role: 'admin' }]}
            .queues=${queues} .unfolded=${false}></rep-invitation>`
        : nothing
    }`;
  }
}

customElements.define('rep-first-people', RepFirstPeople);
