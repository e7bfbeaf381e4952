import { css, html, nothing, type TemplateResult } from 'lit';
import type { AuditEntry, Rep } from '../../../shared/api/people.ts';
import { apiErrorText, ask } from '../../ui/api.ts';
import { icons } from '../../ui/icons.ts';
import { hashOf } from '../../ui/route.ts';
import { base, buttons, card, notes } from '../../ui/styles.ts';
import { direction, facts } from '../../ui/words.ts';
import { accountsRunBy } from '../accounts.ts';
import { adminStyles } from '../admin-styles.ts';
import { dateTime } from '../calls/call-time.ts';
import { callsTexts } from '../calls/texts.ts';
import { AdminPage } from '../page.ts';
import { adminTexts } from '../texts.ts';
import { describeChanges, type Names, noNames } from './describe-changes.ts';
import { changesTexts as texts } from './texts.ts';

const pageSize = 50;
/** From what was to what is. */
const arrow = direction === 'rtl' ? '←' : '→';

type Changes = { entries: readonly AuditEntry[]; names: Names; more: boolean };

/** Who changed what, the newest first. */
export class RepChangesPage extends AdminPage<Changes> {
  static override properties = {
    rep: { attribute: false },
    busy: { state: true },
    problem: { state: true },
    said: { state: true },
  };
  /** Who looks at it. */
  declare rep: Rep;
  declare busy: boolean;
  declare problem: string;
  declare said: string;

  static override styles = [
    base,
    card,
    buttons,
    notes,
    adminStyles,
    css`
      .table {
        margin: -0.75rem 0 1.25rem;
      }

      .entry {
        display: grid;
        gap: 0.25rem;
        overflow-wrap: anywhere;
      }

      .entry p:first-child {
        font-weight: 600;
      }

      dl {
        display: grid;
        grid-template-columns: minmax(0, 12rem) minmax(0, 1fr);
        gap: 0.25rem 1rem;
        margin-top: 0.25rem;
        font-size: 0.875rem;
      }

      dt {
        color: var(--ink-2);
      }

      del {
        color: var(--ink-3);
      }

      ins {
        text-decoration: none;
      }

      /* What was stands before what is, whichever way their letters run. */
      del,
      ins {
        unicode-bidi: isolate;
      }

      .older {
        display: grid;
        justify-items: center;
        margin-top: 1.25rem;
      }

      @media (max-width: 40rem) {
        dl {
          grid-template-columns: minmax(0, 1fr);
          gap: 0;
        }

        dd + dt {
          margin-top: 0.25rem;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.busy = false;
    this.problem = '';
    this.said = '';
  }

  protected override async load(): Promise<Changes> {
    const [{ entries }, names] = await Promise.all([
      ask('GET /api/audit', { query: { limit: pageSize } }),
      // Without the names of what was there the changes are as true.
      loadNames().catch(() => noNames),
    ]);
    return { entries, names, more: entries.length === pageSize };
  }

  protected override content({ entries, names, more }: Changes): TemplateResult {
    return html`
      <a class="back" href=${hashOf({ at: 'team' })}>${icons.chevron}${adminTexts.back({ to: adminTexts.team })}</a>
      <div class="head"><div><h1 tabindex="-1">${adminTexts.changes}</h1><p>${texts.lead}</p></div></div>
      ${
        entries.length === 0
          ? html`<div class="card none"><strong>${texts.none}</strong><p>${texts.noneLead}</p></div>`
          : html`<p class="table"><a class="link" href="/api/audit.csv" download>${callsTexts.csv}</a></p>
              <ul class="card list" aria-label=${adminTexts.changes}>${entries.map(entry => this.#entry(entry, names))}</ul>`
      }
      <div class="older">
        ${this.problem ? html`<div class="note bad" role="alert">${icons.warning}<p>${this.problem}</p></div>` : nothing}
        ${
          more
            ? html`<button class="button" aria-disabled=${this.busy ? 'true' : 'false'} @click=${this.#older}>
                ${this.busy ? html`<span class="spinner"></span>` : nothing}${texts.older}</button>`
            : nothing
        }
      </div>
      <p class="hidden" role="status">${this.said}</p>
    `;
  }

  #entry(entry: AuditEntry, names: Names): TemplateResult {
    const changes = describeChanges(entry, names);
    return html`<li class="entry">
      <p>${texts.did(entry.repName ?? texts.operator, entry.action, entry.target)}</p>
      <p class="about">${this.#about(entry)}</p>
      ${
        changes.length > 0
          ? html`<dl>${changes.map(
              ({ what, before, after }) =>
                html`<dt>${what}</dt><dd>${
                  before === null
                    ? nothing
                    : html`<span class="hidden">${texts.before} </span><del>${before}</del><span aria-hidden="true"> ${arrow} </span>`
                }<span class="hidden">${texts.after} </span><ins>${after}</ins></dd>`,
            )}</dl>`
          : nothing
      }
    </li>`;
  }

  /** When, and with several accounts in which. */
  #about({ at, accountId }: AuditEntry): string {
    const accounts = accountsRunBy(this.rep);
    const name = accounts.length > 1 && accounts.find(({ id }) => id === accountId)?.name;
    return facts([dateTime(at), name || null]);
  }

  async #older(): Promise<void> {
    const { phase } = this;
    const last = phase.state === 'ready' && phase.data.entries.at(-1);
    if (this.busy || !last) return;
    this.busy = true;
    this.problem = '';
    try {
      const query = { before: `${last.at},${last.id}`, limit: pageSize };
      const { entries } = await ask('GET /api/audit', { query });
      const data = {
        ...phase.data,
        entries: [...phase.data.entries, ...entries],
        more: entries.length === pageSize,
      };
      this.phase = { state: 'ready', data };
      this.said = texts.olderLoaded({ n: entries.length });
    } catch (error) {
      this.problem = apiErrorText(error);
    }
    this.busy = false;
  }
}

customElements.define('rep-changes-page', RepChangesPage);

/** Of people, queues, shops and sounds, by their ids. */
async function loadNames(): Promise<Names> {
  const [{ reps }, { queues }, { sites }] = await Promise.all([
    ask('GET /api/team'),
    ask('GET /api/queues'),
    ask('GET /api/sites'),
  ]);
  const shelves = await Promise.all(sites.map(({ id }) => ask('GET /api/sounds', { query: { siteId: id } })));
  const sounds = shelves.flatMap(shelf => shelf.sounds);
  return new Map([...reps, ...queues, ...sites, ...sounds].map(({ id, name }) => [id, name]));
}
