import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { icons } from '../../ui/icons.ts';
import { loadPrefs } from '../../ui/prefs.ts';
import { base, buttons, fields } from '../../ui/styles.ts';
import { wordsOf } from '../../ui/words.ts';
import { type DeviceLists, listDevices, onDevicesChanged } from '../../voice/devices.ts';
import { playTestTone } from '../../voice/test-tone.ts';
import type { Media } from '../session/media.ts';
import type { PhoneSession } from '../session/phone-session.ts';
import { texts as consoleTexts } from '../texts.ts';
import { MicrophoneTest } from './microphone-test.ts';

const texts = wordsOf('device-choice');

/** Microphone and speaker: choose, see the level, hear a tone. Remembered on this machine. */
export class RepDeviceChoice extends LitElement {
  static override properties = {
    session: { attribute: false },
    media: { attribute: false },
    devices: { state: true },
    microphoneId: { state: true },
    speakerId: { state: true },
    playing: { state: true },
  };
  declare session: PhoneSession;
  declare media: Media;
  declare devices: DeviceLists;
  declare microphoneId: string;
  declare speakerId: string;
  declare playing: boolean;

  #stopListening: (() => void) | undefined;
  readonly #test = new MicrophoneTest(this, level => this.#showLevel(level));

  static override styles = [
    base,
    buttons,
    fields,
    css`
      :host {
        display: grid;
        gap: 1rem;
      }

      .with-button {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem;
      }

      /* The button goes below it where there is no room for both: our own words are read as a whole in every language. */
      .with-button .select {
        flex: 1 1 17rem;
        min-width: 0;
      }

      .with-button .button {
        min-height: 2.75rem;
        border-radius: var(--radius-m);
      }

      .level {
        display: block;
        width: 100%;
        height: 0.5rem;
        overflow: hidden;
        border: 0;
        border-radius: 99px;
        background: var(--rest-soft);
        appearance: none;
      }

      .level::-webkit-meter-bar {
        height: 0.5rem;
        border: 0;
        background: var(--rest-soft);
      }

      .level::-webkit-meter-optimum-value {
        border-radius: 99px;
        background: var(--go-fill);
      }

      .level::-moz-meter-bar {
        border-radius: 99px;
        background: var(--go-fill);
      }

      .heard {
        color: var(--go);
        font-weight: 600;
      }

      @media (forced-colors: active) {
        .level {
          border: 1px solid CanvasText;
          forced-color-adjust: none;
        }

        .level::-webkit-meter-optimum-value {
          background: Highlight;
        }

        .level::-moz-meter-bar {
          background: Highlight;
        }
      }
    `,
  ];

  constructor() {
    super();
    const prefs = loadPrefs();
    this.devices = { microphones: [], speakers: [] };
    this.microphoneId = prefs.microphoneId;
    this.speakerId = prefs.speakerId;
    this.playing = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stopListening = onDevicesChanged(() => void this.#list());
    void this.#list();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopListening?.();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // Labels become known when the microphone is allowed.
    if (changed.has('media') && this.media.state === 'ready') void this.#list();
  }

  protected override render(): TemplateResult {
    return html`${this.#microphone()} ${this.#speaker()}`;
  }

  /** For somebody whose microphone is not there. */
  async focusMicrophone(): Promise<void> {
    await this.updateComplete;
    const choice = this.renderRoot.querySelector<HTMLSelectElement>('#microphone');
    choice?.focus();
    choice?.scrollIntoView({ block: 'center' });
  }

  #microphone(): TemplateResult {
    const test = this.#test.state;
    const on = test.state === 'on';
    const heard = test.state === 'on' && test.heard;
    return html`<div class="field">
      <label for="microphone">${texts.microphone}</label>
      <div class="with-button">
        ${this.#select('microphone', this.devices.microphones, this.microphoneId, n => texts.unnamedMicrophone({ n }))}
        <button class="button small" aria-disabled=${test.state === 'asking' ? 'true' : 'false'}
          @click=${() => (on ? this.#test.stop() : this.#startTest())}>
          ${on ? texts.stopTest : texts.testMicrophone}
        </button>
      </div>
      ${on ? html`<meter class="level" min="0" max="1" aria-label=${texts.level}></meter>` : nothing}
      <div role="status">
        ${test.state === 'asking' ? html`<p class="hint">${texts.micAsk}</p>` : nothing}
        ${on ? html`<p class="hint ${heard ? 'heard' : ''}">${heard ? texts.levelGood : texts.levelQuiet}</p>` : nothing}
        ${test.state === 'failed' ? html`<p class="problem">${icons.warning}<span>${consoleTexts.micProblem[test.problem]}</span></p>` : nothing}
      </div>
    </div>`;
  }

  #speaker(): TemplateResult {
    const canChoose = 'setSinkId' in HTMLMediaElement.prototype;
    return html`<div class="field">
      <label for="speaker">${texts.speaker}</label>
      <div class="with-button">
        ${this.#select('speaker', canChoose ? this.devices.speakers : [], this.speakerId, n => texts.unnamedSpeaker({ n }))}
        <button class="button small" aria-disabled=${this.playing ? 'true' : 'false'} @click=${this.#play}>
          ${this.playing ? texts.tonePlaying : texts.playTone}
        </button>
      </div>
      ${canChoose ? nothing : html`<p class="hint">${texts.speakerFixed}</p>`}
    </div>`;
  }

  #select(
    kind: 'microphone' | 'speaker',
    devices: MediaDeviceInfo[],
    chosen: string,
    unnamed: (n: number) => string,
  ): TemplateResult {
    // Chrome lists "default" and "communications" as devices of their own; the first is our empty choice.
    const listed = devices.filter(device => device.deviceId && device.deviceId !== 'default');
    return html`<span class="select">
      <select id=${kind} @change=${(event: Event) => this.#choose(kind, (event.target as HTMLSelectElement).value)}>
        <option value="" ?selected=${!listed.some(device => device.deviceId === chosen)}>${texts.defaultDevice}</option>
        ${listed.map(
          (device, i) => html`<option value=${device.deviceId} ?selected=${device.deviceId === chosen}>
            ${device.label || unnamed(i + 1)}
          </option>`,
        )}
      </select>
      ${icons.chevron}
    </span>`;
  }

  async #list(): Promise<void> {
    this.devices = await listDevices().catch(() => ({ microphones: [], speakers: [] }));
  }

  async #choose(kind: 'microphone' | 'speaker', id: string): Promise<void> {
    if (kind === 'speaker') {
      this.speakerId = id;
      await this.session.useSpeaker(id);
      this.dispatchEvent(new CustomEvent('speaker-chosen', { detail: id, bubbles: true, composed: true }));
      return;
    }
    this.microphoneId = id;
    try {
      await this.session.useMicrophone(id);
      if (this.#test.state.state === 'on') await this.#startTest();
    } catch (error) {
      this.#test.fail(error);
    }
  }

  async #startTest(): Promise<void> {
    await this.#test.start(this.microphoneId);
    // Labels become known when the microphone was allowed.
    await this.#list();
  }

  /** Straight to the element: sixty redraws a second of the whole form would be for one number. */
  #showLevel(level: number): void {
    const meter = this.renderRoot.querySelector('meter');
    if (meter) meter.value = level;
  }

  async #play(): Promise<void> {
    if (this.playing) return;
    this.playing = true;
    try {
      await playTestTone(this.speakerId);
    } finally {
      this.playing = false;
    }
  }
}

customElements.define('rep-device-choice', RepDeviceChoice);
