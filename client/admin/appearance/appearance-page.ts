import { html, nothing, type TemplateResult } from 'lit';
import type { Rep } from '../../../shared/api/people.ts';
import type { SiteSheet } from '../../../shared/api/sites.ts';
import type { Appearance } from '../../../shared/appearance.ts';
import { ApiError, ask } from '../../ui/api.ts';
import { icons } from '../../ui/icons.ts';
import { sendPicture, smallPicture } from '../../ui/picture.ts';
import { hashOf } from '../../ui/route.ts';
import { base, buttons, card, fields, notes } from '../../ui/styles.ts';
import { adminStyles } from '../admin-styles.ts';
import { choiceInput } from '../form/controls.ts';
import { changed, same } from '../form/draft.ts';
import { FormPage } from '../form/form-page.ts';
import { problemOf, within } from '../form/problem.ts';
import { KeyboardRoom } from '../look/keyboard-room.ts';
import { adminTexts } from '../texts.ts';
import { colourStyles } from './colour.ts';
import { appearanceForm } from './form.ts';
import './preview.ts';
import { appearanceStyles } from './styles.ts';
import { appearanceTexts as texts } from './texts.ts';

/** By the id of the shop. */
type Looks = Record<string, Appearance>;

/** How the button of each shop looks, with the button itself beside what one chooses. */
export class RepAppearancePage extends FormPage<Looks> {
  static override properties = {
    rep: { attribute: false },
    siteId: { state: true },
    uploading: { state: true },
  };
  /** Who looks at it. */
  declare rep: Rep;
  declare protected siteId: string;
  declare protected uploading: boolean;
  #sites: SiteSheet[] = [];

  static override styles = [base, card, buttons, fields, notes, adminStyles, colourStyles, appearanceStyles];

  constructor() {
    super();
    this.siteId = '';
    this.uploading = false;
    new KeyboardRoom(this);
  }

  protected override async load(): Promise<Looks> {
    const { sites } = await ask('GET /api/sites');
    this.#sites = sites;
    if (!sites.some(({ id }) => id === this.siteId)) this.siteId = sites[0]?.id ?? '';
    return Object.fromEntries(sites.map(({ id, appearance }) => [id, appearance]));
  }

  protected override async *store(draft: Looks, before: Looks): AsyncGenerator<Looks, void> {
    let looks = before;
    for (const { id } of this.#sites) {
      const [wanted, was] = [draft[id], before[id]];
      if (!wanted || !was || same(wanted, was)) continue;
      const change = changed(was, wanted);
      const keys = Object.keys(change) as (keyof Appearance)[];
      const seen = Object.fromEntries(keys.map(key => [key, was[key]]));
      try {
        const { site } = await ask('PATCH /api/sites/:siteId', {
          params: { siteId: id },
          body: { appearance: change, before: { appearance: seen } },
        });
        looks = { ...looks, [id]: site.appearance };
        yield looks;
      } catch (error) {
        // What they changed is shown around this owner's own changes, which are saved over theirs the next time.
        if (error instanceof ApiError && error.code === 'changed-meanwhile') {
          const theirs = await this.load();
          this.phase = { state: 'ready', data: theirs };
          this.draft = { ...draft, [id]: { ...theirs[id]!, ...change } };
        }
        this.siteId = id;
        within(id)(error);
      }
    }
  }

  protected override form(draft: Looks): TemplateResult {
    const site = this.#sites.find(({ id }) => id === this.siteId);
    const look = draft[this.siteId];
    if (!site || !look) return html`${nothing}`;
    const { name, photo } = this.rep;
    return html`<a class="back" href=${hashOf({ at: 'shop' })}>${icons.chevron}${adminTexts.back({ to: adminTexts.shop })}</a>
      <div class="head"><div><h1 tabindex="-1">${texts.title}</h1><p>${texts.lead}</p></div></div>
      ${
        this.#sites.length > 1
          ? html`<div class="card group">${choiceInput({
              ...{ path: 'siteId', label: texts.shop, problem: null, value: this.siteId },
              choices: this.#sites.map(({ id, name }) => ({ value: id, label: name })),
              set: value => {
                this.siteId = value;
              },
            })}</div>`
          : nothing
      }
      <div class="sides">
      <section class="card preview" aria-labelledby="preview">
        <div><h2 id="preview">${texts.preview}</h2><p>${texts.previewLead}</p></div>
        <rep-appearance-preview .shown=${{ appearance: look, shop: site.name, rep: { name, photo } }}></rep-appearance-preview>
      </section>
      <div>${appearanceForm({
        ...{ site: site.id, draft: look, problem: this.problem, busy: this.uploading },
        set: change => this.#set(site.id, change),
        chosen: file => void this.#upload(site.id, file),
      })}</div></div>`;
  }

  #set(id: string, change: Partial<Appearance>): void {
    const looks = this.draft ?? (this.phase.state === 'ready' ? this.phase.data : {});
    if (looks[id]) this.change({ [id]: { ...looks[id], ...change } });
  }

  async #upload(id: string, file: File): Promise<void> {
    this.uploading = true;
    this.problem = null;
    try {
      const address = `/api/images?${new URLSearchParams({ siteId: id })}`;
      const { name } = await sendPicture<{ name: string }>(address, await smallPicture(file));
      this.#set(id, { logo: name });
    } catch (error) {
      this.problem = { ...problemOf(error), field: `${id}.appearance.logo` };
    }
    this.uploading = false;
  }
}

customElements.define('rep-appearance-page', RepAppearancePage);
