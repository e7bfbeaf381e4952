import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { RepView } from '../../../shared/views.ts';
import { icons } from '../../ui/icons.ts';
import { base, notes } from '../../ui/styles.ts';
import { isolated, wordsOf } from '../../ui/words.ts';

const texts = wordsOf('directed');

/** Tells a rep what a supervisor decided for them, who it was, and why; until their state changes again. */
export class RepTold extends LitElement {
  static override properties = { view: { attribute: false } };
  declare view: RepView | null;

  static override styles = [
    base,
    notes,
    css`
      .note {
        max-width: 75rem;
        margin: 1rem auto 0;
        width: calc(100% - 2rem);
      }
    `,
  ];

  protected override render(): TemplateResult | typeof nothing {
    if (!this.view?.told) return nothing;
    const { by, why, what } = this.view.told;
    const words = { who: isolated(by), why: isolated(why) };
    return html`<div class="note warn" role="alert">${icons.people}<p>${what === 'status' ? texts.status(words) : texts.wrapUp(words)}</p></div>`;
  }
}

customElements.define('rep-told', RepTold);
