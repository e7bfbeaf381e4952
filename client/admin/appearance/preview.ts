import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import type { Previewed, PreviewWindow } from '../../preview/main.ts';
import { base, choices, fields } from '../../ui/styles.ts';
import { bareChoice } from '../form/controls.ts';
import { appearanceTexts as texts } from './texts.ts';

const states = ['idle', 'waiting', 'talking'] as const;
const schemes = ['light', 'dark'] as const;
const screens = { phone: texts.onPhone, desktop: texts.onDesktop } as const;
type Screen = keyof typeof screens;

/** Where there is no room beside what one chooses. */
const narrow = matchMedia('(max-width: 71.99rem)');

/** The real button on two pages, one as wide as a phone and one as wide as a computer. */
export class RepAppearancePreview extends LitElement {
  static override properties = {
    shown: { attribute: false },
    plain: { type: Boolean, reflect: true },
    state: { state: true },
    scheme: { state: true },
    screen: { state: true },
    drawn: { state: true },
  };
  /** What does not depend on what is chosen here. */
  declare shown: Pick<Previewed, 'appearance' | 'shop' | 'rep'>;
  /** Only the button, before a call, on a phone; how large is said by `--wide`, `--high` and `--scale` around it. */
  declare plain: boolean;
  declare state: Previewed['state'];
  declare scheme: Previewed['scheme'];
  /** Where there is room for one only. */
  declare screen: Screen;
  /** Those that show the button; what a page has before that is not seen. */
  declare drawn: readonly Screen[];

  static override styles = [
    base,
    fields,
    choices,
    css`
      :host {
        display: grid;
        gap: 1rem;
      }

      .switches {
        display: flex;
        flex-wrap: wrap;
        gap: 0.75rem 1.5rem;
      }

      .options {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem 1.25rem;
      }

      .options label {
        display: flex;
        gap: 0.5rem;
        align-items: center;
        color: var(--ink);
        font-weight: 500;
      }

      .pages {
        display: flex;
        flex-wrap: wrap;
        gap: 1rem;
        align-items: start;
      }

      figure {
        min-width: 0;
        margin: 0;
      }

      figcaption {
        margin-bottom: 0.375rem;
        color: var(--ink-2);
        font-size: var(--small);
      }

      .glass {
        overflow: hidden;
        width: calc(var(--wide) * var(--scale));
        max-width: 100%;
        height: calc(var(--high) * var(--scale));
        border: 1px solid var(--line);
        border-radius: var(--radius-m);
        background: #fff;
      }

      .glass[data-scheme='dark'] {
        background: #121714;
      }

      iframe {
        display: block;
        width: var(--wide);
        height: var(--high);
        border: 0;
        transform: scale(var(--scale));
        transform-origin: 0 0;
      }

      .glass:not([data-drawn]) iframe {
        visibility: hidden;
      }

      :host(:dir(rtl)) iframe {
        transform-origin: 100% 0;
      }

      :host([plain]) figcaption {
        display: none;
      }

      /* Both as they are, and shown smaller: beside what one chooses there is room for small ones. */
      @media (min-width: 72rem) {
        :host(:not([plain])) .phone {
          --wide: 360px;
          --high: 640px;
          --scale: 0.6;
        }

        :host(:not([plain])) .desktop {
          --wide: 1120px;
          --high: 700px;
          --scale: 0.25;
        }
      }

      /* Above it only a strip is left: the page's lower part, and the switches beside. */
      @media (max-width: 71.99rem) {
        :host(:not([plain])) {
          --strip: 9rem;
          grid-template-columns: auto minmax(0, 1fr);
          gap: 0.75rem;
        }

        .pages {
          order: -1;
        }

        :host(:not([plain])) .pages {
          flex-wrap: nowrap;
        }

        .switches {
          flex-direction: column;
          flex-wrap: nowrap;
          gap: 0.375rem;
        }

        .switches select {
          padding-block: 0.25rem;
          padding-inline-start: 0.625rem;
        }

        figcaption {
          display: none;
        }

        :host(:not([plain])) .phone {
          --wide: 360px;
          --scale: 0.45;
          --high: calc(var(--strip) / var(--scale));
        }

        .desktop {
          --high: calc(var(--strip) / var(--scale));
        }
      }

      @media (max-width: 39.99rem) {
        .desktop {
          --wide: 720px;
          --scale: 0.225;
        }

        figure[data-behind] {
          display: none;
        }
      }

      @media (min-width: 40rem) and (max-width: 71.99rem) {
        .desktop {
          --wide: 1120px;
          --scale: 0.25;
        }

        .select:has(#screen) {
          display: none;
        }
      }

      /* As with a keyboard on the screen. */
      @media (max-width: 71.99rem) and (max-height: 30rem) {
        :host(:not([plain])) {
          --strip: 5rem;
        }

        .switches {
          flex-flow: row wrap;
        }

        .select {
          flex: 1;
        }

        .select:has(#screen),
        .desktop {
          display: none;
        }
      }

      @media (max-width: 39.99rem) and (max-height: 30rem) {
        .select:has(#scheme) {
          display: none;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.plain = false;
    this.state = 'idle';
    this.scheme = 'light';
    this.screen = 'phone';
    this.drawn = [];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    narrow.addEventListener('change', this.#resized);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    narrow.removeEventListener('change', this.#resized);
  }

  readonly #resized = () => this.requestUpdate();

  protected override render(): TemplateResult {
    if (this.plain) return html`<div class="pages">${this.#page('phone')}</div>`;
    return html`<div class="switches">${
      narrow.matches
        ? html`${this.#choice(texts.moment, 'state', states, texts.momentIs)}
            ${this.#choice(texts.page, 'scheme', schemes, texts.pageIs)}
            ${this.#choice(texts.screen, 'screen', ['phone', 'desktop'], screens)}`
        : html`${this.#switch(texts.moment, 'state', states, texts.momentIs)}
            ${this.#switch(texts.page, 'scheme', schemes, texts.pageIs)}`
    }</div>
    <div class="pages">${this.#page('phone')}${this.#page('desktop')}</div>`;
  }

  #switch<Key extends 'state' | 'scheme'>(
    label: string,
    key: Key,
    values: readonly this[Key][],
    words: Record<this[Key], string>,
  ): TemplateResult {
    return html`<fieldset class="choices">
      <legend>${label}</legend>
      <div class="options">${values.map(
        value => html`<label><input type="radio" name=${key} .checked=${this[key] === value}
          @change=${() => {
            this[key] = value;
          }} /><span>${words[value]}</span></label>`,
      )}</div>
    </fieldset>`;
  }

  #choice<Key extends 'state' | 'scheme' | 'screen'>(
    label: string,
    key: Key,
    values: readonly this[Key][],
    words: Record<this[Key], string>,
  ): TemplateResult {
    return bareChoice({
      ...{ label, id: key, value: this[key] },
      choices: values.map(value => ({ value, label: words[value] })),
      set: value => {
        this[key] = value as this[Key];
      },
    });
  }

  #page(kind: Screen): TemplateResult {
    const label = screens[kind];
    return html`<figure class=${kind} ?data-behind=${kind !== this.screen}>
      <figcaption id=${kind}>${label}</figcaption>
      <div class="glass" data-scheme=${this.scheme} ?data-drawn=${this.drawn.includes(kind)}>
        <iframe src="/preview" name=${kind} tabindex="-1" title=${label} @load=${this.#show}></iframe></div>
    </figure>`;
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.size !== 1 || !changed.has('drawn')) this.#show();
  }

  readonly #show = () => {
    for (const frame of this.renderRoot.querySelectorAll('iframe')) void this.#showIn(frame);
  };

  async #showIn({ name, contentWindow }: HTMLIFrameElement): Promise<void> {
    const page = contentWindow as PreviewWindow | null;
    if (!page?.show) return;
    const { state, scheme } = this;
    await page.show({ ...this.shown, ...{ state, scheme, lang: document.documentElement.lang } });
    const kind = name as Screen;
    if (!this.drawn.includes(kind)) this.drawn = [...this.drawn, kind];
  }
}

customElements.define('rep-appearance-preview', RepAppearancePreview);
