import { css, html, nothing, type TemplateResult } from 'lit';
import type { CustomerWish } from '../../../shared/api/privacy.ts';
import type { AnswerOf } from '../../../shared/api/routes.ts';
import type { SiteSheet } from '../../../shared/api/sites.ts';
import type { SiteId } from '../../../shared/ids.ts';
import { ApiError, apiErrorText, ask, errorIn, unreachable } from '../../ui/api.ts';
import { fields } from '../../ui/fields.ts';
import { icons } from '../../ui/icons.ts';
import { hashOf } from '../../ui/route.ts';
import { base, buttons, card, notes } from '../../ui/styles.ts';
import { adminStyles } from '../admin-styles.ts';
import { dateTime } from '../calls/call-time.ts';
import { confirm } from '../confirm.ts';
import { bareChoice } from '../form/controls.ts';
import { AdminPage } from '../page.ts';
import { adminTexts } from '../texts.ts';
import { privacyTexts as texts } from './texts.ts';

type Found = AnswerOf<'POST /api/privacy/find'>;
const ways = ['name', 'number', 'shopper', 'everybody'] as const;

/** What is kept of customers: told, handed out to who asks, and forgotten. */
export class RepPrivacyPage extends AdminPage<SiteSheet[]> {
  static override properties = {
    site: { state: true },
    by: { state: true },
    found: { state: true },
    busy: { state: true },
    problem: { state: true },
    said: { state: true },
  };
  declare site: SiteId | null;
  declare by: CustomerWish['by'];
  /** What the last look found, and of whom. */
  declare found: { customer: CustomerWish; siteId: SiteId; is: Found } | null;
  declare busy: boolean;
  declare problem: string;
  /** What was done, sentence by sentence. */
  declare said: readonly string[];

  static override styles = [
    base,
    card,
    buttons,
    fields,
    notes,
    adminStyles,
    css`
      dl {
        display: grid;
        gap: 0.75rem;
      }

      dt {
        font-weight: 600;
      }

      dd {
        margin: 0;
        color: var(--ink-2);
      }

      form {
        display: grid;
        gap: 1rem;
      }

      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: 0.75rem;
      }

      /* Long words of some languages take a second line. */
      .actions .button {
        max-width: 100%;
        white-space: normal;
      }
    `,
  ];

  constructor() {
    super();
    this.site = null;
    this.by = 'name';
    this.found = null;
    this.busy = false;
    this.problem = '';
    this.said = [];
  }

  protected override async load(): Promise<SiteSheet[]> {
    return (await ask('GET /api/sites')).sites;
  }

  protected override content(sites: SiteSheet[]): TemplateResult {
    const site = sites.find(one => one.id === this.site) ?? sites[0];
    return html`
      <a class="back" href=${hashOf({ at: 'shop' })}>${icons.chevron}${adminTexts.back({ to: adminTexts.shop })}</a>
      <div class="head"><div><h1 tabindex="-1">${adminTexts.privacy}</h1><p>${texts.lead}</p></div></div>
      ${this.problem ? html`<div class="note bad" role="alert">${icons.warning}<p>${this.problem}</p></div>` : nothing}
      <section class="card group" aria-labelledby="kept">
        <h2 id="kept">${texts.kept}</h2>
        <dl>${texts.keptOf.map(({ what, why }) => html`<div><dt>${what}</dt><dd>${why}</dd></div>`)}</dl>
        ${site ? html`<p>${texts.until({ personal: site.retention.personalDays, calls: site.retention.callDays })} <a href=${hashOf({ at: 'shop' })}>${texts.change}</a></p>` : nothing}
      </section>
      <section class="card group" aria-labelledby="find">
        <h2 id="find">${texts.find}</h2>
        <form novalidate @submit=${this.#look}>
          ${
            sites.length > 1 && site
              ? bareChoice({
                  label: texts.shop,
                  value: site.id,
                  choices: sites.map(({ id, name }) => ({ value: id, label: name })),
                  set: id => this.#choose({ site: id as SiteId }),
                })
              : nothing
          }
          ${bareChoice({
            label: texts.by,
            value: this.by,
            choices: ways.map(value => ({ value, label: texts.ways[value] })),
            set: by => this.#choose({ by: by as CustomerWish['by'] }),
          })}
          ${
            this.by === 'everybody'
              ? nothing
              : html`<div class="field"><label for="value">${texts.ways[this.by]}</label>
                  <input id="value" autocomplete="off" maxlength="200" aria-describedby="hint" />
                  <p class="hint" id="hint">${texts.hint[this.by]}</p></div>`
          }
          <div class="actions"><button class="button primary" ?disabled=${this.busy}>${texts.look}</button></div>
        </form>
        <div role="status">${this.said.map(sentence => html`<p>${sentence}</p>`)}${this.#result()}</div>
      </section>
    `;
  }

  #result(): TemplateResult | typeof nothing {
    if (!this.found) return nothing;
    const { calls, live, firstAt, lastAt } = this.found.is;
    if (calls === 0) return html`<p>${texts.nothing}</p>`;
    return html`<p>${texts.found({ calls, first: dateTime(firstAt ?? 0), last: dateTime(lastAt ?? 0) })}
        ${live > 0 ? texts.live({ calls: live }) : nothing}</p>
      <div class="actions">
        <button class="button" ?disabled=${this.busy} @click=${this.#download}>${texts.download}</button>
        <button class="button stop" ?disabled=${this.busy} @click=${this.#forget}>${texts.forget}</button>
      </div>`;
  }

  #choose(change: { site?: SiteId; by?: CustomerWish['by'] }): void {
    Object.assign(this, change);
    this.found = null;
    this.said = [];
  }

  readonly #look = async (event: Event): Promise<void> => {
    event.preventDefault();
    const { phase, by } = this;
    if (phase.state !== 'ready') return;
    const siteId = this.site ?? phase.data[0]?.id;
    if (!siteId) return;
    const value = this.renderRoot.querySelector<HTMLInputElement>('#value')?.value.trim() ?? '';
    const customer = by === 'everybody' ? { by } : { by, value };
    await this.#working(async () => {
      this.found = {
        ...{ customer, siteId },
        is: await ask('POST /api/privacy/find', { body: { siteId, customer } }),
      };
    });
  };

  readonly #download = async (): Promise<void> => {
    const { found } = this;
    if (!found) return;
    const { siteId, customer } = found;
    await this.#working(async () => {
      const answer = await fetch('/api/privacy/export', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ siteId, customer }),
      }).catch(cause => {
        throw unreachable(cause);
      });
      if (!answer.ok) throw await errorIn(await answer.json().catch(() => null), answer.status);
      const link = document.createElement('a');
      link.href = URL.createObjectURL(await answer.blob());
      link.download =
        /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? 'customer.json';
      link.click();
      URL.revokeObjectURL(link.href);
    });
  };

  readonly #forget = async (): Promise<void> => {
    const { found } = this;
    if (!found || !(await confirm(this, texts.sure(found.is.calls - found.is.live)))) return;
    const { siteId, customer } = found;
    await this.#working(async () => {
      const { calls, blocks, live } = await ask('POST /api/privacy/forget', { body: { siteId, customer } });
      this.found = null;
      this.said = [
        texts.forgotten({ calls }),
        ...(blocks > 0 ? [texts.liftedBlocks({ blocks })] : []),
        ...(live > 0 ? [texts.leftLive] : []),
      ];
    });
  };

  async #working(work: () => Promise<void>): Promise<void> {
    this.busy = true;
    this.problem = '';
    this.said = [];
    try {
      await work();
    } catch (error) {
      this.problem = apiErrorText(error);
      if (error instanceof ApiError && error.field)
        this.renderRoot.querySelector<HTMLInputElement>('#value')?.focus();
    } finally {
      this.busy = false;
    }
  }
}

customElements.define('rep-privacy-page', RepPrivacyPage);
