import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Sound } from '../../../shared/api/sounds.ts';
import type { SoundId } from '../../../shared/ids.ts';
import { limits } from '../../../shared/limits.ts';
import { apiErrorText } from '../../ui/api.ts';
import { timer } from '../../ui/durations.ts';
import { icons } from '../../ui/icons.ts';
import { base, buttons, fields, notes } from '../../ui/styles.ts';
import { adminStyles } from '../admin-styles.ts';
import { dateTime } from '../calls/call-time.ts';
import { confirm } from '../confirm.ts';
import './player.ts';
import { refusalText } from '../../ui/refusals.ts';
import './recorder-panel.ts';
import type { RepRecorder } from './recorder-panel.ts';
import { recorderTexts } from './recorder-texts.ts';
import { mostMegabytes, type SoundShelf, type Upload } from './sound-shelf.ts';
import { soundTexts as texts } from './sound-texts.ts';

/** The shop's sounds: upload, listen, rename, delete. Fires `uploaded` with the id of a new one. */
export class RepSounds extends LitElement {
  static override properties = {
    shelf: { attribute: false },
    sounds: { attribute: false },
    uploads: { attribute: false },
    renaming: { state: true },
    recording: { state: true },
    problem: { state: true },
    said: { state: true },
  };
  declare shelf: SoundShelf;
  declare sounds: readonly Sound[];
  declare uploads: readonly Upload[];
  declare renaming: SoundId | null;
  declare recording: boolean;
  declare problem: string;
  /** For screen readers. */
  declare said: string;

  static override styles = [
    base,
    buttons,
    fields,
    notes,
    adminStyles,
    css`
      :host {
        display: grid;
        gap: 1rem;
      }

      .name {
        font-weight: 600;
        overflow-wrap: anywhere;
      }

      .length {
        color: var(--ink-3);
        font-size: var(--small);
      }

      progress {
        flex: 1 1 10rem;
        accent-color: var(--accent-fill);
      }
    `,
  ];

  constructor() {
    super();
    this.renaming = null;
    this.recording = false;
    this.problem = '';
    this.said = '';
  }

  protected override render(): TemplateResult {
    const problem = this.problem || this.shelf.problem;
    return html`
      <div><h3>${texts.sounds}</h3><p class="hint">${texts.soundsLead({ megabytes: mostMegabytes, minutes: limits.maxSoundMs / 60_000 })}</p></div>
      ${problem ? html`<div class="note bad" role="alert">${icons.warning}<p>${problem}</p></div>` : nothing}
      ${
        this.sounds.length + this.uploads.length === 0
          ? html`<p class="hint">${texts.none}</p>`
          : html`<ul class="rows">${this.uploads.map(upload => this.#upload(upload))} ${this.sounds.map(sound => this.#sound(sound))}</ul>`
      }
      <div class="actions">
        <button type="button" class="button small" id="upload" @click=${this.#browse}>${icons.upload}${texts.upload}</button>
        <input type="file" hidden accept="audio/*,.mp3,.wav,.ogg,.opus,.m4a" @change=${this.#chosen} />
        <button type="button" class="button small" id="record" aria-expanded=${this.recording ? 'true' : 'false'}
          @click=${() => {
            this.recording = true;
          }}>${icons.microphone}${recorderTexts.record}</button>
      </div>
      ${
        this.recording
          ? html`<rep-recorder .heading=${recorderTexts.title} .mostMs=${limits.recordedSoundMs}
              .save=${this.#keep} @done=${this.#recorded}></rep-recorder>`
          : nothing
      }
      <p class="hidden" role="status">${this.said}</p>
    `;
  }

  #upload(upload: Upload): TemplateResult {
    const { name, step } = upload;
    if (step.is === 'failed')
      return html`<li><p class="problem grow" role="alert">${icons.warning}<span>${texts.failed({ name, problem: step.problem })}</span></p>
        <button type="button" class="button quiet round" aria-label=${texts.dismiss} @click=${() => this.shelf.dismiss(upload)}>${icons.cross}</button></li>`;
    const words = step.is === 'sending' ? texts.sending({ name }) : texts.converting({ name });
    return html`<li><span class="grow">${words}</span><progress aria-label=${words} max="1" value=${step.share}></progress></li>`;
  }

  #sound(sound: Sound): TemplateResult {
    const { name, state } = sound;
    if (this.renaming === sound.id)
      return html`<li>
        <span class="grow"><input type="text" id="name" aria-label=${texts.newName({ name })} maxlength="80" .value=${name}
          @keydown=${(event: KeyboardEvent) => this.#nameKey(event, sound)} /></span>
        <button type="button" class="button small" @click=${() => this.#rename(sound)}>${texts.keepName}</button>
      </li>`;
    return html`<li>
      <span class="grow"><span class="name">${name}</span>
        ${state.is === 'ready' ? html`<span class="hidden"> ${timer(state.ms)}</span>` : nothing}
        ${state.is === 'converting' ? html`<span class="length"> ${texts.stillConverting}</span>` : nothing}
        ${state.is === 'failed' ? html`<p class="problem">${icons.warning}<span>${refusalText(state.problem)}</span></p>` : nothing}
      </span>
      ${state.is === 'ready' ? html`<rep-player .src=${sound.url} .name=${name} .ms=${state.ms}></rep-player>` : nothing}
      <span class="row-actions">
        <button type="button" class="button quiet round" aria-label=${texts.rename({ name })} title=${texts.rename({ name })}
          @click=${() => this.#startRenaming(sound)}>${icons.pen}</button>
        <button type="button" class="button quiet round" aria-label=${texts.remove({ name })} title=${texts.remove({ name })}
          @click=${() => this.#remove(sound)}>${icons.bin}</button>
      </span>
    </li>`;
  }

  #browse(): void {
    this.renderRoot.querySelector<HTMLInputElement>('[type=file]')!.click();
  }

  async #chosen(event: Event): Promise<void> {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    input.value = '';
    if (!file) return;
    const id = await this.shelf.upload(file);
    if (id === null) return;
    this.said = texts.ready({ name: file.name });
    this.dispatchEvent(new CustomEvent('uploaded', { detail: id }));
  }

  /** A recording that is not used yet. */
  get unsaved(): boolean {
    return this.renderRoot.querySelector<RepRecorder>('rep-recorder')?.unsaved ?? false;
  }

  readonly #keep = async (recording: Blob): Promise<string> => {
    const name = recorderTexts.named({ date: dateTime(Date.now()) });
    const kept = await this.shelf.keep(recording, name);
    if ('problem' in kept) return kept.problem;
    this.said = texts.ready({ name });
    this.dispatchEvent(new CustomEvent('uploaded', { detail: kept.id }));
    return '';
  };

  async #recorded(): Promise<void> {
    this.recording = false;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('#record')?.focus();
  }

  async #startRenaming(sound: Sound): Promise<void> {
    this.renaming = sound.id;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLInputElement>('#name')?.select();
  }

  /** Enter belongs to this name, not to the form around; Escape gives up. */
  #nameKey(event: KeyboardEvent, sound: Sound): void {
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Enter') void this.#rename(sound);
    else void this.#doneRenaming();
  }

  async #rename(sound: Sound): Promise<void> {
    const name = this.renderRoot.querySelector<HTMLInputElement>('#name')?.value ?? sound.name;
    if (await this.#try(() => this.shelf.rename(sound, name))) await this.#doneRenaming();
  }

  async #doneRenaming(): Promise<void> {
    this.renaming = null;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('#upload')?.focus();
  }

  async #remove(sound: Sound): Promise<void> {
    if (!(await confirm(this, { ...texts.removeAsk, title: texts.removeAsk.title(sound) }))) return;
    await this.#try(() => this.shelf.remove(sound));
    this.renderRoot.querySelector<HTMLElement>('#upload')?.focus();
  }

  async #try(act: () => Promise<void>): Promise<boolean> {
    this.problem = '';
    try {
      await act();
      return true;
    } catch (error) {
      this.problem = apiErrorText(error);
      return false;
    }
  }
}

customElements.define('rep-sounds', RepSounds);
