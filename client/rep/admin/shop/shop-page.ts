import { css, html, nothing, type TemplateResult } from 'lit';
import type { SiteSheet } from '../../../../shared/admin.ts';
import { icons } from '../../look/icons.ts';
import { base, buttons, card, fields, notes } from '../../look/styles.ts';
import { adminStyles } from '../admin-styles.ts';
import { textInput } from '../form/controls.ts';
import { type Problem, problemOf } from '../form/problem.ts';
import { AdminPage } from '../page.ts';
import { requests } from '../requests.ts';
import { adminTexts as texts } from '../texts.ts';
import './site-form.ts';
import type { RepSiteForm } from './site-form.ts';

/** The shops that are served, mostly one, and adding another. */
export class RepShopPage extends AdminPage<SiteSheet[]> {
  static override properties = {
    name: { state: true },
    problem: { state: true },
    busy: { state: true },
    said: { state: true },
  };
  /** Of the shop to be added. */
  declare name: string;
  declare problem: Problem | null;
  declare busy: boolean;
  declare said: string;

  static override styles = [
    base,
    card,
    buttons,
    fields,
    notes,
    adminStyles,
    css`
      rep-site-form,
      .add {
        margin-bottom: 2rem;
      }
    `,
  ];

  constructor() {
    super();
    this.name = '';
    this.problem = null;
    this.busy = false;
    this.said = '';
  }

  override get dirty(): boolean {
    return [...this.renderRoot.querySelectorAll<RepSiteForm>('rep-site-form')].some(form => form.dirty);
  }

  protected override load(): Promise<SiteSheet[]> {
    return requests.sites();
  }

  protected override content(sites: SiteSheet[]): TemplateResult {
    return html`<div class="head"><div><h1 tabindex="-1">${texts.shop}</h1><p>${texts.shopLead}</p></div></div>
      ${sites.map(site => html`<rep-site-form .site=${site}></rep-site-form>`)}
      <form class="card group add" novalidate @submit=${this.#add}>
        <div><h2>${texts.addShop}</h2><p>${texts.addShopLead}</p></div>
        ${textInput({
          path: 'name',
          label: texts.newShopName,
          problem: this.problem,
          maxLength: 80,
          value: this.name,
          set: name => {
            this.name = name;
          },
        })}
        ${
          this.problem && this.problem.field !== 'name'
            ? html`<div class="note bad" role="alert">${icons.warning}<p>${this.problem.message}</p></div>`
            : nothing
        }
        <div><button class="button" aria-disabled=${this.busy ? 'true' : 'false'}>
          ${this.busy ? html`<span class="spinner"></span>` : icons.plus}${texts.createShop}
        </button></div>
        <p class="hidden" role="status">${this.said}</p>
      </form>`;
  }

  async #add(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.busy || this.phase.state !== 'ready') return;
    this.busy = true;
    this.problem = null;
    try {
      const site = await requests.addSite(this.name);
      // Added to what is shown: what was changed at another shop meanwhile stays.
      this.phase = { state: 'ready', data: [...this.phase.data, site] };
      this.name = '';
      this.said = texts.shopAdded(site.name);
    } catch (error) {
      this.problem = problemOf(error);
    }
    this.busy = false;
    await this.updateComplete;
    if (this.problem) this.renderRoot.querySelector<HTMLElement>('.add input')?.focus();
  }
}

customElements.define('rep-shop-page', RepShopPage);
