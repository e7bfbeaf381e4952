import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { timer } from '../../ui/durations.ts';
import { icons } from '../../ui/icons.ts';
import { base, buttons, fields, notes } from '../../ui/styles.ts';
import { soundTexts as texts } from './sound-texts.ts';

/** One is heard at a time. */
let heard: RepPlayer | undefined;

/** Plays a sound: a button, where it is, and how long it is. Nothing is fetched before somebody wants to hear it. */
export class RepPlayer extends LitElement {
  static override properties = {
    src: { attribute: false },
    name: { attribute: false },
    ms: { attribute: false },
    state: { state: true },
    atMs: { state: true },
  };
  declare src: string;
  /** What it is called. */
  declare name: string;
  /** How long it is. */
  declare ms: number;
  declare state: 'paused' | 'playing' | 'failed';
  declare atMs: number;
  readonly #audio = new Audio();

  static override styles = [
    base,
    buttons,
    fields,
    notes,
    css`
      :host {
        display: flex;
        flex: 1 1 14rem;
        gap: 0.5rem;
        align-items: center;
        min-width: 0;
        max-width: 20rem;
      }

      input {
        flex: 1 1 auto;
        min-width: 3rem;
        min-height: 1.5rem;
        padding: 0;
        border: 0;
        background: none;
        accent-color: var(--accent-fill);
        cursor: pointer;
      }

      .button {
        flex: none;
      }

      .time {
        flex: none;
        color: var(--ink-3);
        font-size: var(--small);
      }
    `,
  ];

  constructor() {
    super();
    this.state = 'paused';
    this.atMs = 0;
    this.#audio.preload = 'none';
    for (const event of ['play', 'pause', 'ended', 'timeupdate', 'error'])
      this.#audio.addEventListener(event, () => this.#follow(event));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#audio.pause();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('src')) return;
    this.#audio.src = this.src;
    this.atMs = 0;
    this.state = 'paused';
  }

  protected override render(): TemplateResult {
    const { state, name, ms, atMs } = this;
    const playing = state === 'playing';
    const label = playing ? texts.pause({ name }) : texts.play({ name });
    return html`<button type="button" class="button round" aria-label=${label} title=${label} @click=${this.#toggle}>
        ${playing ? icons.pause : icons.play}</button>
      <input type="range" min="0" max=${ms} step="100" .value=${String(atMs)} aria-label=${texts.position({ name })}
        aria-valuetext=${texts.at({ now: timer(atMs), all: timer(ms) })} @input=${this.#seek} />
      ${
        state === 'failed'
          ? html`<span class="problem" role="alert">${texts.cannotPlay}</span>`
          : html`<span class="time figures" aria-hidden="true">${timer(atMs)} / ${timer(ms)}</span>`
      }`;
  }

  #toggle(): void {
    if (this.state === 'playing') {
      this.#audio.pause();
      return;
    }
    if (this.state === 'failed') this.#audio.load();
    if (heard !== this) heard?.pause();
    heard = this;
    // Refusals come as an event, too; whoever pauses at once makes one that is none.
    this.#audio.play().catch(() => undefined);
  }

  /** Somebody else is heard from now on. */
  pause(): void {
    this.#audio.pause();
  }

  #seek(event: Event): void {
    this.atMs = Number((event.target as HTMLInputElement).value);
    this.#audio.currentTime = this.atMs / 1000;
  }

  #follow(event: string): void {
    if (event === 'play') this.state = 'playing';
    if (event === 'pause') this.state = 'paused';
    if (event === 'error') this.state = 'failed';
    if (event === 'timeupdate') this.atMs = Math.min(this.ms, this.#audio.currentTime * 1000);
    if (event !== 'ended') return;
    this.state = 'paused';
    this.atMs = 0;
    this.#audio.currentTime = 0;
  }
}

customElements.define('rep-player', RepPlayer);
