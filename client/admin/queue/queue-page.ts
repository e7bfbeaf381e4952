import { html, nothing, type TemplateResult } from 'lit';
import type { TeamMember } from '../../../shared/api/people.ts';
import type { QueueSheet } from '../../../shared/api/queues.ts';
import type { ClipSlot } from '../../../shared/domain.ts';
import type { QueueId } from '../../../shared/ids.ts';
import type { SiteLanguages } from '../../../shared/own-words.ts';
import type { BusinessHours } from '../../../shared/settings.ts';
import { ApiError, apiErrorText, ask } from '../../ui/api.ts';
import { icons } from '../../ui/icons.ts';
import { loadRefusalWords } from '../../ui/refusals.ts';
import { hashOf } from '../../ui/route.ts';
import { base, buttons, card, fields, notes } from '../../ui/styles.ts';
import { adminStyles } from '../admin-styles.ts';
import { confirm } from '../confirm.ts';
import { textInput } from '../form/controls.ts';
import { changed } from '../form/draft.ts';
import { FormPage } from '../form/form-page.ts';
import { ShownWords, spokenAt } from '../form/shown-words.ts';
import { adminTexts } from '../texts.ts';
import { button } from './button.ts';
import { callerAudio } from './caller-audio.ts';
import { durationsAndPriority } from './durations-and-priority.ts';
import { hours } from './hours.ts';
import { listed } from './members.ts';
import { overflow } from './overflow.ts';
import type { QueueDraft, QueueForm } from './queue-form.ts';
import { queueStyles } from './queue-styles.ts';
import type { RepRecorder } from './recorder-panel.ts';
import { recorderTexts } from './recorder-texts.ts';
import { SoundShelf } from './sound-shelf.ts';
import type { RepSounds } from './sounds.ts';
import { queueTexts as texts } from './texts.ts';
import { whoAnswers } from './who-answers.ts';
import { words } from './words.ts';

/** Everything about one queue. */
export class RepQueuePage extends FormPage<QueueDraft> {
  static override properties = {
    queueId: { attribute: false },
    said: { state: true },
    removal: { state: true },
    recording: { state: true },
  };
  declare queueId: QueueId;
  /** For screen readers: what a button did. */
  declare said: string;
  /** Why the queue could not be removed. */
  declare removal: string;
  declare recording: ClipSlot | null;

  readonly #shelf = new SoundShelf(this);
  #team: TeamMember[] = [];
  #others: QueueSheet[] = [];
  #knownSkills: string[] = [];
  #siteKey = '';
  #languages: SiteLanguages = { allowed: 'all', default: 'en' };
  readonly #words = new ShownWords(this);
  /** A button that names no queue calls this one. */
  #first = false;
  /** The plan that was there before "always open" was chosen. */
  #plan: BusinessHours | null = null;

  static override styles = [base, card, buttons, fields, notes, adminStyles, queueStyles];

  constructor() {
    super();
    this.said = '';
    this.removal = '';
    this.recording = null;
  }

  override get unsaved(): boolean {
    const sounds = this.renderRoot.querySelector<RepSounds>('rep-sounds');
    return super.unsaved || (sounds?.unsaved ?? false) || this.#recorderIsFull;
  }

  get #recorderIsFull(): boolean {
    return this.renderRoot.querySelector<RepRecorder>('rep-recorder')?.unsaved ?? false;
  }

  protected override async load(): Promise<QueueDraft> {
    const [{ queues }, { reps: team }, { sites }] = await Promise.all([
      ask('GET /api/queues'),
      ask('GET /api/team'),
      ask('GET /api/sites'),
      loadRefusalWords(),
    ]);
    const sheet = queues.find(queue => queue.id === this.queueId);
    if (!sheet) throw new ApiError('other', texts.gone);
    // A person of several accounts stands in the team once for each.
    const site = sites.find(one => one.id === sheet.siteId);
    this.#team = team.filter(rep => rep.accountId === site?.accountId);
    this.#others = queues.filter(queue => queue.siteId === sheet.siteId && queue.id !== sheet.id);
    this.#plan = sheet.settings.hours;
    this.#siteKey = site?.key ?? '';
    this.#languages = site?.languages ?? this.#languages;
    this.#first = queues.find(queue => queue.siteId === sheet.siteId) === sheet;
    void this.#shelf.load(sheet.siteId);
    this.#knownSkills = [...new Set(team.flatMap(rep => rep.skills.map(({ skill }) => skill)))].sort();
    return { name: sheet.name, settings: sheet.settings, members: listed(sheet.members, this.#team) };
  }

  protected override async *store(draft: QueueDraft, before: QueueDraft): AsyncGenerator<QueueDraft, void> {
    const settings = changed(before.settings, draft.settings);
    const change = changed({ ...before, settings: null }, { ...draft, settings: null });
    const keys = Object.keys(settings) as (keyof typeof settings)[];
    const seen = Object.fromEntries(keys.map(key => [key, before.settings[key]]));
    const { name, members } = before;
    try {
      const saved = await ask('PATCH /api/queues/:queueId', {
        params: { queueId: this.queueId },
        body: {
          ...(change.name === undefined ? {} : { name: change.name }),
          ...(change.members === undefined ? {} : { members: change.members }),
          ...{ settings, before: { name, settings: seen, members } },
        },
      });
      yield { ...saved, members: listed(saved.members, this.#team) };
    } catch (error) {
      // What they changed is shown around this owner's own changes, which are saved over theirs the next time.
      if (error instanceof ApiError && error.code === 'changed-meanwhile') {
        const theirs = await this.load();
        this.phase = { state: 'ready', data: theirs };
        this.draft = {
          name: change.name ?? theirs.name,
          members: change.members ?? theirs.members,
          settings: { ...theirs.settings, ...settings },
        };
      }
      throw error;
    }
  }

  protected override form(draft: QueueDraft): TemplateResult {
    const form = this.#formOf(draft);
    if (draft.settings.hours) this.#plan = draft.settings.hours;
    const saved = this.phase.state === 'ready' ? this.phase.data.name : draft.name;
    return html`
      <a class="back" href=${hashOf({ at: 'queues' })}>${icons.chevron}${adminTexts.back({ to: adminTexts.queues })}</a>
      <div class="head"><div><h1 tabindex="-1">${saved}</h1></div></div>
      <div class="card group">
        ${textInput({
          path: 'name',
          label: texts.name,
          hint: texts.nameHint,
          problem: this.problem,
          maxLength: 80,
          value: draft.name,
          set: name => form.setName(name),
        })}
      </div>
      ${hours(form, this.#plan)} ${callerAudio(form)} ${overflow(form)} ${whoAnswers(form)} ${durationsAndPriority(form)} ${words(form)}
      ${button(this.#siteKey, this.queueId, this.#first)}
      ${this.#removal(saved)}
      <p class="hidden" role="status">${this.said}</p>
    `;
  }

  #formOf(draft: QueueDraft): QueueForm {
    return {
      ...draft,
      saved: this.phase.state === 'ready' ? this.phase.data : draft,
      id: this.queueId,
      problem: this.problem,
      team: this.#team,
      others: this.#others,
      knownSkills: this.#knownSkills,
      words: {
        languages: spokenAt(this.#languages),
        shown: this.#words.shown,
        ours: this.#words.ours(this.#languages.default).queue,
        show: key => this.#words.show(key),
      },
      shelf: this.#shelf,
      recording: this.recording,
      record: slot => void this.#record(slot),
      now: Date.now(),
      set: change => {
        const { settings } = this.#newest(draft);
        this.change({
          settings: { ...settings, ...(typeof change === 'function' ? change(settings) : change) },
        });
      },
      setName: name => this.change({ name }),
      setMembers: members => this.change({ members }),
      say: text => {
        this.said = text;
      },
      focus: selector => {
        void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(selector)?.focus());
      },
    };
  }

  async #record(slot: ClipSlot | null): Promise<void> {
    if (slot === this.recording) return;
    if (this.#recorderIsFull && !(await confirm(this, recorderTexts.discardAsk))) return;
    this.recording = slot;
  }

  #newest(draft: QueueDraft): QueueDraft {
    return this.draft ?? (this.phase.state === 'ready' ? this.phase.data : draft);
  }

  #removal(name: string): TemplateResult {
    return html`<section class="card group" aria-labelledby="remove">
      <div class="danger">
        <div><h2 id="remove">${texts.removeTitle}</h2><p>${texts.removeLead}</p></div>
        <button type="button" class="button stop-line" @click=${() => this.#remove(name)}>${texts.remove}</button>
      </div>
      ${this.removal ? html`<div class="note bad" role="alert">${icons.warning}<p>${this.removal}</p></div>` : nothing}
    </section>`;
  }

  async #remove(name: string): Promise<void> {
    if (!(await confirm(this, { ...texts.removeAsk, title: texts.removeAsk.title({ name }) }))) return;
    try {
      await ask('DELETE /api/queues/:queueId', { params: { queueId: this.queueId } });
      this.draft = null;
      location.hash = hashOf({ at: 'queues' });
    } catch (error) {
      this.removal = apiErrorText(error);
    }
  }
}

customElements.define('rep-queue-page', RepQueuePage);
