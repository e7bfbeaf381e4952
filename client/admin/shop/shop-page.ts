import { css, html, nothing, type TemplateResult } from 'lit';
import type { Rep } from '../../../shared/api/people.ts';
import type { SiteSheet } from '../../../shared/api/sites.ts';
import type { AccountId } from '../../../shared/ids.ts';
import { ask } from '../../ui/api.ts';
import { icons } from '../../ui/icons.ts';
import { hashOf } from '../../ui/route.ts';
import { base, buttons, card, fields, notes } from '../../ui/styles.ts';
import { commonTexts } from '../../ui/texts.ts';
import { loadWords } from '../../ui/words.ts';
import { accountsRunBy } from '../accounts.ts';
import { adminStyles } from '../admin-styles.ts';
import { choiceInput, textInput } from '../form/controls.ts';
import { changed, same } from '../form/draft.ts';
import { FormPage } from '../form/form-page.ts';
import { type Problem, problemOf, within } from '../form/problem.ts';
import type { ShownWords } from '../form/shown-words.ts';
import { linesOf } from '../snippet.ts';
import { adminTexts as texts } from '../texts.ts';
import { draftOf, type SiteDraft } from './site-draft.ts';
import { siteForm } from './site-form.ts';

/** By the id of the shop. */
type Shops = Record<string, SiteDraft>;

/** The shops that are served, mostly one, and adding another. */
export class RepShopPage extends FormPage<Shops> {
  static override properties = {
    rep: { attribute: false },
    accountId: { state: true },
    name: { state: true },
    notAdded: { state: true },
    busy: { state: true },
    said: { state: true },
  };
  /** Who looks at it. */
  declare rep: Rep;
  /** Of the shop to be added, where there is a choice. */
  declare accountId: AccountId | undefined;
  /** Of the shop to be added. */
  declare name: string;
  declare notAdded: Problem | null;
  declare busy: boolean;
  declare said: string;
  #sites: SiteSheet[] = [];
  /** What chooses languages and words; not of the settings' first page, so fetched with the shops. */
  #languages: typeof import('./language-form.ts') | undefined;
  readonly #shown = new Map<string, ShownWords>();

  static override styles = [
    base,
    card,
    buttons,
    fields,
    notes,
    adminStyles,
    css`
      .more {
        display: flex;
        flex-wrap: wrap;
        gap: 0.25rem 1.5rem;
      }

      .shop + .shop,
      .add {
        margin-top: 2rem;
      }

      .shop > h2 {
        margin-bottom: 0.75rem;
        overflow-wrap: anywhere;
      }
    `,
  ];

  constructor() {
    super();
    this.name = '';
    this.notAdded = null;
    this.busy = false;
    this.said = '';
  }

  protected override async load(): Promise<Shops> {
    const [{ sites }, form] = await Promise.all([ask('GET /api/sites'), loadLanguageForm(), loadShopCode()]);
    this.#languages = form;
    // Those of one account beside each other.
    this.#sites = accountsRunBy(this.rep).flatMap(({ id }) => sites.filter(site => site.accountId === id));
    return Object.fromEntries(this.#sites.map(site => [site.id, draftOf(site)]));
  }

  protected override async *store(draft: Shops, before: Shops): AsyncGenerator<Shops, void> {
    let shops = before;
    for (const { id } of this.#sites) {
      const [wanted, was] = [draft[id], before[id]];
      if (!wanted || !was || same(wanted, was)) continue;
      const { origins, ...change } = changed(was, wanted);
      const { site } = await ask('PATCH /api/sites/:siteId', {
        params: { siteId: id },
        body: { ...change, ...(origins === undefined ? {} : { allowedOrigins: linesOf(origins) }) },
      }).catch(within(id));
      this.#sites = this.#sites.map(one => (one.id === id ? site : one));
      shops = { ...shops, [id]: draftOf(site) };
      yield shops;
    }
  }

  protected override content(shops: Shops): TemplateResult {
    return html`<div class="head"><div><h1 tabindex="-1">${texts.shop}</h1><p>${texts.shopLead}</p></div></div>
      ${super.content(shops)}
      <p class="more">
        <a class="link" href=${hashOf({ at: 'appearance' })}>${texts.appearance}</a>
        <a class="link" href=${hashOf({ at: 'privacy' })}>${texts.privacy}</a>
        <a class="link" href=${hashOf({ at: 'set-up' })}>${texts.setUp}</a>
      </p>
      ${this.#adding()}`;
  }

  protected override form(draft: Shops): TemplateResult {
    const { problem } = this;
    const several = this.#sites.length > 1;
    return html`${this.#sites.map(site => {
      const one = draft[site.id] ?? draftOf(site);
      const set = (change: Partial<SiteDraft>) => this.change({ [site.id]: { ...one, ...change } });
      return siteForm({
        site,
        draft: one,
        problem,
        several,
        account: this.#accountOf(site),
        languages: this.#languageForm(site.id, one, set),
        set,
      });
    })}`;
  }

  #languageForm(id: string, draft: SiteDraft, set: (change: Partial<SiteDraft>) => void) {
    const form = this.#languages;
    if (!form) return nothing;
    const shown = this.#shown.get(id) ?? new form.ShownWords(this);
    this.#shown.set(id, shown);
    return form.languageForm({ id, draft, problem: this.problem, shown, set });
  }

  /** Nothing where there is only one. */
  #accountOf({ accountId }: SiteSheet): string {
    const accounts = accountsRunBy(this.rep);
    return accounts.length > 1 ? (accounts.find(({ id }) => id === accountId)?.name ?? '') : '';
  }

  #adding(): TemplateResult {
    const { notAdded: problem } = this;
    const accounts = accountsRunBy(this.rep);
    return html`<form class="card group add" novalidate @submit=${this.#add}>
      <div><h2>${texts.addShop}</h2><p>${texts.addShopLead}</p></div>
      ${textInput({
        path: 'name',
        label: texts.newShopName,
        problem,
        maxLength: 80,
        value: this.name,
        set: name => {
          this.name = name;
        },
      })}
      ${
        accounts.length > 1
          ? choiceInput({
              ...{ path: 'accountId', label: texts.account, problem, value: this.accountId ?? '' },
              choices: accounts.map(({ id, name }) => ({ value: id, label: name })),
              set: value => {
                this.accountId = value as AccountId;
              },
            })
          : nothing
      }
      ${
        problem && problem.field !== 'name'
          ? html`<div class="note bad" role="alert">${icons.warning}<p>${problem.message}</p></div>`
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
    this.notAdded = null;
    try {
      const { site } = await ask('POST /api/sites', {
        body: {
          name: this.name,
          queue: commonTexts.firstQueue,
          ...(this.accountId ? { accountId: this.accountId } : {}),
        },
      });
      // Added to what is shown: what was changed at another shop meanwhile stays.
      const added = { [site.id]: draftOf(site) };
      this.#sites = [...this.#sites, site];
      this.phase = { state: 'ready', data: { ...this.phase.data, ...added } };
      if (this.draft) this.draft = { ...this.draft, ...added };
      this.name = '';
      this.said = texts.shopAdded({ name: site.name });
    } catch (error) {
      this.notAdded = problemOf(error);
    }
    this.busy = false;
    await this.updateComplete;
    if (this.notAdded) this.renderRoot.querySelector<HTMLElement>('.add input')?.focus();
  }
}

const loadLanguageForm = () => loadWords('languages').then(() => import('./language-form.ts'));
/** What to do in a shop of each kind is much to read, and only read here. */
const loadShopCode = () =>
  Promise.all([loadWords('shop'), loadWords('reach')]).then(() => import('./shop-code.ts'));

customElements.define('rep-shop-page', RepShopPage);
