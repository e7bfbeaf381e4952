import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { ClipSlot } from '../../../shared/domain.ts';
import type { Language } from '../../../shared/i18n/languages.ts';
import { timer } from '../../ui/durations.ts';
import { icons } from '../../ui/icons.ts';
import { base, buttons, fields, notes } from '../../ui/styles.ts';
import { bareChoice } from '../form/controls.ts';
import './player.ts';
import { type Script, scriptFor, scriptLanguages, usualLanguage } from './announcement-script.ts';
import { Recorder, type RecorderState } from './recorder.ts';
import { recorderTexts as texts } from './recorder-texts.ts';

type Recorded = Extract<RecorderState, { is: 'recorded' }>;

/** The one chosen last: an owner records many announcements in a row, in the language of the shop. */
let language: Language = usualLanguage();

/**
 * Records a sound here and now: the text to read, the microphone's level, the time left; then listen, again, or use.
 * It covers nothing, since a call may ring meanwhile. Fires `done` when it is to go away.
 */
export class RepRecorder extends LitElement {
  static override properties = {
    heading: { attribute: false },
    says: { attribute: false },
    mostMs: { attribute: false },
    save: { attribute: false },
    script: { state: true },
    saving: { state: true },
    problem: { state: true },
  };
  declare heading: string;
  /** The announcement that is read aloud; null for a sound of any kind. */
  declare says: ClipSlot | null;
  /** The longest that it may be. */
  declare mostMs: number;
  /** Keeps the recording; resolves to what went wrong, empty when it is kept. */
  declare save: (recording: Blob) => Promise<string>;
  declare script: Script | 'loading' | 'failed';
  declare saving: boolean;
  declare problem: string;
  /** A button with the focus is about to go. */
  #hadFocus = false;
  #drawn: RecorderState['is'] = 'idle';
  readonly #recorder = new Recorder(this, level => this.#showLevel(level));

  static override styles = [
    base,
    buttons,
    fields,
    notes,
    css`
      section {
        display: grid;
        gap: 1rem;
        padding: 1rem;
        border: 1px solid var(--line);
        border-radius: var(--radius-m);
        background: var(--sunken);
        overflow-wrap: anywhere;
      }

      .script {
        display: grid;
        gap: 0.5rem;
      }

      .script-head {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem 1rem;
        align-items: center;
        justify-content: space-between;
      }

      .script-head p {
        flex: 1 1 12rem;
        color: var(--ink-2);
        font-size: 0.875rem;
      }

      .script-head .select {
        flex: 0 1 12rem;
        min-width: 9rem;
      }

      blockquote {
        margin: 0;
        padding-inline-start: 0.875rem;
        border-inline-start: 3px solid var(--accent);
        font-weight: 600;
        font-size: 1.25rem;
        line-height: 1.4;
      }

      .level {
        display: block;
        width: 100%;
        height: 1rem;
      }

      .now {
        display: flex;
        flex-wrap: wrap;
        gap: 0.25rem 1rem;
        align-items: baseline;
        justify-content: space-between;
        font-weight: 600;
      }

      .now .on {
        display: inline-flex;
        gap: 0.5rem;
        align-items: center;
        color: var(--stop);
      }

      .on::before {
        width: 0.75rem;
        height: 0.75rem;
        border-radius: 50%;
        background: currentcolor;
        content: '';
        forced-color-adjust: none;
      }

      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem;
      }

      @media (max-width: 30rem) {
        .actions .button:not(.quiet) {
          flex: 1 1 auto;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.says = null;
    this.script = 'loading';
    this.saving = false;
    this.problem = '';
  }

  /** Something would be lost by going away. */
  get unsaved(): boolean {
    return this.#recorder.unsaved;
  }

  protected override firstUpdated(): void {
    void this.#fetchScript();
    this.renderRoot.querySelector<HTMLElement>('h3')?.focus();
  }

  protected override willUpdate(): void {
    this.#hadFocus = this.shadowRoot?.activeElement instanceof HTMLElement;
  }

  protected override updated(_: PropertyValues<this>): void {
    const { is } = this.#recorder.state;
    if (is === this.#drawn) return;
    this.#drawn = is;
    if (this.#hadFocus) this.renderRoot.querySelector<HTMLElement>('[data-next]')?.focus();
  }

  protected override render(): TemplateResult {
    return html`<section aria-labelledby="title">
      <h3 id="title" tabindex="-1">${this.heading}</h3>
      ${this.says === null ? nothing : this.#script()}
      ${this.#phase()}
      <p class="hidden" role="status">${this.#said()}</p>
    </section>`;
  }

  #script(): TemplateResult {
    const { script } = this;
    return html`<div class="script">
      <div class="script-head">
        <p>${texts.readAloud}</p>
        ${bareChoice({
          label: texts.language,
          value: language,
          choices: scriptLanguages(),
          set: value => {
            language = value as Language;
            void this.#fetchScript();
          },
        })}
      </div>
      ${
        script === 'loading'
          ? nothing
          : script === 'failed'
            ? html`<p class="hint">${texts.noScript}</p>`
            : html`<blockquote lang=${script.language} dir=${script.direction}>${script.text}</blockquote>`
      }
    </div>`;
  }

  #phase(): TemplateResult {
    const { state } = this.#recorder;
    switch (state.is) {
      case 'idle':
        return html`<p class="hint">${this.#before()}</p>
          <div class="actions">
            <button type="button" class="button primary" data-next @click=${this.#start}>${icons.microphone}${texts.start}</button>
            ${this.#button(texts.cancel, this.#leave, 'quiet')}
          </div>`;
      case 'asking':
        return html`<p class="hint">${texts.asking}</p>
          <div class="actions">${this.#button(texts.cancel, this.#recorder.discard, '', true)}</div>`;
      case 'counting':
        return html`${this.#meter()}
          <p class="now">${texts.startsIn({ seconds: state.seconds })}</p>
          <div class="actions">${this.#button(texts.cancel, this.#recorder.discard, '', true)}</div>`;
      case 'recording': {
        const passed = performance.now() - state.since;
        return html`${this.#meter()}
          <p class="now figures"><span class="on">${texts.recording({ time: timer(passed) })}</span>
            <span>${texts.left({ time: timer(this.mostMs - passed) })}</span></p>
          <div class="actions">${this.#button(texts.stop, () => this.#recorder.stop(), 'stop', true)}</div>`;
      }
      case 'preparing':
        return html`<p class="hint" tabindex="-1" data-next>${texts.preparing}</p>`;
      case 'recorded':
        return this.#recorded(state);
      case 'failed':
        return html`<div class="note bad">${icons.warning}<p tabindex="-1" data-next>${state.words}</p></div>
          <div class="actions">${this.#button(texts.tryAgain, this.#start)} ${this.#button(texts.cancel, this.#leave, 'quiet')}</div>`;
    }
    return state satisfies never;
  }

  #before(): string {
    const seconds = Math.floor(this.mostMs / 1_000);
    return seconds < 120
      ? texts.beforeSeconds({ n: seconds })
      : texts.beforeMinutes({ n: Math.floor(seconds / 60) });
  }

  #recorded({ recording, stopped }: Recorded): TemplateResult {
    const { verdict, url, ms } = recording;
    const usable = verdict !== 'silent' && verdict !== 'short';
    const use = verdict === 'good' ? texts.use : texts.useAnyway;
    return html`
      ${stopped === 'person' ? nothing : html`<div class="note info">${icons.info}<p>${texts.stopped[stopped]}</p></div>`}
      <div class="note ${verdict === 'good' ? '' : 'warn'}">${verdict === 'good' ? icons.check : icons.warning}
        <p tabindex="-1" data-next>${texts.verdict[verdict]}</p></div>
      <rep-player .src=${url} .name=${texts.yours} .ms=${ms}></rep-player>
      ${this.problem ? html`<div class="note bad" role="alert">${icons.warning}<p>${texts.notSaved({ problem: this.problem })}</p></div>` : nothing}
      <div class="actions">
        ${
          usable
            ? html`<button type="button" class="button ${verdict === 'good' ? 'primary' : ''}"
                aria-disabled=${this.saving ? 'true' : 'false'} @click=${() => this.#use(recording.file)}>
                ${this.saving ? html`<span class="spinner"></span>${texts.saving}` : use}</button>`
            : nothing
        }
        ${this.#button(texts.again, this.#start, verdict === 'good' ? '' : 'primary')}
        ${this.#button(texts.discard, this.#leave, 'quiet')}
      </div>`;
  }

  #button(words: string, act: () => unknown, kind = '', next = false): TemplateResult {
    return html`<button type="button" class="button ${kind}" ?data-next=${next}
      @click=${() => (this.saving ? undefined : act())}>${words}</button>`;
  }

  #meter(): TemplateResult {
    return html`<meter class="level" min="0" max="1" aria-label=${texts.level}></meter>`;
  }

  /** For screen readers, which would speak into the recording if they were told the time. */
  #said(): string {
    const { state } = this.#recorder;
    switch (state.is) {
      case 'idle':
      case 'preparing':
        return '';
      case 'asking':
        return texts.asking;
      case 'counting':
        return state.seconds === 3 ? texts.startsIn({ seconds: state.seconds }) : '';
      case 'recording':
        return '';
      case 'recorded':
        return [
          state.stopped === 'person' ? texts.recorded : texts.stopped[state.stopped],
          texts.verdict[state.recording.verdict],
        ].join(' ');
      case 'failed':
        return state.words;
    }
    return state satisfies never;
  }

  readonly #start = () => {
    this.problem = '';
    void this.#recorder.start(this.mostMs);
  };

  readonly #leave = () => {
    this.#recorder.discard();
    this.dispatchEvent(new Event('done'));
  };

  async #use(recording: Blob): Promise<void> {
    if (this.saving) return;
    this.saving = true;
    this.problem = await this.save(recording);
    this.saving = false;
    if (this.problem === '') this.#leave();
  }

  async #fetchScript(): Promise<void> {
    if (this.says === null) return;
    const wanted = language;
    const script = await scriptFor(this.says, wanted).catch(() => 'failed' as const);
    if (wanted === language) this.script = script;
  }

  /** Straight to the element: sixty redraws a second of the whole would be for one number. */
  #showLevel(level: number): void {
    const meter = this.renderRoot.querySelector('meter');
    if (meter) meter.value = level;
  }
}

customElements.define('rep-recorder', RepRecorder);
