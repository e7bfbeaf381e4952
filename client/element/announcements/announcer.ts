/** Tells the one who waits where they stand, aloud, at the shop's interval. Fetched by who waits where a shop does so. */
import { html, nothing, type TemplateResult } from 'lit';
import type { ClipSlot } from '../../../shared/domain.ts';
import * as m from '../../../shared/i18n/messages/spoken.ts';
import { sentence } from '../../../shared/i18n/sentence.ts';
import { limits } from '../../../shared/limits.ts';
import type { CallMemory } from '../call-memory.ts';
import type { Waiting } from '../states.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { fetchClip, playClip } from './clip.ts';
import { nextAt } from './schedule.ts';
import { slotsOf } from './slots.ts';
import { onVoices, speak, voiceFor, voices } from './speech.ts';

/** The music under an announcement, as a share of its loudness. */
const duckedLevel = 0.2;
/** What it needs from the call around it. */
export type AnnouncerHost = {
  readonly server: string;
  readonly memory: CallMemory;
  /** In whose language is spoken. */
  vocabulary(): Vocabulary;
  /** The server's clock, ms. */
  now(): number;
  /** Fades the music to that share of its loudness. */
  duck(level: number): void;
  changed(): void;
};

export class Announcer {
  readonly #host: AnnouncerHost;
  #view: Waiting | null = null;
  /** What was due until then has been said, or was before there was anybody to hear it. */
  #upTo = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #saying: AbortController | undefined;
  readonly #changed = (): void => this.#host.changed();

  constructor(host: AnnouncerHost) {
    this.#host = host;
    // Where voices become known late, so does the use of the button.
    onVoices('addEventListener', this.#changed);
  }

  /** The newest view of who waits; null for nothing to say, which silences at once. May be called at any time. */
  follow(view: Waiting | null): void {
    if (!this.#view) this.#upTo = this.#host.now();
    this.#view = view;
    this.#plan();
  }

  /** Turns it off and on, for as long as the tab lives. Nothing where nothing would be heard. */
  toggle(): TemplateResult | typeof nothing {
    const clips = this.#view?.announcements?.clips;
    const texts = this.#host.vocabulary().get('spoken');
    if (!clips || !texts || (Object.keys(clips).length === 0 && !this.#voice)) return nothing;
    const { memory } = this.#host;
    const turn = () => {
      memory.quiet = !memory.quiet;
      this.#upTo = this.#host.now();
      this.#plan();
      this.#host.changed();
    };
    return html`<button part="announcements" type="button" @click=${turn}>${texts(memory.quiet ? m.speak : m.mute)}</button>`;
  }

  /** May be called twice. */
  close(): void {
    this.follow(null);
    onVoices('removeEventListener', this.#changed);
  }

  get #voice(): SpeechSynthesisVoice | undefined {
    const texts = this.#host.vocabulary().get('spoken');
    return texts && voiceFor(voices(), texts.language, texts.tag);
  }

  #plan(): void {
    clearTimeout(this.#timer);
    if (!this.#view?.announcements || this.#host.memory.quiet) {
      this.#saying?.abort();
      return;
    }
    if (this.#saying) return;
    const { since, announcements } = this.#view;
    const dueAt = nextAt(since, announcements.everyMs, this.#upTo);
    this.#timer = setTimeout(() => void this.#announce(dueAt), dueAt - this.#host.now());
  }

  async #announce(dueAt: number): Promise<void> {
    const view = this.#view;
    if (!view) return;
    const saying = new AbortController();
    this.#saying = saying;
    saying.signal.addEventListener('abort', () => this.#host.duck(1));
    const limit = setTimeout(() => saying.abort(), limits.announcementMs);
    await this.#say(view, saying.signal);
    clearTimeout(limit);
    this.#host.duck(1);
    this.#saying = undefined;
    this.#upTo = Math.max(dueAt, this.#host.now());
    this.#plan();
  }

  async #say(view: Waiting, signal: AbortSignal): Promise<void> {
    const recorded = view.announcements?.clips ?? {};
    const parts = slotsOf(view).map(slot => {
      const path = recorded[slot];
      return { slot, clip: path === undefined ? undefined : fetchClip(this.#host.server + path) };
    });
    const started = () => {
      if (!signal.aborted) this.#host.duck(duckedLevel);
    };
    for (const { slot, clip } of parts) {
      if (signal.aborted) return;
      if (clip && (await playClip(clip, signal, started))) continue;
      await this.#speak(slot, signal, started);
    }
  }

  async #speak(slot: ClipSlot, signal: AbortSignal, started: () => void): Promise<void> {
    // Words that cannot be fetched are left out; the next time may have them.
    const texts = await this.#host
      .vocabulary()
      .load('spoken')
      .catch(() => null);
    const voice = this.#voice;
    if (texts && voice && !signal.aborted) await speak(sentence(texts, slot), voice, signal, started);
  }
}
