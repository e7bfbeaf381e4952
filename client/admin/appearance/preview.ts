import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import type { Previewed, PreviewWindow } from '../../preview/main.ts';
import { base, choices } from '../../ui/styles.ts';
import { appearanceTexts as texts } from './texts.ts';

const states = ['idle', 'waiting', 'talking'] as const;
const schemes = ['light', 'dark'] as const;

/** The real button on two pages, one as wide as a phone and one as wide as a computer. */
export class RepAppearancePreview extends LitElement {
  static override properties = {
    shown: { attribute: false },
    state: { state: true },
    scheme: { state: true },
  };
  /** What does not depend on what is chosen here. */
  declare shown: Pick<Previewed, 'appearance' | 'shop' | 'rep'>;
  declare state: Previewed['state'];
  declare scheme: Previewed['scheme'];

  static override styles = [
    base,
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
      }

      /* Both as they are, and shown smaller. */
      .phone {
        --wide: 360px;
        --high: 640px;
        --scale: 0.75;
      }

      .desktop {
        --wide: 1120px;
        --high: 700px;
        --scale: 0.5;
      }

      /* Beside what one chooses there is room for small ones. */
      @media (min-width: 72rem) {
        .phone {
          --scale: 0.6;
        }

        .desktop {
          --scale: 0.25;
        }
      }

      @media (max-width: 40rem) {
        .desktop {
          --scale: 0.25;
        }
      }

      iframe {
        display: block;
        width: var(--wide);
        height: var(--high);
        border: 0;
        transform: scale(var(--scale));
        transform-origin: 0 0;
      }

      :host(:dir(rtl)) iframe {
        transform-origin: 100% 0;
      }
    `,
  ];

  constructor() {
    super();
    this.state = 'idle';
    this.scheme = 'light';
  }

  protected override render(): TemplateResult {
    return html`<div class="switches">
        ${this.#switch(texts.moment, 'state', states, texts.momentIs)}
        ${this.#switch(texts.page, 'scheme', schemes, texts.pageIs)}
      </div>
      <div class="pages">${this.#page('phone', texts.onPhone)}${this.#page('desktop', texts.onDesktop)}</div>`;
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

  #page(kind: 'phone' | 'desktop', label: string): TemplateResult {
    return html`<figure class=${kind}>
      <figcaption id=${kind}>${label}</figcaption>
      <div class="glass"><iframe src="/preview" tabindex="-1" aria-labelledby=${kind} title=${label} @load=${this.#show}></iframe></div>
    </figure>`;
  }

  protected override updated(_changed: PropertyValues): void {
    this.#show();
  }

  readonly #show = () => {
    const { state, scheme } = this;
    for (const { contentWindow } of this.renderRoot.querySelectorAll('iframe'))
      void (contentWindow as PreviewWindow | null)?.show?.({
        ...this.shown,
        ...{ state, scheme, lang: document.documentElement.lang },
      });
  };
}

customElements.define('rep-appearance-preview', RepAppearancePreview);
