import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { SiteId } from '../../../shared/ids.ts';
import { icons } from '../../ui/icons.ts';
import { base, buttons, choices, fields } from '../../ui/styles.ts';
import { checkInput } from '../form/controls.ts';
import type { TeamSite } from './people.ts';
import { teamTexts as texts } from './texts.ts';

/** Which shops the role of somebody is about: all, or some of them. Fires `shops` with the ids, null for all. */
export class RepMemberShops extends LitElement {
  static override properties = {
    name: { attribute: false },
    sites: { attribute: false },
    chosen: { attribute: false },
    busy: { attribute: false },
    wish: { state: true },
    wrong: { state: true },
  };
  /** Of the person. */
  declare name: string;
  /** All of the account. */
  declare sites: readonly TeamSite[];
  /** As it is now; null for all. */
  declare chosen: readonly SiteId[] | null;
  declare busy: boolean;
  /** What was picked and not set yet; undefined for nothing. */
  declare wish: readonly SiteId[] | null | undefined;
  declare wrong: boolean;

  static override styles = [
    base,
    buttons,
    choices,
    fields,
    css`
      form {
        display: grid;
        gap: 0.75rem;
        justify-items: start;
      }

      .which {
        display: grid;
        gap: 0.625rem;
        padding-inline-start: 1.875rem;
      }

      .which[hidden] {
        display: none;
      }

      .check label {
        overflow-wrap: anywhere;
        font-size: 0.875rem;
      }
    `,
  ];

  constructor() {
    super();
    this.busy = false;
    this.wish = undefined;
    this.wrong = false;
  }

  protected override willUpdate(): void {
    // What was wanted is so now.
    if (this.wish !== undefined && same(this.wish, this.chosen)) this.wish = undefined;
  }

  protected override render(): TemplateResult {
    const shown = this.wish === undefined ? this.chosen : this.wish;
    const some = shown !== null;
    return html`<form novalidate @submit=${this.#submit}>
      <fieldset aria-describedby="problem">
        <legend>${texts.shopsOf({ name: this.name })}</legend>
        <div class="check">
          <input type="radio" name="which" id="all" .checked=${!some} @change=${() => this.#pick(null)} />
          <label for="all">${texts.allShops}</label>
        </div>
        <div class="check">
          <input type="radio" name="which" id="some" .checked=${some} aria-describedby="some-hint"
            @change=${() => this.#pick(this.chosen ?? [])} />
          <label for="some">${texts.someShops}</label>
          <p class="hint" id="some-hint">${texts.someShopsHint}</p>
        </div>
        <div class="which" ?hidden=${!some}>
          ${this.sites.map(site =>
            checkInput({
              id: `shop-${site.id}`,
              label: site.name,
              value: shown?.includes(site.id) ?? false,
              set: on => {
                const others = (shown ?? []).filter(id => id !== site.id);
                this.#pick(on ? [...others, site.id] : others);
              },
            }),
          )}
        </div>
        <div id="problem">${
          this.wrong
            ? html`<p class="problem" role="alert">${icons.warning}<span>${texts.noShop}</span></p>`
            : nothing
        }</div>
      </fieldset>
      ${
        this.wish === undefined
          ? nothing
          : html`<button class="button small" aria-disabled=${this.busy ? 'true' : 'false'}>${texts.setShops}</button>`
      }
    </form>`;
  }

  #pick(wish: readonly SiteId[] | null): void {
    this.wish = wish;
    this.wrong = false;
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    if (this.wish === undefined || this.busy) return;
    this.wrong = this.wish?.length === 0;
    if (this.wrong) this.renderRoot.querySelector<HTMLElement>('.which input')?.focus();
    else this.dispatchEvent(new CustomEvent('shops', { detail: this.wish }));
  }
}

const same = (one: readonly SiteId[] | null, other: readonly SiteId[] | null) =>
  one === null || other === null
    ? one === other
    : one.length === other.length && one.every(id => other.includes(id));

customElements.define('rep-member-shops', RepMemberShops);
