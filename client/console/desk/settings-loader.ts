import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import type { Rep } from '../../../shared/api/people.ts';
import type { RepStatus } from '../../../shared/domain.ts';
import type { Group } from '../../../shared/i18n/console/words.ts';
import type { ownPages as adminPages, RepAdmin } from '../../admin/admin.ts';
import { icons } from '../../ui/icons.ts';
import type { Route } from '../../ui/route.ts';
import { base, buttons, notes } from '../../ui/styles.ts';
import { loadWords } from '../../ui/words.ts';
import { texts } from '../texts.ts';

/** What of the admin area is fetched page by page; null until the area itself is there. */
let pages: typeof adminPages | null = null;
const fetched = new Set<Route['at']>();

/** The code uses the words, so that it comes after them. */
async function fetchBoth(groups: readonly Group[], fetchCode: () => Promise<unknown>): Promise<void> {
  await Promise.all(groups.map(loadWords));
  await fetchCode();
}

/** Pages that are no part of the admin area. */
const alone: Partial<Record<Route['at'], () => Promise<unknown>>> = {
  account: () => fetchBoth(['account', 'languages', 'sign-in'], () => import('../account/account-page.ts')),
  'set-up': () =>
    fetchBoth(
      ['settings', 'queue', 'reach', 'shop', 'team', 'refusals', 'appearance', 'first-run'],
      () => import('../../admin/first-run/first-run-page.ts'),
    ),
};

const isThere = (at: Route['at']) => fetched.has(at) || (!alone[at] && pages !== null && !pages[at]);

async function fetchPage(at: Route['at']): Promise<void> {
  const page = alone[at];
  if (page) await page();
  else {
    await loadWords('settings');
    pages ??= (await import('../../admin/admin.ts')).ownPages;
    await pages[at]?.();
  }
  fetched.add(at);
}

type Loading = 'loading' | 'failed' | 'loaded';

/** The admin area, which reps never download, the first run, and one's own account: each fetched the first time that somebody goes there. */
export class RepSettings extends LitElement {
  static override properties = {
    rep: { attribute: false },
    route: { attribute: false },
    status: { attribute: false },
    loading: { state: true },
  };
  declare rep: Rep;
  declare route: Exclude<Route, { at: 'phone' }>;
  /** Of the phone; null until it is known. */
  declare status: RepStatus | null;
  declare loading: Loading;

  static override styles = [
    base,
    buttons,
    notes,
    css`
      .closed {
        display: grid;
        gap: 1rem;
        justify-items: center;
        max-width: 64rem;
        margin: 0 auto;
        padding: 1.5rem;
        color: var(--ink-3);
      }
    `,
  ];

  constructor() {
    super();
    this.loading = 'loading';
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('route')) void this.#load();
  }

  /** Begins the page anew, unless something unsaved would be lost. */
  async renew(): Promise<void> {
    if (this.unsaved || this.loading !== 'loaded') return;
    this.loading = 'loading';
    await this.updateComplete;
    this.loading = 'loaded';
  }

  get unsaved(): boolean {
    return this.#page?.unsaved ?? false;
  }

  /** True when nothing unsaved is lost by leaving, or the person says that it may be. */
  async leave(): Promise<boolean> {
    return (await this.#page?.leave()) ?? true;
  }

  /** The focus goes to what the page is about. */
  async focusHeading(): Promise<void> {
    await this.#page?.focusHeading();
  }

  get #page(): Pick<RepAdmin, 'unsaved' | 'leave' | 'focusHeading'> | null {
    return this.renderRoot.querySelector<RepAdmin>('.page');
  }

  protected override render(): TemplateResult {
    switch (this.loading) {
      case 'loaded':
        return this.#loaded(this.route);
      case 'failed':
        return html`<main class="closed"><slot></slot><h1 class="hidden">${texts.settings}</h1>
          <div class="note bad" role="alert">${icons.warning}<p>${texts.settingsFailed}</p>
            <button class="button small" @click=${() => location.reload()}>${texts.tryAgain}</button></div></main>`;
      case 'loading':
        return html`<main class="closed"><slot></slot><h1 class="hidden">${texts.settings}</h1><p role="status">${texts.loading}</p></main>`;
    }
    return this.loading satisfies never;
  }

  #loaded(route: Exclude<Route, { at: 'phone' }>): TemplateResult {
    switch (route.at) {
      case 'account':
        return html`<rep-account-page class="page" .rep=${this.rep}><slot></slot></rep-account-page>`;
      case 'set-up':
        return html`<rep-first-run class="page" .rep=${this.rep} .status=${this.status}><slot></slot></rep-first-run>`;
      default:
        return html`<rep-admin class="page" .rep=${this.rep} .route=${route}><slot></slot></rep-admin>`;
    }
  }

  async #load(): Promise<void> {
    const { at } = this.route;
    this.loading = isThere(at) ? 'loaded' : 'loading';
    if (this.loading === 'loaded') return;
    try {
      await fetchPage(at);
      if (at === this.route.at) this.loading = 'loaded';
    } catch {
      // Offline, or a new version has taken the place of this one's files. A browser does not fetch a failed one again.
      if (at === this.route.at) this.loading = 'failed';
    }
  }
}

customElements.define('rep-settings', RepSettings);
