import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { timer } from '../../ui/durations.ts';
import { icons } from '../../ui/icons.ts';
import { base, buttons, notes } from '../../ui/styles.ts';
import type { Attention } from '../session/attention.ts';
import type { ServerClock } from '../session/clock.ts';
import type { Help } from '../session/help.ts';
import type { Busy } from '../session/phone-state.ts';
import { Ticker } from '../session/ticker.ts';
import { texts } from '../texts.ts';

const pictures: Record<Attention['kind'], TemplateResult> = {
  server: icons.wifiOff,
  microphone: icons.microphoneOff,
  missed: icons.phoneDown,
  status: icons.cup,
  waiting: icons.people,
  again: icons.clock,
  window: icons.window,
  request: icons.warning,
  sound: icons.speaker,
  access: icons.info,
};

/**
 * What must not be overlooked, each with what helps, on whatever page. Fires `help`, whose detail is what was clicked,
 * and `left` when the thing that had the focus is gone. Read aloud by whoever shows it, since the times run.
 */
export class RepAttention extends LitElement {
  static override properties = {
    list: { attribute: false },
    clock: { attribute: false },
    busy: { attribute: false },
    online: { attribute: false },
    compact: { type: Boolean },
    all: { state: true },
  };
  declare list: Attention[];
  declare clock: ServerClock;
  declare busy: ReadonlySet<Busy>;
  /** Without the server there is nothing to ask for but the server. */
  declare online: boolean;
  /** Above another page: only the most pressing one, the others on demand. */
  declare compact: boolean;
  declare all: boolean;
  #hadFocus = false;

  static override styles = [
    base,
    buttons,
    notes,
    css`
      ul {
        display: grid;
        gap: 0.5rem;
      }

      .note {
        border-color: color-mix(in srgb, var(--edge) 45%, transparent);
        box-shadow: var(--shadow-1);
        --edge: var(--accent);
      }

      .note.warn {
        --edge: var(--wait);
      }

      .note.bad {
        --edge: var(--stop);
      }

      .note > p {
        flex: 1 1 14rem;
        min-width: 0;
        overflow-wrap: anywhere;
      }

      .bad > p {
        font-weight: 550;
      }

      .time {
        color: var(--ink-2);
        font-weight: 400;
        white-space: nowrap;
      }

      .help {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem;
      }

      .help .button {
        max-width: 100%;
        white-space: normal;
        overflow-wrap: anywhere;
      }

      .close {
        flex: none;
        width: 2.25rem;
        min-height: 2.25rem;
        margin-block: -0.25rem;
        margin-inline-end: -0.5rem;
      }

      .close .icon {
        width: 1.125rem;
        height: 1.125rem;
      }

      .more {
        justify-self: start;
      }

      @media (max-width: 30rem) {
        .note {
          position: relative;
          padding-inline-end: 2.75rem;
        }

        .note > p {
          flex-basis: 10rem;
        }

        .close {
          position: absolute;
          inset-block-start: 0.5rem;
          inset-inline-end: 0.5rem;
          margin: 0;
        }

        .help {
          flex: 1 1 100%;
        }
      }
    `,
  ];

  constructor() {
    super();
    new Ticker(this, 1_000);
    this.all = false;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { list } = this;
    if (list.length === 0) return nothing;
    const shown = this.compact && !this.all ? list.slice(0, 1) : list;
    const more = list.length - shown.length;
    return html`<section aria-label=${texts.attention}>
      <ul>
        ${shown.map(item => this.#item(item))}
        ${
          this.compact && list.length > 1
            ? html`<li class="more"><button class="button small" aria-expanded=${this.all ? 'true' : 'false'}
                @click=${this.#toggle}>${this.all ? texts.attentionLess : texts.attentionMore({ n: more })}</button></li>`
            : nothing
        }
      </ul>
    </section>`;
  }

  #item({ kind, key, severity, text, time, help, close }: Attention): TemplateResult {
    return html`<li class="note ${severity}" data-kind=${kind} data-key=${key}>
      ${pictures[kind]}
      <p>${text}${time === null ? nothing : html` <span class="time figures">${this.#time(kind, time)}</span>`}</p>
      ${
        help.length === 0
          ? nothing
          : html`<div class="help">${help.map((one, index) => this.#button(one, index === 0 ? severity : null))}</div>`
      }
      ${
        close === null
          ? nothing
          : html`<button class="button quiet round close" aria-label=${texts.closeHelp(close)} title=${texts.closeHelp(close)}
              aria-disabled=${this.#off(close)} @click=${() => this.#act(close)}>${icons.cross}</button>`
      }
    </li>`;
  }

  #button(help: Help, severity: Attention['severity'] | null): TemplateResult {
    const kind =
      severity === null ? '' : help.do === 'go-available' || help.do === 'pick-up' ? 'go' : 'primary';
    return html`<button class="button small ${kind}" aria-label=${help.do === 'pick-up' ? texts.pickUpWho({ who: help.who }) : nothing}
      aria-disabled=${this.#off(help)} @click=${() => this.#act(help)}>${this.#label(help)}</button>`;
  }

  #label(help: Help): string {
    if (help.do === 'pick-up' && this.busy.has('pick-up')) return texts.accepting;
    if (help.do === 'go-available' && this.busy.has('status')) return texts.goingAvailable;
    return texts.help[help.do];
  }

  #off({ do: what }: Help): 'true' | 'false' {
    const local =
      what === 'reconnect' ||
      what === 'choose-microphone' ||
      what === 'sound-on' ||
      what === 'access-seen' ||
      what === 'dismiss';
    const busy = this.busy.has('status') || this.busy.has('pick-up') || this.busy.has('take-over');
    return !local && (busy || !this.online) ? 'true' : 'false';
  }

  #act(help: Help): void {
    if (this.#off(help) === 'false') this.dispatchEvent(new CustomEvent<Help>('help', { detail: help }));
  }

  #time(kind: Attention['kind'], time: NonNullable<Attention['time']>): string {
    const now = this.clock.now();
    // A countdown shows 1 until it is over, as every other one here.
    if ('until' in time) return texts.ringsAgainIn({ time: timer(time.until - now + 999) });
    const past = timer(now - time.since);
    return kind === 'missed' ? texts.timeAgo({ time: past }) : texts.since({ time: past });
  }

  #toggle(): void {
    this.all = !this.all;
  }

  protected override willUpdate(): void {
    this.#hadFocus = this.shadowRoot?.activeElement != null;
    // Nothing to tell takes no room.
    this.hidden = this.list.length === 0;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (this.list.length < 2) this.all = false;
    if (!changed.has('list') || !this.#hadFocus || this.shadowRoot?.activeElement) return;
    const next = this.renderRoot.querySelector<HTMLElement>('.help button');
    if (next) next.focus();
    else this.dispatchEvent(new Event('left'));
  }
}

customElements.define('rep-attention', RepAttention);
