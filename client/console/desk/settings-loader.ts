import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import type { Rep } from '../../../shared/api/people.ts';
import type { RepAdmin } from '../../admin/admin.ts';
import { icons } from '../../ui/icons.ts';
import type { Route } from '../../ui/route.ts';
import { base, buttons, notes } from '../../ui/styles.ts';
import { texts } from '../texts.ts';

type Fetch = () => Promise<unknown>;
const admin: Fetch = () => import('../../admin/admin.ts');
/** Pages that are as large as all others together, and fetched by who opens them. */
const large: Partial<Record<Route['at'], Fetch>> = {
  queue: () => import('../../admin/queue/queue-page.ts'),
};
const fetched = new Set<Fetch>();

type Loading = 'loading' | 'failed' | 'loaded';

/** The admin area and its large pages, fetched the first time that an admin goes there: reps never download it. */
export class RepSettings extends LitElement {
  static override properties = {
    rep: { attribute: false },
    route: { attribute: false },
    loading: { state: true },
  };
  declare rep: Rep;
  declare route: Exclude<Route, { at: 'phone' }>;
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

  get unsaved(): boolean {
    return this.#admin?.unsaved ?? false;
  }

  /** True when nothing unsaved is lost by leaving, or the person says that it may be. */
  async leave(): Promise<boolean> {
    return (await this.#admin?.leave()) ?? true;
  }

  /** The focus goes to what the page is about. */
  async focusHeading(): Promise<void> {
    await this.#admin?.focusHeading();
  }

  get #admin(): RepAdmin | null {
    return this.renderRoot.querySelector<RepAdmin>('rep-admin');
  }

  protected override render(): TemplateResult {
    switch (this.loading) {
      case 'loaded':
        return html`<rep-admin .rep=${this.rep} .route=${this.route}><slot></slot></rep-admin>`;
      case 'failed':
        return html`<main class="closed"><slot></slot><h1 class="hidden">${texts.settings}</h1>
          <div class="note bad" role="alert">${icons.warning}<p>${texts.settingsFailed}</p>
            <button class="button small" @click=${() => location.reload()}>${texts.tryAgain}</button></div></main>`;
      case 'loading':
        return html`<main class="closed"><slot></slot><h1 class="hidden">${texts.settings}</h1><p role="status">${texts.loading}</p></main>`;
    }
    return this.loading satisfies never;
  }

  async #load(): Promise<void> {
    const { at } = this.route;
    const missing = [admin, large[at]].filter(fetch => fetch !== undefined && !fetched.has(fetch)) as Fetch[];
    this.loading = missing.length === 0 ? 'loaded' : 'loading';
    if (missing.length === 0) return;
    try {
      await Promise.all(missing.map(fetch => fetch().then(() => fetched.add(fetch))));
      if (at === this.route.at) this.loading = 'loaded';
    } catch {
      // Offline, or a new version has taken the place of this one's files. A browser does not fetch a failed one again.
      if (at === this.route.at) this.loading = 'failed';
    }
  }
}

customElements.define('rep-settings', RepSettings);
