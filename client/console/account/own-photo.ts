import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Rep } from '../../../shared/api/people.ts';
import { imagePath } from '../../../shared/wire.ts';
import { apiErrorText, ask } from '../../ui/api.ts';
import { icons } from '../../ui/icons.ts';
import { pictureTypes, sendPicture, smallPicture } from '../../ui/picture.ts';
import { base, buttons, card, fields, notes } from '../../ui/styles.ts';
import { accountStyles } from './account-styles.ts';
import { accountTexts as texts } from './texts.ts';

/** One's own photo, for shoppers. Fires `rep-changed` with the rep. */
export class RepOwnPhoto extends LitElement {
  static override properties = {
    rep: { attribute: false },
    problem: { state: true },
    said: { state: true },
    busy: { state: true },
  };
  declare rep: Rep;
  declare protected problem: string;
  declare protected said: string;
  declare protected busy: boolean;

  static override styles = [
    base,
    card,
    buttons,
    fields,
    notes,
    accountStyles,
    css`
      .photo {
        display: flex;
        flex-wrap: wrap;
        gap: 0.75rem 1rem;
        align-items: center;
      }

      img {
        width: 4rem;
        height: 4rem;
        border-radius: 50%;
        object-fit: cover;
      }
    `,
  ];

  constructor() {
    super();
    this.problem = '';
    this.said = '';
    this.busy = false;
  }

  protected override render(): TemplateResult {
    const { photo } = this.rep;
    return html`<section class="card group" aria-labelledby="title">
      <div><h2 id="title">${texts.photo}</h2><p>${texts.photoLead}</p></div>
      <div class="photo">
        ${photo ? html`<img src=${imagePath(photo)} alt=${texts.photoShown} />` : nothing}
        <div class="field">
          <label for="photo">${texts.choosePhoto}</label>
          <input id="photo" type="file" accept=${pictureTypes} ?disabled=${this.busy} @change=${this.#chosen}
            aria-invalid=${this.problem ? 'true' : 'false'} aria-describedby="photo-problem" />
          <div id="photo-problem" role="alert">${
            this.problem ? html`<p class="problem">${icons.warning}<span>${this.problem}</span></p>` : nothing
          }</div>
        </div>
        ${
          photo
            ? html`<button type="button" class="button small" aria-disabled=${this.busy ? 'true' : 'false'} @click=${this.#remove}>${texts.removePhoto}</button>`
            : nothing
        }
      </div>
      <p role="status" class="done">${this.said ? html`${icons.check}${this.said}` : nothing}</p>
    </section>`;
  }

  readonly #chosen = ({ target }: Event) => {
    const input = target as HTMLInputElement;
    const file = input.files?.[0];
    // The same one may be chosen again.
    input.value = '';
    if (!file) return;
    void this.#try(texts.photoSaved, async () =>
      sendPicture<{ rep: Rep }>('/api/rep/photo', await smallPicture(file, { square: true })),
    );
  };

  readonly #remove = () => this.#try(texts.photoRemoved, () => ask('DELETE /api/rep/photo'));

  async #try(said: string, act: () => Promise<{ rep: Rep }>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.said = '';
    this.problem = '';
    try {
      const { rep } = await act();
      this.said = said;
      this.dispatchEvent(new CustomEvent('rep-changed', { detail: rep, bubbles: true, composed: true }));
    } catch (error) {
      this.problem = apiErrorText(error);
    }
    this.busy = false;
  }
}

customElements.define('rep-own-photo', RepOwnPhoto);
