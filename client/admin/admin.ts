import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { Rep } from '../../shared/api/people.ts';
import type { Group } from '../../shared/i18n/console/words.ts';
import { blockTexts } from '../ui/block/texts.ts';
import { icons } from '../ui/icons.ts';
import { hashOf, type Route } from '../ui/route.ts';
import { base } from '../ui/styles.ts';
import { loadWords } from '../ui/words.ts';
import './calls/blocks-page.ts';
import './calls/call-page.ts';
import './calls/calls-page.ts';
import './confirm.ts';
import type { Question, RepConfirm } from './confirm.ts';
import { PinnedTop, pinnedTopStyles } from './look/pinned-top.ts';
import type { AdminPage } from './page.ts';
import './queues-page.ts';
import './shop/shop-page.ts';
import { adminTexts as texts } from './texts.ts';

type Section = 'board' | 'queues' | 'team' | 'calls' | 'shop' | 'reach';
const sections: { is: Section; icon: TemplateResult }[] = [
  { is: 'board', icon: icons.headset },
  { is: 'queues', icon: icons.line },
  { is: 'team', icon: icons.people },
  { is: 'calls', icon: icons.phone },
  { is: 'shop', icon: icons.shop },
  { is: 'reach', icon: icons.globe },
];
type Place = Exclude<Route, { at: 'phone' | 'account' | 'set-up' }>;
const sectionOf: Record<Place['at'], Section> = {
  board: 'board',
  queues: 'queues',
  queue: 'queues',
  team: 'team',
  changes: 'team',
  privacy: 'shop',
  appearance: 'shop',
  calls: 'calls',
  call: 'calls',
  blocks: 'calls',
  reports: 'calls',
  shop: 'shop',
  reach: 'reach',
};

const withWords = (groups: Group[], fetchCode: () => Promise<unknown>) =>
  Promise.all(groups.map(loadWords)).then(fetchCode);

/** Pages whose code is fetched by who opens them. */
export const ownPages: Partial<Record<Route['at'], () => Promise<unknown>>> = {
  board: () => import('./board/board-page.ts'),
  queue: () => withWords(['queue', 'languages', 'reach'], () => import('./queue/queue-page.ts')),
  team: () => withWords(['languages', 'reach', 'team'], () => import('./team/team-page.ts')),
  changes: () =>
    withWords(['queue', 'languages', 'team', 'changes'], () => import('./changes/changes-page.ts')),
  privacy: () => withWords(['privacy'], () => import('./privacy/privacy-page.ts')),
  // Its words are one group with those of the other page that looks back: each group more is in every first load of the console.
  reports: () => withWords(['changes'], () => import('./reports/reports-page.ts')),
  reach: () => withWords(['reach'], () => import('./reach/reach-page.ts')),
  appearance: () => withWords(['appearance'], () => import('./appearance/appearance-page.ts')),
};

/**
 * The admin area: its sections and the page of the route. Whoever shows it asks `leave()` before it is taken away.
 * What is put into it stands above the page, such as a call that rings.
 */
export class RepAdmin extends LitElement {
  static override properties = { rep: { attribute: false }, route: { attribute: false } };
  declare rep: Rep;
  declare route: Place;

  static override styles = [
    base,
    pinnedTopStyles,
    css`
      .frame {
        display: grid;
        grid-template-columns: 12rem minmax(0, 1fr);
        gap: 0 2rem;
        align-items: start;
        max-width: 78rem;
        margin-inline: auto;
        padding: 1.5rem;
      }

      /* Below what may be above, such as a call. */
      nav {
        position: sticky;
        top: calc(var(--above, 0px) + 1.5rem);
      }

      nav ul {
        display: grid;
        gap: 0.25rem;
      }

      nav a {
        display: flex;
        gap: 0.75rem;
        align-items: center;
        min-height: 2.75rem;
        padding: 0.5rem 0.875rem;
        border-radius: var(--radius-m);
        color: var(--ink-2);
        font-weight: 600;
        text-decoration: none;
      }

      nav a:hover {
        background: var(--rest-soft);
        color: var(--ink);
      }

      nav a[aria-current] {
        background: var(--accent-soft);
        color: var(--accent);
      }

      main {
        min-width: 0;
      }

      @media (max-width: 56rem) {
        .frame {
          grid-template-columns: minmax(0, 1fr);
          max-width: 44rem;
          margin-inline: auto;
          padding: 0.75rem 1rem 1rem;
        }

        nav {
          position: static;
          margin-bottom: 1rem;
        }

        nav ul {
          display: flex;
          flex-wrap: wrap;
        }

        /* In a second row where words are long. */
        nav li {
          flex: 1 1 3.25rem;
        }

        nav a {
          flex-direction: column;
          gap: 0.125rem;
          justify-content: center;
          padding: 0.5rem 0.25rem;
          font-size: var(--small);
          text-align: center;
        }
      }

      @media (max-width: 24rem) {
        nav a {
          padding-inline: 0;
          font-size: 0.75rem;
        }
      }

      @media (forced-colors: active) {
        nav a[aria-current] {
          border: 2px solid Highlight;
        }
      }
    `,
  ];

  constructor() {
    super();
    // However much stands above, it covers no entry of the menu.
    new PinnedTop(this);
    this.addEventListener('confirm', this.#asked);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('beforeunload', this.#unloading);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('beforeunload', this.#unloading);
  }

  get unsaved(): boolean {
    return this.#page?.unsaved ?? false;
  }

  /** True when nothing unsaved is lost by leaving this page, or the person says that it may be. */
  leave(): Promise<boolean> {
    return this.unsaved ? this.#ask(texts.leave) : Promise.resolve(true);
  }

  async focusHeading(): Promise<void> {
    await this.#page?.focusHeading();
  }

  protected override render(): TemplateResult {
    const here = sectionOf[this.route.at];
    return html`<div class="frame">
      <div class="above"><slot></slot></div>
      ${this.#menu(here)}
      <main>${this.#content()}</main>
    </div>
    <rep-confirm></rep-confirm>`;
  }

  #menu(here: Section): TemplateResult {
    const entry = (
      at: Section | 'blocks' | 'reports',
      current: boolean,
      icon: TemplateResult,
      words: string,
    ) =>
      html`<li><a href=${hashOf({ at })} aria-current=${current ? 'page' : nothing}>${icon}<span>${words}</span></a></li>`;
    const { at } = this.route;
    // Supervisors may open three pages, and admins all.
    const entries = this.rep.may.includes('queues.manage')
      ? sections.map(({ is, icon }) => entry(is, is === here, icon, texts[is]))
      : [
          entry('board', at === 'board', icons.headset, texts.board),
          entry('blocks', at === 'blocks', icons.phone, blockTexts.blockedCallers),
          entry('reports', at === 'reports', icons.line, texts.reports),
        ];
    return html`<nav aria-label=${texts.sections}><ul>${entries}</ul></nav>`;
  }

  #content(): TemplateResult {
    const { route } = this;
    switch (route.at) {
      case 'board':
        return html`<rep-board-page class="page"></rep-board-page>`;
      case 'queues':
        return html`<rep-queues-page class="page"></rep-queues-page>`;
      case 'queue':
        return html`${keyed(route.id, html`<rep-queue-page class="page" .queueId=${route.id}></rep-queue-page>`)}`;
      case 'team':
        return html`<rep-team-page class="page" .rep=${this.rep}></rep-team-page>`;
      case 'changes':
        return html`<rep-changes-page class="page" .rep=${this.rep}></rep-changes-page>`;
      case 'privacy':
        return html`<rep-privacy-page class="page"></rep-privacy-page>`;
      case 'appearance':
        return html`<rep-appearance-page class="page" .rep=${this.rep}></rep-appearance-page>`;
      case 'calls':
        return html`<rep-calls-page class="page"></rep-calls-page>`;
      case 'call':
        return html`${keyed(route.id, html`<rep-call-page class="page" .rep=${this.rep} .callId=${route.id}></rep-call-page>`)}`;
      case 'blocks':
        return html`<rep-blocks-page class="page" .rep=${this.rep}></rep-blocks-page>`;
      case 'reports':
        return html`<rep-reports-page class="page" .rep=${this.rep}></rep-reports-page>`;
      case 'shop':
        return html`<rep-shop-page class="page" .rep=${this.rep}></rep-shop-page>`;
      case 'reach':
        return html`<rep-reach-page class="page"></rep-reach-page>`;
    }
    return route satisfies never;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('route')) return;
    scrollTo(0, 0);
    void this.focusHeading();
  }

  get #page(): AdminPage<unknown> | null {
    return this.renderRoot.querySelector<AdminPage<unknown>>('.page');
  }

  #ask(question: Question): Promise<boolean> {
    return this.renderRoot.querySelector<RepConfirm>('rep-confirm')!.ask(question);
  }

  readonly #asked = (event: Event) => {
    const { detail } = event as CustomEvent<{ question: Question; answer?: Promise<boolean> }>;
    detail.answer = this.#ask(detail.question);
  };

  /** A reload or a closed tab: the browser asks in its own words. */
  readonly #unloading = (event: BeforeUnloadEvent) => {
    if (this.unsaved) event.preventDefault();
  };
}

customElements.define('rep-admin', RepAdmin);
